package import BusinessCalendar
package import Monetary

/// The level payment of equal instalments with periods of any length: `P·Π(1+rᵢ)/fₙ`, where
/// `f₁ = 1` and `fₖ = fₖ₋₁(1+rₖ) + 1` (DOMAIN § 4), rounded once.
///
/// What the payments are worth on the first due date, `P·(1+r₁)` for one, is exact, and growth
/// factors are exact fractions `(b+a)/b`. The quick way encloses the payment between two fractions;
/// both almost always round to the same amount, and rounding is monotone, so that amount is right.
/// Otherwise whole numbers of any size decide.
package struct LevelInstalment {
    /// Minor units owed on the first due date, `numerator ÷ denominator`.
    private let numerator: UInt128
    private let denominator: UInt128
    /// One plus the rate of each period after the first.
    private let growth: [GrowthFactor]
    private let rounding: Rounding
    /// Minor units the payment is a multiple of.
    private let multiple: Int64

    /// The payment of terms inside the limits of ``ScheduleTerms``, a year fraction per period.
    ///
    /// - Precondition: there is a period.
    package init(_ terms: ScheduleTerms, fractions: [YearFraction]) {
        self.init(terms, principal: terms.principal, rate: terms.rate, fractions: fractions[...])
    }

    /// The payment that repays a principal at a rate over some periods.
    ///
    /// - Precondition: there is a period.
    init(
        _ terms: ScheduleTerms, principal: Int64, rate: AnnualRate,
        fractions: ArraySlice<YearFraction>
    ) {
        let first = GrowthFactor(rate: rate, fraction: fractions[fractions.startIndex])
        numerator = UInt128(principal) * UInt128(first.grown)
        denominator = UInt128(first.base)
        growth = GrowthFactor.all(rate: rate, fractions, first: first)
        rounding = terms.instalmentRounding
        multiple = terms.instalmentMultiple
    }

    /// The payment that repays what is owed on the first due date, an exact fraction of minor
    /// units, and bears a rate over the periods after it.
    ///
    /// - Precondition: `denominator` is positive and below 2⁹⁵, the fraction below 2⁶³.
    init(
        _ terms: ScheduleTerms, owed numerator: UInt128, over denominator: UInt128,
        rate: AnnualRate, later fractions: ArraySlice<YearFraction>
    ) {
        self.numerator = numerator
        self.denominator = denominator
        growth = GrowthFactor.all(rate: rate, fractions, first: nil)
        rounding = terms.instalmentRounding
        multiple = terms.instalmentMultiple
    }

    /// The payment in minor units.
    ///
    /// - Throws: ``AmountError/overflow``.
    package func rounded() throws(AmountError) -> Int64 {
        guard let owed = owedBounds() else { return try exactlyRounded() }
        let annuity = annuityBounds()
        let lowest = try quotient(owed.lowerBound, annuity.upperBound, rounding)
        let highest = try quotient(owed.upperBound, annuity.lowerBound, rounding)
        if lowest == highest { return try lowest.times(multiple) }
        return try exactlyRounded(
            between: try quotient(owed.lowerBound, annuity.upperBound, .down), and: highest)
    }

    /// The same payment by whole numbers alone, which the quick way must always equal.
    ///
    /// - Throws: ``AmountError/overflow``.
    package func exactlyRounded() throws(AmountError) -> Int64 {
        try exactlyRounded(between: 0, and: .max)
    }
}

extension LevelInstalment {
    private static let fixedPointBits: Int128 = 63

    /// Bounds of `1 + Σ Π 1/(1+rᵢ)`, what one a period is worth on the first due date, in 2⁻⁶³.
    ///
    /// Every discount factor is the one before it divided and cut off: after k steps it is less
    /// than k units too small, since dividing by at least one never enlarges an older error. The
    /// sum over n periods is therefore less than n(n+1)/2 units too small.
    private func annuityBounds() -> ClosedRange<Int128> {
        var discount = UInt64(1) << 63
        var sum = UInt128(discount)
        for factor in growth {
            discount =
                factor.grown.dividingFullWidth(discount.multipliedFullWidth(by: factor.base))
                .quotient
            sum += UInt128(discount)
        }
        let count = Int128(growth.count)
        return Int128(sum)...Int128(sum) + count * (count + 1) / 2
    }

