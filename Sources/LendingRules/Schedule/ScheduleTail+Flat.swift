import BusinessCalendar
import Monetary

extension ScheduleTail {
    /// What a flat loan may still bill: its total, rounded once, less what it has billed, so that
    /// the last instalment takes the residue. Nil where every instalment is rounded on its own:
    /// after another rate, and where the term was shortened. Once everything is repaid the open
    /// period bears no more than it was to bear.
    ///
    /// - Throws: ``ScheduleError/amountOutOfRange``.
    func flatInterest() throws(ScheduleError) -> Int64? {
        guard plan.terms.method == .flat, !plan.roundsEach else { return nil }
        if open.balance == 0 { return whole.ownInterest(of: open.index) }
        let past = kept[plan.first...]
        let billed = past.reduce(open.carried) { $0 + $1.interest }
        let rounding = plan.terms.rounding
        return try ScheduleError.fitting { () throws(AmountError) in
            let exact = try exactFlatInterest(past)
            return max(0, try exact.rounded(rounding).minus(billed))
        }
    }

    private func exactFlatInterest(_ past: ArraySlice<Instalment>) throws(AmountError) -> ExactSum {
        var sum = ExactSum()
        var bearing = past.first?.openingBalance ?? 0
        for instalment in past {
            let segments = brokenPeriods[instalment.number - 1]
            let period = InterestPeriod(instalment)
            try add(period, segments ?? [], bearing, instalment.rate, to: &sum)
            // What was lent by the end of the period; nothing bears interest once all is repaid.
            if let last = segments?.last, last.balance > 0 { bearing = last.balance }
        }
        for (place, period) in periods.enumerated() {
            let segments = place == 0 ? open.segments : []
            try add(period, segments, plan.lent, plan.terms.rate, to: &sum)
        }
        return sum
    }

    private func add(
        _ period: InterestPeriod, _ segments: [PeriodSegment], _ bearing: Int64,
        _ rate: AnnualRate, to sum: inout ExactSum
    ) throws(AmountError) {
        if segments.isEmpty {
            let perYear = Int128(bearing) * Int128(rate.units)
            let (part, overflow) = perYear.multipliedReportingOverflow(
                by: Int128(period.fraction.numerator))
            if overflow { throw .overflow }
            try sum.add(
                part, over: Int128(period.fraction.denominator) * Int128(AnnualRate.unitsPerOne))
        } else {
            let clock = plan.terms.clock(of: period)
            let part = try segments.exactInterest(clock, from: period.startsOn, days: period.days)
            try sum.add(part, over: Int128(clock.unitsPerYear) * Int128(AnnualRate.unitsPerOne))
        }
    }
}
