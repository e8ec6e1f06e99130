package import BusinessCalendar
import Monetary

/// Which shares a pool is made of, and why the others are not in it.
package struct PoolSelection: Hashable, Sendable {
    package let cutOff: BusinessDate
    /// In the order in which shares are taken.
    package let taken: [PoolCandidate]
    /// In the same order.
    package let left: [PoolExclusion]
    /// Outstanding principal of the pool, minor units.
    package let principal: Int64
    /// What the shares of each value make up of it, by limit, the largest first.
    package let concentrations: [PoolConcentration]
}

/// A share that is not in a pool.
package struct PoolExclusion: Hashable, Sendable {
    package let share: PoolCandidate
    package let reason: PoolReason
}

/// Why a share is not in a pool.
package enum PoolReason: Hashable, Sendable {
    /// It is not what the pool asks for; all that it lacks.
    case criteria([PoolCriterion])
    /// The pool would be larger than its target: what is left up to it, minor units.
    case target(room: Int64)
    /// With the share, and with nothing else, these limits would be broken.
    case concentrations([PoolConcentration])
}

/// Why no pool can be selected.
package enum PoolSelectionError: Error, Hashable {
    /// A share is offered twice.
    case twice(ShareID)
    /// The principal offered does not fit in 64 bits.
    case overflow
}

/// How a pool is selected at a cut-off date.
package struct PoolTerms: Hashable, Sendable {
    package let cutOff: BusinessDate
    package let criteria: PoolCriteria
    package let limits: [PoolLimit]
    /// The most principal that the pool takes, minor units; nil for all there is.
    package let target: Int64?

    package init(
        cutOff: BusinessDate, criteria: PoolCriteria, limits: [PoolLimit] = [],
        target: Int64? = nil
    ) {
        self.cutOff = cutOff
        self.criteria = criteria
        self.limits = limits
        self.target = target
    }

    /// Selects the pool from shares offered in any order.
    ///
    /// No limit is broken in the pool itself, and no share that is left could be added to it
    /// alone. Worked: each borrower at most 60 %, A has ten loans of 10 and B six; a pool of all
    /// 160 would hold 62.5 % of A, so that of A nine are taken, 90 of 150.
    /// - Throws: ``PoolSelectionError``.
    package func select(_ offered: [PoolCandidate]) throws(PoolSelectionError) -> PoolSelection {
        let shares = offered.sorted()
        try check(shares)
        var eligible: [PoolCandidate] = []
        var left: [PoolExclusion] = []
        for share in shares {
            let unmet = criteria.unmet(by: share, on: cutOff)
            if unmet.isEmpty {
                eligible.append(share)
            } else {
                left.append(PoolExclusion(share: share, reason: .criteria(unmet)))
            }
        }
        let draw = PoolDraw(eligible, limits: limits, target: target)
        left += draw.exclusions
        return PoolSelection(
            cutOff: cutOff, taken: draw.taken, left: left.sorted { $0.share < $1.share },
            principal: draw.tally.total, concentrations: draw.tally.concentrations)
    }

    private func check(_ shares: [PoolCandidate]) throws(PoolSelectionError) {
        var total: Int64 = 0
        for share in shares {
            do { total = try total.plus(max(0, share.principal)) } catch { throw .overflow }
        }
        let ids = shares.map(\.share).sorted()
        for (id, next) in zip(ids, ids.dropFirst()) where id == next { throw .twice(id) }
    }
}
