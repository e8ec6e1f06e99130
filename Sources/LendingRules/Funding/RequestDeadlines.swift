package import BusinessCalendar

/// How long a partner's requests are waited for and its keys hold, in business dates alone: never
/// in seconds or attempts, which differ after a kill.
package struct RequestDeadlines: Hashable, Sendable {
    /// After so many dates a request without an answer is given up; nil for never.
    package let inDoubtDays: Int?
    /// So many dates the partner keeps a key; nil for ever.
    package let keyWindowDays: Int?

    package init(inDoubtDays: Int? = nil, keyWindowDays: Int? = nil) {
        self.inDoubtDays = inDoubtDays
        self.keyWindowDays = keyWindowDays
    }

    /// Whether a request that is planned, pending or in doubt is given up while a date is open.
    ///
    /// Worked: planned on 1 March with `inDoubtDays` 2, it is given up from 3 March on.
    package func areOver(plannedOn: BusinessDate, on open: BusinessDate) -> Bool {
        lastOver(on: open).map { plannedOn <= $0 } ?? false
    }

    /// The last date on which a request was planned that is given up while a date is open; nil when
    /// none is.
    package func lastOver(on open: BusinessDate) -> BusinessDate? {
        inDoubtDays.map { open.adding(days: -$0) }
    }

    /// Whether the partner still keeps the key: only then is it sent (again), and only then can
    /// its word that it never saw the key be proof.
    ///
    /// Worked: planned on 1 March with `keyWindowDays` 2, the key holds through 3 March.
    package func keyHolds(plannedOn: BusinessDate, on open: BusinessDate) -> Bool {
        keyEnds(plannedOn: plannedOn).map { open <= $0 } ?? true
    }

    /// The last date on which the partner still keeps the key; nil when it does for ever.
    package func keyEnds(plannedOn: BusinessDate) -> BusinessDate? {
        keyWindowDays.map { plannedOn.adding(days: $0) }
    }
}

extension RequestState {
    /// Whether a request can be given up: nobody else is at work on it.
    package var canBeGivenUp: Bool { [.planned, .pending, .inDoubt].contains(self) }
}
