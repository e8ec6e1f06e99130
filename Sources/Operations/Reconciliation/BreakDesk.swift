package import LendingRules
import Monetary
package import Reconciling

/// What people do about breaks: take them, propose corrections, approve them — two persons for
/// every correction.
package struct BreakDesk: Sendable {
    private let store: any BreakStore
    private let surroundings: Surroundings

    package init(store: any BreakStore, surroundings: Surroundings) {
        self.store = store
        self.surroundings = surroundings
    }

    /// Gives a break to a person.
    ///
    /// Here and below: what the same person said last, in the same words, is a change of nothing.
    /// - Parameter history: what has happened to the break.
    /// - Throws: ``BreakFault``, or what the store refuses.
    package func assign(
        _ kept: KeptBreak, to owner: Person, by person: Person, history: [BreakRecord] = []
    ) throws(BreakFault) -> BreakChange {
        if history.isLast(.assigned(to: owner.name, by: person.name), "") {
            return BreakChange(kept, at: surroundings.now())
        }
        return try change(kept, .assigned(to: owner.name, by: person.name))
    }

    /// Adds a comment.
    ///
    /// - Throws: ``BreakFault/emptyComment``.
    package func comment(_ kept: KeptBreak, _ text: String, by person: Person) throws(BreakFault)
        -> BreakChange
    {
        guard text.contains(where: { !$0.isWhitespace }) else { throw .emptyComment }
        return try change(kept, .commented(by: person.name), note: text)
    }

    /// Proposes a correction; a break that is nobody's becomes the proposer's.
    ///
    /// - Parameter acceptance: nil for what the explanation suggests.
    /// - Throws: ``BreakFault``.
    package func propose(
        _ kept: KeptBreak, _ acceptance: Acceptance?, note: String, by person: Person,
        history: [BreakRecord] = []
    ) throws(BreakFault) -> BreakChange {
        let acceptance = acceptance ?? kept.suggestedAcceptance
        if acceptance != .ours, kept.isInAnotherCurrency { throw .anotherCurrency(kept.id) }
        var change = BreakChange(kept, at: surroundings.now())
        if history.isLast(.proposed(acceptance, by: person.name), note) { return change }
        if kept.state == .open {
            try add(.assigned(to: person.name, by: person.name), "", to: &change)
        }
        try add(.proposed(acceptance, by: person.name), note, to: &change)
        return change
    }

    /// Approves what another person proposed and books it: what is held goes back into
    /// settlement, and the correction with it.
    ///
    /// - Throws: ``BreakFault``.
    package func approve(
        _ kept: KeptBreak, note: String, by person: Person, history: [BreakRecord] = []
    ) throws(BreakFault) -> BreakChange {
        var change = BreakChange(kept, at: surroundings.now())
        if history.isLast(.approved(by: person.name), note) { return change }
        try add(.approved(by: person.name), note, to: &change)
        do {
            try change.book(try change.kept.target(holding: 0))
        } catch {
            throw .tooLarge(kept.id)
        }
        return change
    }

    /// Sends a proposal back to investigation.
    ///
    /// - Throws: ``BreakFault``.
    package func reject(
        _ kept: KeptBreak, note: String, by person: Person, history: [BreakRecord] = []
    ) throws(BreakFault) -> BreakChange {
        if history.isLast(.rejected(by: person.name), note) {
            return BreakChange(kept, at: surroundings.now())
        }
        return try change(kept, .rejected(by: person.name), note: note)
    }

    /// Writes a change, with its entries, on the open date.
    ///
    /// - Throws: What the store refuses: the break has changed in the meantime, or the person has
    ///   signed this proposal already.
    package func apply(_ change: BreakChange) async throws {
        if change.isQuiet { return }
        surroundings.crashPoint(.breaksBeforeDecision)
        try await store.apply(change)
        surroundings.crashPoint(.breaksAfterDecision)
    }

    private func change(_ kept: KeptBreak, _ event: BreakEvent, note: String = "")
        throws(BreakFault) -> BreakChange
    {
        var change = BreakChange(kept, at: surroundings.now())
        try add(event, note, to: &change)
        return change
    }

    private func add(_ event: BreakEvent, _ note: String, to change: inout BreakChange)
        throws(BreakFault)
    {
        do {
            try change.add(event, note: note)
        } catch {
            throw .refused(change.kept.id, error)
        }
    }
}

extension [BreakRecord] {
    /// Whether an event, in the same words, is the last that happened, comments apart.
    fileprivate func isLast(_ event: BreakEvent, _ note: String) -> Bool {
        guard let last = last(where: { $0.event != "commented" }) else { return false }
        return last.event == event.name && last.person == event.person
            && last.object == event.object && last.note == note
    }
}

extension KeptBreak {
    /// Whose figure the explanation speaks for.
    package var suggestedAcceptance: Acceptance {
        switch cause {
        case .notBookedByUs: .theirs
        case .writtenTwice, .bookedTwice: kind == .duplicateOurs ? .theirs : .ours
        case .partnerRounding: .writeOff
        default: .ours
        }
    }

    /// What approving an acceptance would move; empty when its amounts do not fit.
    package func movements(accepting acceptance: Acceptance) -> [DisputeMovement] {
        var change = BreakChange(self, at: 0)
        do {
            try change.book(try target(accepting: acceptance))
            return change.movements
        } catch {
            return []
        }
    }

    /// Their amount is in another currency than ours, so it cannot be booked as a difference.
    fileprivate var isInAnotherCurrency: Bool { cause == .otherCurrency }
}
