/// Where one lender's funding request for one loan stands (RULES § 4).
package enum RequestState: String, Sendable, CaseIterable {
    /// Committed, nothing sent.
    case planned
    /// Claimed by a sender; the claim was committed before the first byte left.
    case sent
    case pending
    /// Sent, and no trustworthy answer came: ask about the key, never send blindly.
    case inDoubt = "in-doubt"
    case accepted
    case refused
    /// Money moved.
    case confirmed
    case reversing
    case reversed
    case reversalRefused = "reversal-refused"
    case reversalInDoubt = "reversal-in-doubt"
    /// Money moved and went back at par: the loan was cancelled or its payout failed.
    case returned
}

extension RequestState {
    /// Nothing can happen to the request any more.
    package var isFinal: Bool { [.refused, .returned].contains(self) }

    /// The outcome at the partner is not known.
    package var isDoubtful: Bool { [.sent, .pending, .inDoubt, .reversalInDoubt].contains(self) }
}

/// What happens to a request.
package enum RequestEvent: Hashable, Sendable, CaseIterable {
    /// A worker takes it to send.
    case claimed
    /// Proof that no byte left: it may be sent again with the same key.
    case notSent
    case answeredAccepted
    case answeredPending
    case answeredRefused
    case noTrustworthyAnswer
    /// The partner never saw the key, and said so later than its settling time.
    case provenUnseen
    case moneyMoved
    case reversalDemanded
    case answeredReversed
    case answeredReversalRefused
    /// The share went back at par after its money had moved.
    case moneyReturned
    /// The partner says on its own what does not fit: it is asked, and nothing is sent meanwhile.
    case contradicted
}

/// A state in which an event cannot happen.
package struct IllegalTransition<State: Hashable & Sendable, Event: Hashable & Sendable>:
    Error, Hashable, Sendable
{
    package let state: State
    package let event: Event
}

extension RequestState {
    /// The state after an event.
    ///
    /// - Throws: ``IllegalTransition`` for an event that cannot happen here.
    package func after(_ event: RequestEvent)
        throws(IllegalTransition<RequestState, RequestEvent>) -> RequestState
    {
        switch (self, event) {
        case (.planned, .claimed): return .sent
        case (.sent, .notSent), (.sent, .provenUnseen), (.inDoubt, .provenUnseen): return .planned
        case (.sent, .answeredAccepted), (.pending, .answeredAccepted),
            (.inDoubt, .answeredAccepted):
            return .accepted
        case (.sent, .answeredRefused), (.pending, .answeredRefused), (.inDoubt, .answeredRefused):
            return .refused
        case (.sent, .answeredPending), (.pending, .answeredPending), (.inDoubt, .answeredPending):
            return .pending
        case (.sent, .noTrustworthyAnswer), (.inDoubt, .noTrustworthyAnswer),
            (.pending, .noTrustworthyAnswer):
            return .inDoubt
        case (.accepted, .moneyMoved): return .confirmed
        case (.confirmed, .moneyReturned): return .returned
        case (.accepted, .reversalDemanded), (.pending, .reversalDemanded),
            (.planned, .reversalDemanded), (.inDoubt, .reversalDemanded):
            return .reversing
        case (.reversed, .answeredAccepted): return .reversing
        case (.reversalRefused, .answeredReversed), (.sent, .answeredReversed),
            (.pending, .answeredReversed), (.inDoubt, .answeredReversed):
            return .reversed
        case (.reversing, .answeredReversed), (.reversalInDoubt, .answeredReversed):
            return .reversed
        case (.reversing, .answeredReversalRefused), (.reversalInDoubt, .answeredReversalRefused):
            return .reversalRefused
        case (.reversing, .noTrustworthyAnswer), (.reversalInDoubt, .noTrustworthyAnswer):
            return .reversalInDoubt
        case (.reversing, .notSent), (.reversalInDoubt, .notSent): return .reversing
        case (.planned, .contradicted), (.sent, .contradicted), (.pending, .contradicted),
            (.inDoubt, .contradicted), (.accepted, .contradicted):
            return .inDoubt
        case (.reversing, .contradicted), (.reversalInDoubt, .contradicted):
            return .reversalInDoubt
        default: throw IllegalTransition(state: self, event: event)
        }
    }
}

extension RequestState {
    /// Whether some events lead from here to a state, or none is needed.
    package func canBecome(_ state: RequestState) -> Bool {
        var seen: Set<RequestState> = [self]
        var left = [self]
        while let next = left.popLast() {
            for event in RequestEvent.allCases {
                guard let reached = try? next.after(event) else { continue }
                if seen.insert(reached).inserted { left.append(reached) }
            }
        }
        return seen.contains(state)
    }
}
