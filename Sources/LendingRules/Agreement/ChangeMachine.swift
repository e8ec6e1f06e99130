/// Where a change of the configuration stands.
package enum ChangeState: String, Sendable, CaseIterable {
    /// Nobody but who wants it has agreed.
    case proposed
    /// Agreed on; its files may not all be in their places yet.
    case approved
    /// Agreed on, and its files are in their places.
    case inForce = "in-force"
    case rejected
    /// What was there when two persons were first asked for; nobody proposed it.
    case adopted
}

/// What happens to a change.
package enum ChangeEvent: Hashable, Sendable {
    case approved(by: String)
    /// All of its files are in their places.
    case written
    case rejected(by: String)
}

/// What follows from an event.
package enum ChangeEffect: Hashable, Sendable {
    case writeFiles
}

/// Why an event cannot happen.
package enum ChangeRefusal: Error, Hashable, Sendable {
    case illegal(ChangeState, ChangeEvent)
    /// Who proposed a change does not approve it where two persons are asked for.
    case samePerson(String)
}

/// The life of one change of the configuration: event in, new state and what is to be done out.
///
/// A change is agreed on before its first file is written, so that nothing in force is ever
/// unapproved; what was agreed on and broke off is ended by the same event again, whoever sends it.
package struct ChangeMachine: Hashable, Sendable {
    package private(set) var state: ChangeState
    /// Empty for what was adopted.
    package let proposer: String
    /// Who approved or rejected it; nil when nobody has.
    package private(set) var decider: String?
    /// Whether another person than the proposer must approve.
    package let needsTwoPersons: Bool

    package init(
        state: ChangeState = .proposed, proposer: String, decider: String? = nil,
        needsTwoPersons: Bool
    ) {
        self.state = state
        self.proposer = proposer
        self.decider = decider
        self.needsTwoPersons = needsTwoPersons
    }

    /// Takes an event in; gives what is to be done.
    ///
    /// - Throws: ``ChangeRefusal``; the machine is unchanged then.
    package mutating func apply(_ event: ChangeEvent) throws(ChangeRefusal) -> [ChangeEffect] {
        switch (state, event) {
        case (.proposed, .approved(let person)):
            if needsTwoPersons, person == proposer { throw .samePerson(person) }
            (state, decider) = (.approved, person)
            return [.writeFiles]
        case (.approved, .approved):
            return [.writeFiles]
        case (.approved, .written), (.inForce, .written):
            state = .inForce
            return []
        case (.proposed, .rejected(let person)):
            (state, decider) = (.rejected, person)
            return []
        // Said twice: the answer may have been lost.
        case (.inForce, .approved(let person)) where person == decider,
            (.rejected, .rejected(let person)) where person == decider:
            return []
        default: throw .illegal(state, event)
        }
    }
}
