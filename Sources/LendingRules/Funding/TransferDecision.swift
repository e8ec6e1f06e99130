/// What becomes of the shares that are to be transferred of a loan already paid out.
package enum TransferDecision: Hashable, Sendable {
    /// Some answer is still open, and there is time.
    case wait
    /// What is accepted changes hands; (parts of) shares that are not move to the originator's own
    /// book, where they are.
    case transfer([ShareMove])
    /// Nothing changes hands: every share stays with the originator.
    case keep([ShareMove])
}

/// All that a transfer is decided from.
package struct TransferStanding: Hashable, Sendable {
    package let plan: SharePlan
    /// Everybody who was asked, in any order.
    package let asked: [AskedLender]
    package let platform: PartyID
    /// Whether the last date of a transfer has passed.
    package let isTooLate: Bool
    /// Whether it has come, and asking helps no more.
    package let isLastCall: Bool
    /// Whether the claims are those of the disbursement still (``LoanPosition/isWhole``).
    package let isWhole: Bool

    package init(
        plan: SharePlan, asked: [AskedLender], platform: PartyID, isTooLate: Bool,
        isLastCall: Bool, isWhole: Bool
    ) {
        self.plan = plan
        self.asked = asked
        self.platform = platform
        self.isTooLate = isTooLate
        self.isLastCall = isLastCall
        self.isWhole = isWhole
    }
}

extension TransferStanding {
    /// Decides once nobody owes an answer, so that the order of the answers does not matter, or
    /// time is over: who owes one then is given up. A request on the wire is waited for.
    package var decision: TransferDecision {
        let open = asked.filter(\.state.owesAnswer)
        let mustEnd = isTooLate || isLastCall || !isWhole
        if !open.isEmpty, !mustEnd || open.contains(where: { !$0.state.canBeGivenUp }) {
            return .wait
        }
        let lenders = Dictionary(asked.map { ($0.party, $0) }) { first, _ in first }
        var moves: [ShareMove] = []
        var isTransferred = false
        for share in plan.shares where share.party != platform {
            let taken = isWhole && !isTooLate ? lenders[share.party]?.taken(of: share.amount) : 0
            if taken ?? 0 > 0 { isTransferred = true }
            let left = share.amount - (taken ?? 0)
            if left > 0 { moves.append(ShareMove(from: share.party, to: platform, amount: left)) }
        }
        return isTransferred ? .transfer(moves) : .keep(moves)
    }
}

extension AskedLender {
    fileprivate func taken(of share: Int64) -> Int64 { state.isFunded ? min(share, amount) : 0 }
}
