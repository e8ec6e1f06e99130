/// Where the payment of a loan to its borrower stands at the payment channel (RULES § 4).
package enum PayoutState: String, Sendable, CaseIterable {
    /// Committed, nothing sent.
    case planned
    /// Claimed by a sender; the claim was committed before the first byte left.
    case sent
    /// Sent, and no trustworthy answer came: ask about the key, never send blindly.
    case inDoubt = "in-doubt"
    /// The channel has paid; the loan is not disbursed in the books yet.
    case confirmed
    /// The try failed, no money moved; on a later date the same key is tried again.
    case failed
    /// The loan is disbursed.
    case disbursed
    /// Given up: the loan's shares go back.
    case abandoned
}

/// What happens to a payout.
package enum PayoutEvent: Hashable, Sendable, CaseIterable {
    /// A worker takes it to send.
    case claimed
    /// Proof that no byte left: it may be sent again as it is.
    case notSent
    case answeredPaid
    case answeredFailed
    case noTrustworthyAnswer
    /// The channel never saw this try, and said so later than its settling time.
    case provenUnseen
    /// A later date has come: another try under the same key.
    case triedAgain
    /// The disbursement is booked.
    case booked
    case givenUp
}

extension PayoutState {
    /// The state after an event.
    ///
    /// - Throws: ``IllegalTransition`` for an event that cannot happen here.
    package func after(_ event: PayoutEvent)
        throws(IllegalTransition<PayoutState, PayoutEvent>) -> PayoutState
    {
        switch (self, event) {
        case (.planned, .claimed): return .sent
        case (.sent, .notSent), (.inDoubt, .provenUnseen), (.failed, .triedAgain): return .planned
        case (.sent, .answeredPaid), (.inDoubt, .answeredPaid): return .confirmed
        case (.sent, .answeredFailed), (.inDoubt, .answeredFailed): return .failed
        case (.sent, .noTrustworthyAnswer), (.inDoubt, .noTrustworthyAnswer): return .inDoubt
        case (.confirmed, .booked): return .disbursed
        case (.failed, .givenUp), (.planned, .givenUp): return .abandoned
        default: throw IllegalTransition(state: self, event: event)
        }
    }

    /// Where a loan stands whose payout stands here.
    package var ofLoan: LoanState {
        switch self {
        case .planned, .sent, .confirmed: .payingOut
        case .inDoubt: .payoutInDoubt
        case .failed, .abandoned: .payoutFailed
        case .disbursed: .disbursed
        }
    }
}
