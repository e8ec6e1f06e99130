package import BusinessCalendar
public import Monetary

/// The closed form of a period's accrual: `perDay × days ÷ divisor`, exact until rounded.
@usableFromInline @frozen
package struct AccrualQuotient: Hashable, Sendable {
    /// Opening balance × rate units × fraction numerator.
    @usableFromInline package let perDay: Int128
    /// Fraction denominator × 10⁸ × days of the period.
    @usableFromInline package let divisor: Int128

    /// The accrual of an instalment's period at a rate.
    package init(instalment: Instalment, rate: AnnualRate) {
        self.init(
            openingBalance: instalment.openingBalance, rate: rate, fraction: instalment.fraction,
            days: instalment.days)
    }

    /// The accrual of a period of `days` days on a balance in minor units.
    package init(openingBalance: Int64, rate: AnnualRate, fraction: YearFraction, days: Int) {
        perDay = Int128(openingBalance) * Int128(rate.units) * Int128(fraction.numerator)
        divisor =
            Int128(fraction.denominator) * Int128(AnnualRate.unitsPerOne) * Int128(max(1, days))
    }

    /// Interest after `days` days, rounded once.
    ///
    /// - Throws: ``AmountError/overflow``.
    @inlinable
    package func accrued(days: Int, rounding: Rounding) throws(AmountError) -> Int64 {
        let (product, overflow) = perDay.multipliedReportingOverflow(by: Int128(days))
        if overflow { throw .overflow }
        return try rounding.divide(product, by: divisor)
    }
}
