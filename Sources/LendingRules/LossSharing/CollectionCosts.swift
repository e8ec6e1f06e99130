import Monetary

/// Who bears what the platform spends on collecting.
package enum CollectionCosts: Hashable, Sendable {
    /// The platform, until something is recovered: that covers costs first, and so the owners of
    /// claims bear them by their claims as far as something is.
    case advanced
    /// The owners of claims at once, by the principal that each has or has written off.
    case byClaims
    /// Parties at once, by shares that make one whole; the platform has those of parties that have
    /// no part in the loan.
    case byShares([LossShare])
}

/// One amount spent on collecting, of which recoveries cover what comes first.
struct CollectionCost: Hashable {
    let amount: Int64
    /// In agreement order, behind them parts that are the platform's; nil where it has advanced it.
    let bearers: ProportionalScale?
    private(set) var covered: Int64 = 0

    init(_ amount: Int64, bearers: ProportionalScale?) {
        self.amount = amount
        self.bearers = bearers
    }

    /// What recoveries have not covered.
    var open: Int64 { amount - covered }

    /// Covers so much of it; each bearer's part.
    mutating func cover(_ part: Int64) throws(AmountError) -> [Int64]? {
        let start = covered
        covered += part
        return try bearers?.parts(from: start, to: covered)
    }
}

extension Replay {
    /// What was spent, and who bears it: whoever is not the platform owes it its part.
    mutating func spend(_ amount: Int64, _ fact: LoanFact) throws(AmountError) {
        cash.costs += amount
        let bearers = undoneOn == nil ? try costBearers() : nil
        costs.append(CollectionCost(amount, bearers: bearers))
        guard let bearers else { return }
        var effect = FactEffect(fact, .collectionCost, lenders: lenders.count)
        passOn(try bearers.parts(from: 0, to: amount).map { -$0 }, &effect)
        effects.append(effect)
    }

    /// Covers costs with what was recovered, the oldest first; whoever has borne them gets its part
    /// back.
    mutating func coverCosts(_ amount: Int64, _ effect: inout FactEffect) throws(AmountError) {
        var left = amount
        for index in costs.indices where left > 0 {
            let part = min(left, costs[index].open)
            left -= part
            if let parts = try costs[index].cover(part) { passOn(parts, &effect) }
        }
        cash.costsCovered += amount
    }

    /// Cash between the platform and everybody else.
    private func passOn(_ parts: [Int64], _ effect: inout FactEffect) {
        for (lender, part) in zip(contract.lenders.indices, parts)
        where contract.lenders[lender] != contract.platform {
            effect.cash[lender] += part
            if let own = contract.lenders.firstIndex(of: contract.platform) {
                effect.cash[own] -= part
            }
        }
    }

    /// Nil where the platform advances costs, or nobody has anything to bear them by.
    private func costBearers() throws(AmountError) -> ProportionalScale? {
        let weights: [Int64]
        switch contract.servicing.collectionCosts {
        case .advanced: return nil
        case .byClaims:
            weights = lenders.map {
                $0.claims.allPrincipal + $0.chargedOff.allPrincipal - $0.recovered.allPrincipal
            }
        case .byShares(let shares):
            let parts = contract.lenders.map { party in
                shares.first { $0.party == party }?.share ?? .none
            }
            guard parts.contains(where: { $0.numerator > 0 }) else { return nil }
            let absent = shares.filter { !contract.lenders.contains($0.party) }.map(\.share)
            weights = try Share.weights(parts + absent).weights
        }
        return weights.contains { $0 > 0 } ? try ProportionalScale(weights: weights) : nil
    }
}
