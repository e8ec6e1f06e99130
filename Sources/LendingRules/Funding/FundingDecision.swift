/// What the answers of a loan's lenders mean for the loan as a whole.
package enum FundingDecision: Hashable, Sendable {
    /// Some answer is still open.
    case wait
    /// Every share is accepted: money may go to the borrower.
    case payOut
    /// Shares of these parties, refused or reversed, move to the platform's own book.
    case takeOver(from: [PartyID])
    /// The loan is declined; accepted shares of these parties are reversed.
    case decline(reversing: [PartyID])
}

extension FundingDecision {
    /// Decides from the state of every partner's request.
    ///
    /// A refusal waits for the other answers, so that the outcome does not depend on their order.
    package static func decide(
        requests: [(party: PartyID, state: RequestState)], onRefusal: RefusalRule
    ) -> FundingDecision {
        let isOpen = requests.contains {
            ![.accepted, .refused, .confirmed, .reversed].contains($0.state)
        }
        if isOpen { return .wait }
        let unfunded = requests.filter { [.refused, .reversed].contains($0.state) }.map(\.party)
        if unfunded.isEmpty { return .payOut }
        switch onRefusal {
        case .platform: return .takeOver(from: unfunded)
        case .decline:
            return .decline(reversing: requests.filter { $0.state == .accepted }.map(\.party))
        }
    }
}
