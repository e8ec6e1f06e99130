package import BusinessCalendar
package import Monetary

/// One class of notes on a pool, as it was issued.
package struct TrancheTerms: Hashable, Sendable {
    package let name: String
    /// Who is paid.
    package let holder: PartyID
    /// Principal at issue, minor units.
    package let original: Int64
    /// Yearly rate on the balance; nil for notes that only have what is left over.
    package let rate: AnnualRate?
    package let dayCount: DayCount
    /// Whether interest that was not paid bears interest itself, at the same rate.
    package let bearsInterestOnShortfall: Bool

    package init(
        name: String, holder: PartyID, original: Int64, rate: AnnualRate? = nil,
        dayCount: DayCount = .thirty360, bearsInterestOnShortfall: Bool = false
    ) {
        self.name = name
        self.holder = holder
        self.original = original
        self.rate = rate
        self.dayCount = dayCount
        self.bearsInterestOnShortfall = bearsInterestOnShortfall
    }
}

/// A period over which something is earned at a yearly rate.
package struct EarningPeriod: Hashable, Sendable {
    /// Counted.
    package let start: BusinessDate
    /// Not counted.
    package let end: BusinessDate
    package let dayCount: DayCount

    /// - Precondition: `end` is not before `start`.
    package init(from start: BusinessDate, to end: BusinessDate, dayCount: DayCount) {
        precondition(end >= start, "a period does not end before it starts")
        self.start = start
        self.end = end
        self.dayCount = dayCount
    }

    /// What a balance earns by a date of the period: the cumulative target, rounded once,
    /// half-even; by `end` it is what is due.
    ///
    /// Under 30/360 a period of whole months is so many twelfths, any other counts months of thirty
    /// days, a 31st as the 30th; a part of either goes by actual days. Worked: 800,000.00 at 6 %
    /// from 15 January to 15 February earn 4,000.00 (30/360) or 4,133.33 (ACT/360), from 5
    /// February to 15 April 9,333.33 for 70 days.
    /// - Throws: ``AmountError/overflow``.
    package func earned(on balance: Int64, rate: AnnualRate, by date: BusinessDate)
        throws(AmountError) -> Int64
    {
        let day = min(max(date, start), end)
        let yearly = Int128(balance) * Int128(rate.units)
        let (time, year) = share(until: day)
        let (earned, overflow) = yearly.multipliedReportingOverflow(by: time)
        if overflow { throw .overflow }
        return try Rounding.halfEven.divide(
            earned, by: year * Int128(AnnualRate.unitsPerOne))
    }

    /// The part of a year until a date, over a denominator that is the same on every date.
    private func share(until day: BusinessDate) -> (Int128, Int128) {
        if dayCount == .thirty360, end > start {
            let whole =
                end.exactMonths(since: start).map { Int64($0 * 30) }
                ?? DayCount.thirtyE360.elapsed(from: start, to: end)
            let passed = Int128(whole) * Int128(day.days(since: start))
            return (passed, Int128(360 * end.days(since: start)))
        }
        return (Int128(dayCount.elapsed(from: start, to: day)), Int128(dayCount.yearUnits))
    }

    /// What a balance earns in the whole period.
    ///
    /// - Throws: ``AmountError/overflow``.
    package func earned(on balance: Int64, rate: AnnualRate) throws(AmountError) -> Int64 {
        try earned(on: balance, rate: rate, by: end)
    }
}
