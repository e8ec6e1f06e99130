/// The nested split of a cumulative amount over weights, largest weight first.
///
/// `S(n)`: the first part is `n·w₁/W` rounded half up, then the remainder is split over the rest
/// in the same way (RULES § 2). The parts sum to `n`, each rises with `n`, and `S(W)` gives the
/// weights themselves. A movement from `a` to `b` belongs to a lender with `S(b) − S(a)`.
@usableFromInline @frozen
package struct ProportionalScale: Hashable, Sendable {
    /// Weights in agreement order, minor units or any whole numbers.
    @usableFromInline package let weights: [Int64]
    /// Positions of the weights, largest first, ties in agreement order.
    @usableFromInline let order: [Int]
    /// The sum of all weights, `W`.
    @usableFromInline package let total: Int64

    /// A scale over weights in agreement order.
    ///
    /// - Throws: ``AmountError/unusableWeights`` when one is negative or all are zero,
    ///   ``AmountError/overflow`` when their sum does not fit.
    package init(weights: [Int64]) throws(AmountError) {
        var total: Int64 = 0
        for weight in weights {
            guard weight >= 0 else { throw .unusableWeights }
            total = try total.plus(weight)
        }
        guard total > 0 else { throw .unusableWeights }
        self.weights = weights
        self.total = total
        order = weights.indices.sorted {
            (weights[$0], $1) > (weights[$1], $0)
        }
    }

    /// The parts of a cumulative amount, in agreement order.
    ///
    /// Worked: weights 70/30, cumulative 1 → 1/0, 2 → 1/1, 3 → 2/1, 10 → 7/3.
    /// - Throws: ``AmountError/negativeCumulative(_:)`` when `cumulative < 0`.
    @inlinable
    package func parts(of cumulative: Int64) throws(AmountError) -> [Int64] {
        guard cumulative >= 0 else { throw .negativeCumulative(cumulative) }
        var parts = [Int64](repeating: 0, count: weights.count)
        var rest = cumulative
        var restWeight = total
        for index in order where restWeight > 0 {
            let part = Proportion.halfUp(rest, weights[index], restWeight)
            parts[index] = part
            rest -= part
            restWeight -= weights[index]
        }
        return parts
    }

    /// The parts of the interval from `start` to `end`: `S(end) − S(start)`.
    ///
    /// - Throws: ``AmountError/negativeCumulative(_:)`` when either end is below zero.
    @inlinable
    package func parts(from start: Int64, to end: Int64) throws(AmountError) -> [Int64] {
        let before = try parts(of: start)
        if start == end { return [Int64](repeating: 0, count: weights.count) }
        var after = try parts(of: end)
        for index in after.indices { after[index] -= before[index] }
        return after
    }
}

/// One proportional part, the innermost arithmetic of every split.
@usableFromInline @frozen
package enum Proportion {
    /// `amount · weight ÷ total` rounded half up, exact for all non-negative 64-bit inputs.
    ///
    /// - Precondition: `0 ≤ weight ≤ total`, `total > 0`, `amount ≥ 0`.
    @inlinable
    package static func halfUp(_ amount: Int64, _ weight: Int64, _ total: Int64) -> Int64 {
        assert(amount >= 0 && weight >= 0 && weight <= total && total > 0)
        let (product, overflow) = amount.multipliedReportingOverflow(by: weight)
        let half = total / 2
        if !overflow {
            let (raised, carried) = product.addingReportingOverflow(half)
            // For an odd total the tie cannot occur, so its rounded-down half is exact too.
            if !carried { return raised / total }
        }
        let wide = Int128(amount) * Int128(weight) + Int128(half)
        return Int64(truncatingIfNeeded: wide / Int128(total))
    }
}
