/// Where a loan stands before it is serviced (RULES § 4).
package enum LoanState: String, Sendable, CaseIterable {
    case approved
    /// Requests are out.
    case funding
    /// Every share is accepted.
    case ready
    case payingOut = "paying-out"
    case disbursed
    /// Disbursed by the originator alone; lenders are asked for the shares that they take over.
    case transferring
    case payoutFailed = "payout-failed"
    case payoutInDoubt = "payout-in-doubt"
    case declined
    case cancelled
}

/// What happens to a loan until its payout.
package enum LoanEvent: Hashable, Sendable {
    case requestsPlanned
    /// Other banks are asked for what some left unfunded.
    case shareRerouted
    case everyShareAccepted
    case payoutStarted
    case paidOut
    /// The originator has paid alone: shares are asked for now.
    case transferPlanned
    /// Shares have been transferred, or stay with the originator.
    case transferConcluded
    case payoutFailed
    case payoutUnanswered
    /// The channel proved that it never saw the payout: it is sent anew.
    case payoutUnseen
    /// A share was refused and nobody may take it.
    case shareRefused
    case cancelled
    /// The payout of a disbursed loan failed, or came back from the borrower's bank.
    case payoutReturned
}

extension LoanState {
    /// The state after an event.
    ///
    /// - Throws: ``IllegalTransition`` for an event that cannot happen here.
    package func after(_ event: LoanEvent)
        throws(IllegalTransition<LoanState, LoanEvent>) -> LoanState
    {
        switch (self, event) {
        case (.approved, .requestsPlanned), (.funding, .shareRerouted): return .funding
        case (.approved, .everyShareAccepted), (.funding, .everyShareAccepted): return .ready
        case (.ready, .payoutStarted), (.payoutFailed, .payoutStarted),
            (.payoutInDoubt, .payoutUnseen):
            return .payingOut
        case (.payingOut, .paidOut), (.payoutInDoubt, .paidOut): return .disbursed
        case (.payingOut, .payoutFailed), (.payoutInDoubt, .payoutFailed): return .payoutFailed
        case (.payingOut, .payoutUnanswered): return .payoutInDoubt
        case (.approved, .shareRefused), (.funding, .shareRefused): return .declined
        case (.approved, .cancelled), (.funding, .cancelled), (.ready, .cancelled),
            (.payoutFailed, .cancelled):
            return .cancelled
        case (.disbursed, .transferPlanned): return .transferring
        case (.transferring, .transferConcluded): return .disbursed
        case (.disbursed, .cancelled), (.transferring, .cancelled): return .cancelled
        case (.disbursed, .payoutFailed), (.disbursed, .payoutReturned),
            (.transferring, .payoutFailed), (.transferring, .payoutReturned):
            return .payoutFailed
        default: throw IllegalTransition(state: self, event: event)
        }
    }
}
