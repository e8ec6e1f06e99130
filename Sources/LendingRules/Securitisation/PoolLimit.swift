package import Monetary

/// The largest part of a pool's principal that some of its shares may make up.
package struct PoolLimit: Hashable, Sendable {
    /// One value of a dimension, or each of its values by itself.
    package let scope: LimitScope
    package let share: Share

    package init(_ scope: LimitScope, atMost share: Share) {
        self.scope = scope
        self.share = share
    }

    /// The value under which a share of a loan counts; nil where it does not.
    func group(of traits: LoanTraits) -> LimitScope? {
        guard let dimension = scope.dimension else { return nil }
        let value = traits[dimension] ?? ""
        if let subject = scope.subject, subject != value { return nil }
        return .one(dimension, value)
    }
}

/// How much of a pool the shares under one limit make up.
package struct PoolConcentration: Hashable, Sendable {
    package let limit: PoolLimit
    /// The value by which they count together.
    package let group: LimitScope
    /// Principal of the shares, minor units.
    package let amount: Int64
    /// Principal of the whole pool, minor units.
    package let whole: Int64

    /// Whether they make up more than they may, exactly.
    package var isBroken: Bool { Fraction.isAbove(amount, of: whole, limit.share) }
}

/// What a pool holds so far, by every value that a limit asks for.
struct PoolTally {
    let limits: [PoolLimit]
    private(set) var total: Int64 = 0
    private var amounts: [LimitScope: Int64] = [:]

    init(limits: [PoolLimit]) { self.limits = limits }

    /// The limits that a further share would break in a pool of so much principal in all.
    func broken(adding share: PoolCandidate, whole: Int64) -> [PoolConcentration] {
        limits.compactMap { limit in
            guard let group = limit.group(of: share.traits) else { return nil }
            let concentration = PoolConcentration(
                limit: limit, group: group, amount: amounts[group, default: 0] + share.principal,
                whole: whole)
            return concentration.isBroken ? concentration : nil
        }
    }

    mutating func add(_ share: PoolCandidate) {
        total += share.principal
        for group in Set(limits.compactMap({ $0.group(of: share.traits) })) {
            amounts[group, default: 0] += share.principal
        }
    }

    /// Every value under every limit, limits in their order, the largest value first.
    var concentrations: [PoolConcentration] {
        limits.flatMap { limit in
            amounts.filter { group, _ in
                group.dimension == limit.scope.dimension
                    && (limit.scope.subject ?? group.subject) == group.subject
            }
            .sorted { ($0.value, $1.key) > ($1.value, $0.key) }
            .map { PoolConcentration(limit: limit, group: $0, amount: $1, whole: total) }
        }
    }
}
