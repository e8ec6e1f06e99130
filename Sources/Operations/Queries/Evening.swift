package import BusinessCalendar
import LendingRules
package import Reconciling

/// What was known at the end of a business date of things that live by booked events.
///
/// The runs that end a date — matching, resolving by rule, drafting and instructing — book on the
/// date that is open by then, the next one; what people decide on that date comes after them. So
/// an evening knows what was booked through its date, and what rules booked on the next date
/// before a person did anything on it.
package struct Evening: Hashable, Sendable {
    package let date: BusinessDate

    package init(_ date: BusinessDate) { self.date = date }

    /// The first of some events, which are in the order in which they happened.
    package func known<Event: BookedEvent>(_ events: [Event]) -> [Event] {
        Array(events.prefix { $0.bookedOn <= date || isOfTheRuns($0) })
    }

    private func isOfTheRuns(_ event: some BookedEvent) -> Bool {
        event.bookedOn == date.adding(days: 1) && event.person == nil
    }
}

/// An event with the open date on which it counts and who caused it.
package protocol BookedEvent {
    var bookedOn: BusinessDate { get }
    /// Nil for a rule.
    var person: String? { get }
}

extension BookedSettlementEvent: BookedEvent {
    package var person: String? {
        switch event {
        case .drafted(let person), .approved(let person): person
        default: nil
        }
    }
}

/// An event of a break with the open date on which it counts.
package struct BookedBreakEvent: BookedEvent, Hashable, Sendable {
    package let event: BreakEvent
    package let bookedOn: BusinessDate

    package init(_ event: BreakEvent, on bookedOn: BusinessDate) {
        self.event = event
        self.bookedOn = bookedOn
    }

    package var person: String? { event.person }
}

extension KeptBreak {
    /// Where the break stood by its first events; its amounts and words are the latest. Nil before
    /// it was found.
    ///
    /// - Throws: ``BreakFault/refused(_:_:)`` for events that do not follow from one another.
    package func after(_ events: [BookedBreakEvent]) throws(BreakFault) -> KeptBreak? {
        if events.isEmpty { return nil }
        var earlier = self
        earlier.lifecycle = .new
        for booked in events {
            do throws(BreakRefusal) {
                earlier.lifecycle = try earlier.lifecycle.after(booked.event)
            } catch {
                throw .refused(id, error)
            }
        }
        return earlier
    }
}

extension Settlement {
    /// The settlement by its first events; nil before it was drafted.
    package func after(_ events: [BookedSettlementEvent]) -> Settlement? {
        events.isEmpty
            ? nil : Settlement(id: id, amount: amount, lines: lines, events: events)
    }
}
