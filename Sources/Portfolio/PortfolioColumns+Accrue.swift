package import BusinessCalendar
import LendingRules
package import Monetary

extension PortfolioColumns {
    /// Contract interest that the loans accrue on `date`, the following night included.
    ///
    /// For each loan and lender the split of the interest accrued to the end of the date less that
    /// to the end of the day before, each rounded once on its cumulative: what
    /// `LoanPostings.difference` posts. Totals without an amount are left out; the order is
    /// shard, agreement, currency, lender.
    /// - Precondition: the date lies inside the open period of every loan.
    /// - Throws: ``AmountError/overflow`` when an interest or a total does not fit in 64 bits.
    package func accrue(on date: BusinessDate) throws(AmountError) -> [AccrualTotal] {
        var totals: [AccrualTotal] = []
        for shard in shards { totals += try accrue(on: date, shard: shard) }
        return totals
    }

    /// The same for the rows of one shard, so that shards may be computed side by side.
    ///
    /// - Throws: ``AmountError/overflow``.
    package func accrue(on date: BusinessDate, shard: ShardRows) throws(AmountError)
        -> [AccrualTotal]
    {
        var sums = [Int64](repeating: 0, count: 3 * schemes.schemes.count)
        guard addInterest(of: shard.rows, on: date.dayNumber, to: &sums) else { throw .overflow }
        return try totals(of: sums, shard: shard.shard)
    }

    /// Adds the rows' interest of a day to the three sums of their schemes.
    ///
    /// The hot loop: no allocation, no reference counting; false when an amount overflows.
    private func addInterest(of rows: Range<Int>, on day: Int32, to sums: inout [Int64]) -> Bool {
        var sums = sums.mutableSpan
        let (periods, accruals, interestBefore) = (periods.span, accruals.span, interestBefore.span)
        let (splits, places) = (splits.span, places.span)
        var fits = true
        for row in rows {
            let (period, place) = (periods[row], places[row])
            precondition(period.startsOn <= day && day < period.dueOn, "a day inside the period")
            let days = Int64(day - period.startsOn)
            guard let before = accruals[row].accrued(days: days, rounding: place.rounding),
                let after = accruals[row].accrued(days: days + 1, rounding: place.rounding)
            else { return false }
            if before == after { continue }
            let (target, overflow) = interestBefore[row].addingReportingOverflow(after)
            if overflow { return false }
            let past = splits[row].parts(of: target - (after - before))
            let now = splits[row].parts(of: target)
            let slot = 3 * Int(place.scheme)
            fits = sums.add(now.first - past.first, at: slot + place.seats.first) && fits
            fits = sums.add(now.second - past.second, at: slot + place.seats.second) && fits
            fits = sums.add(now.third - past.third, at: slot + place.seats.third) && fits
        }
        return fits
    }

    /// Sums of schemes that differ only in their other lenders are one total.
    private func totals(of sums: [Int64], shard: UInt16) throws(AmountError) -> [AccrualTotal] {
        var amounts: [AccrualTotal: Int64] = [:]
        for (number, scheme) in schemes.schemes.enumerated() {
            for (seat, lender) in scheme.lenders.enumerated() {
                let key = AccrualTotal(
                    shard: shard, agreement: scheme.agreement, currency: scheme.currency,
                    lender: lender, amount: 0)
                amounts[key] = try amounts[key, default: 0].plus(sums[3 * number + seat])
            }
        }
        return amounts.filter { $0.value != 0 }.map { key, amount in
            AccrualTotal(
                shard: shard, agreement: key.agreement, currency: key.currency,
                lender: key.lender, amount: amount)
        }.sorted()
    }
}

extension MutableSpan<Int64> {
    /// Adds to one element; false when the sum does not fit.
    @inline(__always)
    fileprivate mutating func add(_ amount: Int64, at index: Int) -> Bool {
        let (sum, overflow) = self[index].addingReportingOverflow(amount)
        self[index] = sum
        return !overflow
    }
}
