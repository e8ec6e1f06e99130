import BusinessCalendar
import LendingRules
import Monetary

/// The closed form of one period in 64-bit integers: `opening × perUnit × days ÷ divisor`.
///
/// The same quotient as `AccrualQuotient`, laid out for the kernel.
struct PeriodAccrual: Hashable {
    /// Scheduled principal at the start of the period, minor units.
    let openingBalance: Int64
    /// Rate units × fraction numerator, per minor unit and day.
    let perUnit: Int64
    /// Fraction denominator × 10⁸ × days of the period.
    let divisor: Int64

    /// The form of a period of `days` actual days, or nil when it does not fit in 64 bits.
    init?(openingBalance: Int64, rate: AnnualRate, fraction: YearFraction, days: Int) {
        guard openingBalance >= 0, days > 0, rate.units >= 0, fraction.numerator >= 0 else {
            return nil
        }
        var (numerator, periodDays) = (fraction.numerator, Int64(days))
        // Under actual days both are the same number: without it products stay small.
        if numerator % periodDays == 0 { (numerator, periodDays) = (numerator / periodDays, 1) }
        let (perUnit, isTooSteep) = rate.units.multipliedReportingOverflow(by: numerator)
        let (perYear, isTooLong) = fraction.denominator.multipliedReportingOverflow(
            by: AnnualRate.unitsPerOne)
        let (divisor, isTooFine) = perYear.multipliedReportingOverflow(by: periodDays)
        // Below a half, so that a doubled remainder stays inside 64 bits.
        guard !isTooSteep, !isTooLong, !isTooFine, divisor <= Int64.max / 2 else { return nil }
        self.openingBalance = openingBalance
        self.perUnit = perUnit
        self.divisor = divisor
    }

    /// Interest after `days` ≥ 0 days, rounded once, or nil when it does not fit in 64 bits.
    @inline(__always)
    func accrued(days: Int64, rounding: Rounding) -> Int64? {
        let (factor, isFactorWide) = perUnit.multipliedReportingOverflow(by: days)
        let (product, isWide) = openingBalance.multipliedReportingOverflow(by: factor)
        if isFactorWide || isWide { return wideAccrued(days: days, rounding: rounding) }
        let (quotient, remainder) = product.quotientAndRemainder(dividingBy: divisor)
        return quotient + rounding.increment(quotient, remainder, divisor)
    }

    @inline(never)
    private func wideAccrued(days: Int64, rounding: Rounding) -> Int64? {
        let perDay = Int128(openingBalance) * Int128(perUnit)
        let (product, overflow) = perDay.multipliedReportingOverflow(by: Int128(days))
        if overflow { return nil }
        return try? rounding.divide(product, by: Int128(divisor))
    }
}

extension Rounding {
    /// 1 when a non-negative quotient grows for this remainder, else 0.
    @inline(__always)
    fileprivate func increment(_ quotient: Int64, _ remainder: Int64, _ divisor: Int64) -> Int64 {
        let twice = remainder &+ remainder
        switch self {
        case .halfEven: return twice > divisor || (twice == divisor && quotient & 1 == 1) ? 1 : 0
        case .halfUp: return twice >= divisor ? 1 : 0
        case .up: return remainder > 0 ? 1 : 0
        case .down: return 0
        }
    }
}
