package import Monetary

/// How one loan is funded: who lends how much, exact to the minor unit.
package struct SharePlan: Hashable, Sendable {
    /// In agreement order; zero amounts are left out.
    package let shares: [PlannedShare]

    package init(shares: [PlannedShare]) { self.shares = shares }
}

/// (A part of) a share that goes from one lender to another.
package struct ShareMove: Hashable, Sendable {
    package let from: PartyID
    package let to: PartyID
    /// Minor units, above zero.
    package let amount: Int64

    package init(from: PartyID, to: PartyID, amount: Int64) {
        self.from = from
        self.to = to
        self.amount = amount
    }
}

/// One lender's funded amount in minor units.
package struct PlannedShare: Hashable, Sendable {
    package let party: PartyID
    package let amount: Int64

    package init(party: PartyID, amount: Int64) {
        self.party = party
        self.amount = amount
    }
}

extension Agreement {
    /// Splits a principal by the agreement's shares (RULES § 2).
    ///
    /// - Throws: ``AmountError`` when the weights or the amount are unusable.
    package func split(principal: Int64) throws(AmountError) -> SharePlan {
        let weights = try Share.weights(lenders.map(\.share)).weights
        let parts = try ProportionalScale(weights: weights).parts(of: principal)
        let shares = zip(lenders, parts).filter { $0.1 > 0 }
            .map { PlannedShare(party: $0.0.party, amount: $0.1) }
        return SharePlan(shares: shares)
    }
}

extension SharePlan {
    /// The plan after (a part of) a share has moved.
    ///
    /// A taker that has no share stands where the giver stood, behind what the giver keeps; the
    /// platform stands first. Worked: a 30, b 70 with 50 of b moved to c is a 30, b 20, c 50.
    package func moving(_ move: ShareMove, platform: PartyID) -> SharePlan {
        var rest = shares
        guard let index = rest.firstIndex(where: { $0.party == move.from }) else { return self }
        precondition(
            move.amount > 0 && move.amount <= rest[index].amount, "no more moves than there is")
        let left = rest[index].amount - move.amount
        rest[index] = PlannedShare(party: move.from, amount: left)
        if let taker = rest.firstIndex(where: { $0.party == move.to }) {
            let amount = rest[taker].amount + move.amount
            rest[taker] = PlannedShare(party: move.to, amount: amount)
        } else {
            let place = move.to == platform ? 0 : index + 1
            rest.insert(PlannedShare(party: move.to, amount: move.amount), at: place)
        }
        return SharePlan(shares: rest.filter { $0.amount > 0 })
    }

    package var total: Int64 { shares.reduce(0) { $0 + $1.amount } }
}
