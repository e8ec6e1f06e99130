/// What the answers of a loan's lenders mean for the loan as a whole.
package enum FundingDecision: Hashable, Sendable {
    /// Some answer is still open.
    case wait
    /// Every share is accepted: money may go to the borrower.
    case payOut
    /// What is not funded moves: to banks that are asked for it, or to the platform's own book.
    case move([ShareMove])
    /// The loan is declined; accepted shares of these parties are reversed.
    case decline(reversing: [PartyID])
}

/// One lender that was asked for a share of a loan; none is asked twice.
package struct AskedLender: Hashable, Sendable {
    package let party: PartyID
    package let state: RequestState
    /// What it holds if it has accepted, else what it is asked for; minor units.
    package let amount: Int64

    package init(party: PartyID, state: RequestState, amount: Int64) {
        self.party = party
        self.state = state
        self.amount = amount
    }
}

/// All that a loan's funding is decided from.
package struct FundingStanding: Hashable, Sendable {
    package let plan: SharePlan
    /// Everybody who was asked, in any order.
    package let asked: [AskedLender]
    package let platform: PartyID
    package let fallback: [PartyID]
    package let onRefusal: RefusalRule
    /// Parties whose limits have no room for what they would take.
    package let full: Set<PartyID>

    package init(
        plan: SharePlan, asked: [AskedLender], platform: PartyID, fallback: [PartyID] = [],
        onRefusal: RefusalRule, full: Set<PartyID> = []
    ) {
        self.plan = plan
        self.asked = asked
        self.platform = platform
        self.fallback = fallback
        self.onRefusal = onRefusal
        self.full = full
    }
}

extension FundingStanding {
    /// Decides once no lender with a share owes an answer, so that the order of the answers does
    /// not matter; a request that was given up owes none, whatever becomes of its reversal.
    ///
    /// What lenders leave unfunded goes, in the order of the plan, each to the first bank of the
    /// fallback order that was not asked for this loan and has room; then as `onRefusal` says.
    package var decision: FundingDecision {
        let byParty = Dictionary(asked.map { ($0.party, $0) }) { first, _ in first }
        var unfunded: [PlannedShare] = []
        for share in plan.shares where share.party != platform {
            guard let lender = byParty[share.party] else { continue }
            if lender.state.owesAnswer { return .wait }
            let left = share.amount - (lender.state.isFunded ? lender.amount : 0)
            if left > 0 { unfunded.append(PlannedShare(party: share.party, amount: left)) }
        }
        if unfunded.isEmpty { return .payOut }
        return takers(of: unfunded).map { .move($0) }
            ?? .decline(
                reversing: plan.shares.map(\.party).filter { byParty[$0]?.state == .accepted })
    }

    /// Nil when somebody is missing who takes a share.
    private func takers(of unfunded: [PlannedShare]) -> [ShareMove]? {
        var busy = Set(asked.map(\.party)).union(plan.shares.map(\.party)).union(full)
        var moves: [ShareMove] = []
        for share in unfunded {
            let bank = fallback.first { !busy.contains($0) && $0 != platform }
            let own = onRefusal == .platform && !full.contains(platform) ? platform : nil
            guard let taker = bank ?? own else { return nil }
            busy.insert(taker)
            moves.append(ShareMove(from: share.party, to: taker, amount: share.amount))
        }
        return moves
    }
}

extension RequestState {
    /// Whether a loan waits for what becomes of the request.
    package var owesAnswer: Bool { [.planned, .sent, .pending, .inDoubt].contains(self) }

    /// Whether the lender holds the share.
    package var isFunded: Bool { [.accepted, .confirmed].contains(self) }
}
