/// Where a settlement stands (RULES § 6, run 3).
package enum SettlementState: String, Sendable, CaseIterable {
    /// Computed; nobody has released it.
    case draft
    case approved
    /// The transfer is under way and no statement has shown it.
    case instructed
    case confirmed
    /// A statement showed less than was instructed; the rest is open again.
    case partial
    /// All of it came back and is open again.
    case returned
    /// Below the minimum: nothing is transferred, all of it is open for the next.
    case carriedOver = "carried-over"
    /// The net is zero.
    case cleared
}

/// What happens to a settlement; a person that is nil is the rule.
package enum SettlementEvent: Hashable, Sendable {
    case drafted(by: String?)
    case carriedOver
    case cleared
    case approved(by: String?)
    case instructed
    /// A statement line; the amount has the sign of the settlement, a return the opposite one.
    case received(Int64, bankRef: String)
    /// What was open was netted into a later settlement.
    case netted(Int64, into: String)
}

/// Why an event cannot happen.
package enum SettlementRefusal: Error, Hashable, Sendable {
    /// The event does not fit the state; nil before the first event.
    case illegal(SettlementState?, SettlementEvent)
    /// Who drafted a settlement does not approve it.
    case sameUser(String)
    /// A statement line is more than what may still move; `expected` is all that was left.
    case exceeds(received: Int64, expected: Int64)
}

/// The life of one settlement: event in, new state and what is to be booked out.
///
/// Amounts are minor units, positive when the platform pays the party. What a partial transfer
/// leaves, or a return brings back, is open until a later settlement nets it; a second transfer
/// of the same settlement counts only before that.
package struct SettlementMachine: Hashable, Sendable {
    /// The net of its lines.
    package let amount: Int64
    package private(set) var state: SettlementState
    /// What statements have shown, returns taken off.
    package private(set) var received: Int64 = 0
    /// What later settlements have netted.
    package private(set) var netted: Int64 = 0
    /// Who drafted it; nil for the rule.
    package let drafter: String?
    /// Who approved it; nil for the rule, or when nobody has.
    package private(set) var approver: String?

    /// The machine after its first event.
    ///
    /// - Throws: ``SettlementRefusal/illegal(_:_:)`` when that does not fit the amount.
    package init(amount: Int64, _ first: SettlementEvent) throws(SettlementRefusal) {
        self.amount = amount
        switch first {
        case .drafted(let person) where amount != 0: (state, drafter) = (.draft, person)
        case .carriedOver where amount != 0: (state, drafter) = (.carriedOver, nil)
        case .cleared where amount == 0: (state, drafter) = (.cleared, nil)
        default: throw .illegal(nil, first)
        }
    }

    /// The machine after all its events.
    ///
    /// - Throws: ``SettlementRefusal`` for the first that cannot happen; also when there is none.
    package static func replay(_ events: [SettlementEvent], amount: Int64)
        throws(SettlementRefusal) -> SettlementMachine
    {
        guard let first = events.first else { throw .illegal(nil, .cleared) }
        var machine = try SettlementMachine(amount: amount, first)
        for event in events.dropFirst() { _ = try machine.apply(event) }
        return machine
    }

    /// What nobody has paid and no later settlement has netted, while nothing is under way.
    package var open: Int64 {
        switch state {
        case .carriedOver, .confirmed, .partial, .returned: amount - received - netted
        case .draft, .approved, .instructed, .cleared: 0
        }
    }

    /// What is instructed and not yet seen.
    package var inTransit: Int64 { state == .instructed ? amount : 0 }

    /// Takes an event in; gives what is to be booked.
    ///
    /// - Throws: ``SettlementRefusal``; the machine is unchanged then.
    package mutating func apply(_ event: SettlementEvent) throws(SettlementRefusal)
        -> [SettlementEffect]
    {
        switch (state, event) {
        case (.draft, .approved(let person)):
            if let person, person == drafter { throw .sameUser(person) }
            (state, approver) = (.approved, person)
            return []
        case (.approved, .instructed):
            state = .instructed
            return [.instruct(amount)]
        case (.instructed, .received(let sum, _)), (.confirmed, .received(let sum, _)),
            (.partial, .received(let sum, _)), (.returned, .received(let sum, _)):
            return try receive(sum)
        case (_, .netted(let sum, _)) where sum != 0 && sum == open:
            netted += sum
            return []
        default: throw .illegal(state, event)
        }
    }

    private mutating func receive(_ sum: Int64) throws(SettlementRefusal) -> [SettlementEffect] {
        let limit = amount - netted
        let isReturn = (sum > 0) != (amount > 0)
        let left = isReturn ? -received : limit - received
        guard sum != 0, sum.magnitude <= left.magnitude else {
            throw .exceeds(received: sum, expected: left)
        }
        let wasUnderWay = state == .instructed
        received += sum
        state = received == 0 ? .returned : received == amount ? .confirmed : .partial
        if isReturn { return [.transfer(sum), .putBack(-sum)] }
        if !wasUnderWay { return [.instruct(sum), .transfer(sum)] }
        return sum == amount ? [.transfer(sum)] : [.transfer(sum), .putBack(amount - sum)]
    }
}
