import Monetary

// The hot lines of Monetary and LendingRules once more, compiled into this module: what
// `InliningTests` compares the originals across modules with. They must stay the same code.

struct LocalScale {
    let weights: [Int64]
    let order: [Int]
    let total: Int64

    init(_ scale: ProportionalScale) {
        weights = scale.weights
        total = scale.total
        let weights = weights
        order = weights.indices.sorted { (weights[$0], $1) > (weights[$1], $0) }
    }

    func parts(of cumulative: Int64) throws(AmountError) -> [Int64] {
        guard cumulative >= 0 else { throw .negativeCumulative(cumulative) }
        var parts = [Int64](repeating: 0, count: weights.count)
        var rest = cumulative
        var restWeight = total
        for index in order where restWeight > 0 {
            let part = localHalfUp(rest, weights[index], restWeight)
            parts[index] = part
            rest -= part
            restWeight -= weights[index]
        }
        return parts
    }

    func parts(from start: Int64, to end: Int64) throws(AmountError) -> [Int64] {
        let before = try parts(of: start)
        if start == end { return [Int64](repeating: 0, count: weights.count) }
        var after = try parts(of: end)
        for index in after.indices { after[index] -= before[index] }
        return after
    }
}

func localHalfUp(_ amount: Int64, _ weight: Int64, _ total: Int64) -> Int64 {
    let (product, overflow) = amount.multipliedReportingOverflow(by: weight)
    let half = total / 2
    if !overflow {
        let (raised, carried) = product.addingReportingOverflow(half)
        if !carried { return raised / total }
    }
    let wide = Int128(amount) * Int128(weight) + Int128(half)
    return Int64(truncatingIfNeeded: wide / Int128(total))
}

struct LocalQuotient {
    let perDay: Int128
    let divisor: Int128

    func accrued(days: Int, rounding: Rounding) throws(AmountError) -> Int64 {
        let (product, overflow) = perDay.multipliedReportingOverflow(by: Int128(days))
        if overflow { throw .overflow }
        return try divide(product, rounding)
    }

    private func divide(_ numerator: Int128, _ rounding: Rounding) throws(AmountError) -> Int64 {
        precondition(divisor > 0, "a quotient needs a positive denominator")
        let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: divisor)
        let sign: Int128 = numerator < 0 ? -1 : 1
        let isAway = isRoundedAway(quotient, remainder, rounding)
        guard let result = Int64(exactly: quotient + (isAway ? sign : 0)) else { throw .overflow }
        return result
    }

    private func isRoundedAway(_ quotient: Int128, _ remainder: Int128, _ rounding: Rounding)
        -> Bool
    {
        if remainder == 0 { return false }
        let part = remainder.magnitude
        let rest = divisor.magnitude - part
        switch rounding {
        case .down: return false
        case .up: return true
        case .halfUp: return part >= rest
        case .halfEven: return part > rest || (part == rest && quotient & 1 != 0)
        }
    }
}
