package import BusinessCalendar
import Monetary

/// A part of a period in which neither balance nor rate changes.
package struct PeriodSegment: Hashable, Sendable {
    /// Counted; the segment ends where the next one begins or the instalment falls due.
    package let startsOn: BusinessDate
    /// Principal that bears interest, minor units: of flat loans what was lent.
    package let balance: Int64
    package let rate: AnnualRate

    package init(startsOn: BusinessDate, balance: Int64, rate: AnnualRate) {
        self.startsOn = startsOn
        self.balance = balance
        self.rate = rate
    }
}

extension [PeriodSegment] {
    /// Interest of a period after `days` days, exact: the sum of `balance × rate × elapsed`.
    ///
    /// Over ``PeriodClock/unitsPerYear`` × 10⁸.
    /// - Throws: ``AmountError/overflow``.
    func exactInterest(_ clock: PeriodClock, from start: BusinessDate, days: Int)
        throws(AmountError) -> Int128
    {
        var sum: Int128 = 0
        for (index, segment) in enumerated() {
            let first = Swift.min(days, segment.startsOn.days(since: start))
            let end = index + 1 < count ? self[index + 1].startsOn.days(since: start) : days
            let units = clock.elapsed(Swift.min(days, end)) - clock.elapsed(first)
            let perUnit = Int128(segment.balance) * Int128(segment.rate.units)
            let (interest, isTooLarge) = perUnit.multipliedReportingOverflow(by: Int128(units))
            let (total, isTooMuch) = sum.addingReportingOverflow(interest)
            if isTooLarge || isTooMuch { throw .overflow }
            sum = total
        }
        return sum
    }

    /// The same, rounded once.
    ///
    /// - Throws: ``AmountError/overflow``.
    func interest(
        _ clock: PeriodClock, from start: BusinessDate, days: Int, rounding: Rounding
    ) throws(AmountError) -> Int64 {
        try rounding.divide(
            try exactInterest(clock, from: start, days: days),
            by: Int128(clock.unitsPerYear) * Int128(AnnualRate.unitsPerOne))
    }
}
