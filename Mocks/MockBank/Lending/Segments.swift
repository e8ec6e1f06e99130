// Interest of a period in which balance or rate may change: every piece exact, rounded once.

/// From a day on: what bears interest, and at which rate.
struct Segment: Equatable, Sendable {
    let from: Day
    let balance: Int64
    let rate: Exact
}

extension Exact {
    /// The value in hundred-millionths; eight decimals are the most it has.
    var hundredMillionths: Int128 { Int128(units) * Int128(100_000_000 / scale) }
}

/// A sum of minor units that need not be whole.
struct ExactInterest {
    var numerator: Int128
    let denominator: Int128

    func rounded(_ rounding: Rounding) -> Int64 {
        Int64(rounding.divide(numerator, by: denominator))
    }
}

extension LoanPeriod {
    /// Denominator of a rate in percent with eight decimals.
    private static let ofRate: Int128 = 100 * 100_000_000

    /// Interest of the pieces up to a day of the period.
    func interest(_ segments: [Segment], until day: Day) -> ExactInterest {
        let whole = part(startsOn, dueOn).denominator
        var sum = ExactInterest(numerator: 0, denominator: whole * LoanPeriod.ofRate)
        for (place, segment) in segments.enumerated() {
            let next = place + 1 < segments.count ? segments[place + 1].from : dueOn
            let (from, to) = (max(segment.from, startsOn), min(next, day, dueOn))
            guard from < to else { continue }
            let bearing = Int128(segment.balance) * segment.rate.hundredMillionths
            sum.numerator += bearing * part(from, to).numerator
        }
        return sum
    }

    /// One plus the rate of the whole period, `grown` over `base` in lowest terms.
    func growth(_ rate: Exact) -> (grown: UInt64, base: UInt64) {
        let base = Int64(LoanPeriod.ofRate) * denominator
        let part = Int64(rate.hundredMillionths) * numerator
        let divisor = greatestCommonDivisor(base, part)
        return (UInt64((base + part) / divisor), UInt64(base / divisor))
    }
}