    /// Bounds of what is owed on the first due date in 2⁻³² minor units, or nil when it is beyond
    /// what the quick way can hold.
    private func owedBounds() -> ClosedRange<Int128>? {
        let (whole, rest) = numerator.quotientAndRemainder(dividingBy: denominator)
        guard whole < 1 << 63 else { return nil }
        let (part, left) = (rest << 32).quotientAndRemainder(dividingBy: denominator)
        let lower = Int128(whole) << 32 + Int128(part)
        return lower...lower + (left == 0 ? 0 : 1)
    }

    /// Multiples in the payment for what is owed in 2⁻³² and a value of one a period in 2⁻⁶³.
    private func quotient(_ owed: Int128, _ annuity: Int128, _ rounding: Rounding)
        throws(AmountError) -> Int64
    {
        try rounding.divide(
            owed << (LevelInstalment.fixedPointBits - 32), by: annuity * Int128(multiple))
    }
}

extension LevelInstalment {
    /// Searches the whole number of multiples in `numerator ÷ denominator` inside bounds, then
    /// rounds by comparing with the middle to the next.
    private func exactlyRounded(between lowest: Int64, and highest: Int64) throws(AmountError)
        -> Int64
    {
        let (numerator, denominator) = exactQuotient()
        var (low, high) = (UInt64(lowest), UInt64(highest))
        while low < high {
            let middle = high - (high - low) / 2
            if denominator * middle <= numerator { low = middle } else { high = middle - 1 }
        }
        if low == UInt64(Int64.max), denominator * (low + 1) <= numerator { throw .overflow }
        let middle = denominator * (2 * low + 1)
        let isAway =
            switch rounding {
            case .down: false
            case .up: denominator * low != numerator
            case .halfUp: numerator * 2 >= middle
            case .halfEven: numerator * 2 > middle || (numerator * 2 == middle && low & 1 == 1)
            }
        guard let multiples = Int64(exactly: low + (isAway ? 1 : 0)) else { throw .overflow }
        return try multiples.times(multiple)
    }

    /// `V·Π(b+a)` over `Fₙ·multiple`, where V is owed on the first due date and `Fₙ = fₙ·Πb` from
    /// the second period on.
    private func exactQuotient() -> (UnboundedNatural, UnboundedNatural) {
        var numerator = UnboundedNatural(wide: self.numerator)
        var annuity = UnboundedNatural(1)
        var bases = UnboundedNatural(1)
        for factor in growth {
            numerator *= factor.grown
            bases *= factor.base
            annuity *= factor.grown
            annuity += bases
        }
        return (numerator, annuity.times(denominator) * UInt64(multiple))
    }
}

/// One plus a period's rate, `grown ÷ base` in lowest terms.
private struct GrowthFactor {
    let base: UInt64
    let grown: UInt64

    /// Within the limits of ``ScheduleTerms`` both parts stay below 2⁶³: a rate of at most 10¹⁰
    /// units over at most four million days, and a base of at most 372 · 10⁸.
    init(rate: AnnualRate, fraction: YearFraction) {
        let whole = UInt64(AnnualRate.unitsPerOne) * UInt64(fraction.denominator)
        let part = UInt64(rate.units) * UInt64(fraction.numerator)
        let divisor = GrowthFactor.greatestCommonDivisor(whole, part)
        base = whole / divisor
        grown = (whole + part) / divisor
    }

    /// The factors of periods, without the first one when it is known already; most periods are
    /// like the one before.
    static func all(
        rate: AnnualRate, _ fractions: ArraySlice<YearFraction>, first: GrowthFactor?
    ) -> [GrowthFactor] {
        var factors: [GrowthFactor] = []
        factors.reserveCapacity(fractions.count)
        var (last, known) = (first, first == nil ? nil : fractions.first)
        for fraction in first == nil ? fractions : fractions.dropFirst() {
            let factor =
                fraction == known && last != nil
                ? last! : GrowthFactor(rate: rate, fraction: fraction)
            factors.append(factor)
            (last, known) = (factor, fraction)
        }
        return factors
    }

    private static func greatestCommonDivisor(_ left: UInt64, _ right: UInt64) -> UInt64 {
        var (larger, smaller) = (left, right)
        while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
        return larger
    }
}
