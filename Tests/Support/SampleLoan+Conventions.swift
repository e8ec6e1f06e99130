import BusinessCalendar
import LendingRules
import Monetary

// Schedules by every method, day count and convention that a product can name.

extension SampleLoan {
    /// Random terms, some of which no schedule answers to.
    static func terms(
        _ limits: Limits, in conventions: ScheduleConventions,
        using random: inout SeededGenerator
    ) -> ScheduleTerms {
        let start = start(limits, using: &random)
        return ScheduleTerms(
            principal: random.magnitude(digits: limits.digits), currency: dollars,
            rate: AnnualRate(
                units: random.isOne(in: 20) ? 0 : random.magnitude(digits: limits.rateDigits)),
            instalments: random.pick(limits.instalments), disbursedOn: start,
            firstDueOn: random.isOne(in: 4) ? start.adding(days: random.pick(5...75)) : nil,
            method: random.pick(ScheduleMethod.allCases),
            dayCount: random.pick(DayCount.allCases), rounding: random.pick(Rounding.allCases),
            instalmentRounding: random.pick(Rounding.allCases), conventions: conventions)
    }

    /// Month ends often: they are where due dates go wrong.
    private static func start(_ limits: Limits, using random: inout SeededGenerator)
        -> BusinessDate
    {
        let start = date("2026-01-01").adding(days: random.pick(limits.disbursedAfterDays))
        guard random.isOne(in: 3) else { return start }
        let (year, month, _) = start.components
        return BusinessDate(year: year, month: month, clamping: random.pick(28...31))
    }

    static func conventions(using random: inout SeededGenerator) -> ScheduleConventions {
        let every = random.pick([
            Period.month, .month, .month, .month, Period(count: 2, unit: .weeks),
            Period(count: 30, unit: .days), Period(count: 3, unit: .months),
        ])
        let hasGrace = random.isOne(in: 3)
        return ScheduleConventions(
            every: every, instalmentMultiple: random.pick([1, 1, 1, 1, 5, 10, 100]),
            principalGrace: hasGrace ? random.pick(0...3) : 0,
            interestGrace: hasGrace ? random.pick(0...3) : 0,
            monthEnd: every.unit == .months && random.isOne(in: 4) ? .nextMonth : .clamp,
            holidays: random.isOne(in: 5) ? weekends(using: &random) : nil,
            fees: random.isOne(in: 3) ? fees(using: &random) : [])
    }

    private static func weekends(using random: inout SeededGenerator) -> HolidayShift {
        HolidayShift(
            calendar: HolidayCalendar(
                name: "weekends", weekend: [6, 7], holidays: [], workingDays: []),
            rule: random.pick(HolidayRule.allCases))
    }

    private static func fees(using random: inout SeededGenerator) -> [LoanFee] {
        (1...random.pick(1...2)).compactMap { number in
            let share = try? Share(Int64(random.pick(1...5)), of: 100)
            let base = random.pick(LoanFee.Base.allCases)
            let value =
                share.flatMap { random.isOne(in: 2) ? LoanFee.Value.share($0, of: base) : nil }
                ?? .amount(Int64(random.pick(1...300)))
            return LoanFee(name: "fee-\(number)", value: value, moment: .each)
        }
    }
}
