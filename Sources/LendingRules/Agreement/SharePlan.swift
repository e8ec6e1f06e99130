package import Monetary

/// How one loan is funded: who lends how much, exact to the minor unit.
package struct SharePlan: Hashable, Sendable {
    /// In agreement order; zero amounts are left out.
    package let shares: [PlannedShare]

    package init(shares: [PlannedShare]) { self.shares = shares }
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
    /// The plan after a lender refused and another party's own book takes its amount.
    ///
    /// The taker keeps its place in the order, or stands first when it had no share.
    package func moving(from refusing: PartyID, to taker: PartyID) -> SharePlan {
        guard let amount = shares.first(where: { $0.party == refusing })?.amount else {
            return self
        }
        var rest = shares.filter { $0.party != refusing }
        if let index = rest.firstIndex(where: { $0.party == taker }) {
            rest[index] = PlannedShare(party: taker, amount: rest[index].amount + amount)
        } else {
            rest.insert(PlannedShare(party: taker, amount: amount), at: 0)
        }
        return SharePlan(shares: rest)
    }

    package var total: Int64 { shares.reduce(0) { $0 + $1.amount } }
}
