import BusinessCalendar
import LendingRules
import Monetary
import TestSupport

extension RandomTerms {
    static func product(isPlain: Bool = false, using random: inout SeededGenerator) throws
        -> Product
    {
        let least = random.magnitude(digits: 9)
        let fewest = random.pick(1...12)
        let plain = Product(
            name: "product-\(random.pick(0...99))", method: random.pick(ScheduleMethod.allCases),
            dayCount: random.pick(DayCount.allCases), rounding: random.pick(Rounding.allCases),
            instalmentRounding: random.pick(Rounding.allCases),
            penalty: PenaltyTerms(
                multipleThousandths: Int64(random.pick(0...3000)), graceDays: random.pick(0...9)),
            materiality: Int64(random.pick(0...500)),
            principal: least...(least + random.magnitude(digits: 9)),
            instalments: fewest...(fewest + random.pick(0...24)))
        return isPlain ? plain : try elaborate(plain, &random)
    }

    private static func elaborate(_ plain: Product, _ random: inout SeededGenerator) throws
        -> Product
    {
        let lowest = random.magnitude(digits: 7)
        let limits = AnnualRate(units: lowest)...AnnualRate(units: lowest + 900)
        return Product(
            name: plain.name, method: plain.method,
            dayCount: plain.dayCount, rounding: plain.rounding,
            instalmentRounding: plain.instalmentRounding, conventions: try conventions(&random),
            penalty: PenaltyTerms(
                multipleThousandths: plain.penalty.multipleThousandths,
                graceDays: plain.penalty.graceDays,
                onInterestThousandths: random.pick([0, 1_300]),
                forgivesGrace: random.pick([true, false])),
            earlyRepayment: EarlyRepaymentTerms(
                effect: random.pick(EarlyRepaymentEffect.allCases),
                fee: random.pick([nil, try Share("1%")])),
            nonAccrual: NonAccrualTerms(
                afterDays: random.pick([90, 60]), observedInstalments: random.pick([0, 3])),
            minimumDays: random.pick(0...1), materiality: plain.materiality,
            principal: plain.principal, instalments: plain.instalments,
            rate: random.pick([nil, limits]), line: random.pick([nil, line(&random)]),
            effectiveFrom: random.pick([
                nil, BusinessDate(dayNumber: Int32(random.pick(0...40_000))),
            ]))
    }

    private static func line(_ random: inout SeededGenerator) -> LineTerms {
        let terms = PayLaterTerms(
            dueDay: random.pick(1...28), interestFreeDays: random.pick(1...59),
            conversion: random.pick([nil, 3...12]))
        return LineTerms(
            kind: random.pick([.revolving, .payLater(terms)]),
            limit: 1...random.magnitude(digits: 9))
    }

    static func conventions(_ random: inout SeededGenerator) throws -> ScheduleConventions {
        ScheduleConventions(
            every: random.pick([.month, Period(count: 2, unit: .weeks)]),
            instalmentMultiple: random.pick([1, 100]), principalGrace: random.pick(0...3),
            interestGrace: random.pick(0...3), monthEnd: random.pick(MonthEnd.allCases),
            holidays: random.pick([nil, holidays(&random)]), fees: try fees(&random),
            statement: random.pick([
                nil,
                StatementCycle(day: random.pick(1...28), minimumPayment: try Share("1/3")),
            ]))
    }

    private static func holidays(_ random: inout SeededGenerator) -> HolidayShift {
        func dates(_ random: inout SeededGenerator) -> Set<BusinessDate> {
            let count = random.pick(0...3)
            return Set(
                (0..<count).map { _ in BusinessDate(dayNumber: Int32(random.pick(0...40_000))) })
        }
        return HolidayShift(
            calendar: HolidayCalendar(
                name: "CN", weekend: random.pick([[], [5], [6, 7]]), holidays: dates(&random),
                workingDays: dates(&random)),
            rule: random.pick(HolidayRule.allCases))
    }

    private static func fees(_ random: inout SeededGenerator) throws -> [LoanFee] {
        let base = random.pick(LoanFee.Base.allCases)
        let all = [
            LoanFee(
                name: "set-up", value: .share(try Share("1.5%"), of: base),
                moment: random.pick(LoanFee.Moment.allCases)),
            LoanFee(name: "account", value: .amount(250), moment: .each),
        ]
        return Array(all.shuffled(using: &random).prefix(random.pick(0...2)))
    }
}
