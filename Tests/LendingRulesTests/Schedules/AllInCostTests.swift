import BusinessCalendar
import LendingRules
import Monetary
import Testing

/// What a loan costs a year with its fees.
struct AllInCostTests {
    private func cost(_ change: (inout ScheduleTerms) throws -> Void) throws -> AllInCost {
        try #require(AllInCost(of: ScheduleLife(Schedule.build(sampleTerms(change)))))
    }

    @Test func `without fees the cost is the rate`() throws {
        let interestOnly = try cost { $0.method = .interestOnly }
        #expect(interestOnly.nominal == 12_000_000)
        // 1.01¹² − 1.
        #expect(interestOnly.effective == 12_682_503)
        let yearly = try cost {
            ($0.method, $0.every) = (.interestOnly, Period(count: 1, unit: .years))
        }
        #expect((yearly.nominal, yearly.effective) == (12_000_000, 12_000_000))
        let free = try cost { $0.rate = AnnualRate(units: 0) }
        #expect((free.nominal, free.effective) == (0, 0))
        let long = try cost { ($0.method, $0.instalments) = (.interestOnly, 600) }
        #expect(long.nominal == 12_000_000)
    }

    @Test func `a fee makes a loan dearer than its rate`() throws {
        let fee = LoanFee(name: "set-up", value: .amount(100_00), moment: .upfront)
        // One period: 10100 ÷ 9900 − 1 = 2.020202 % a month.
        let single = try cost { ($0.instalments, $0.fees) = (1, [fee]) }
        #expect(single.nominal == 24_242_424)
        #expect(single.effective == 27_125_932)
        let bullet = try cost {
            ($0.method, $0.every, $0.instalments) = (.bullet, Period(count: 1, unit: .years), 1)
            $0.fees = [fee]
        }
        // 11200 ÷ 9900 − 1.
        #expect(bullet.effective == 13_131_313)
    }

    @Test func `irregular dates discount by days`() throws {
        let bullet = try cost {
            ($0.method, $0.instalments, $0.dayCount) = (.bullet, 1, .actual365Fixed)
            $0.firstDueOn = $0.disbursedOn.adding(days: 365)
        }
        #expect(bullet.effective == 12_000_000)
        // 12 × (1.12^(1/12) − 1).
        #expect(bullet.nominal == 11_386_552)
    }

    @Test func `a cost beyond a million percent is not told`() throws {
        let terms = try sampleTerms {
            ($0.rate, $0.instalments) = (AnnualRate(units: 10_000_000_000), 1)
        }
        #expect(AllInCost(of: ScheduleLife(try Schedule.build(terms))) == nil)
    }

    @Test func `cash that waits covers the next instalments as billed`() throws {
        var life = ScheduleLife(try Schedule.build(sampleTerms()))
        try life.apply(.repayment(2_000_00, .nextInstalment), on: date("2026-04-10"))
        #expect(life.repayments.map(\.waiting) == [2_000_00])
        #expect(life.cashOnDueDates[..<6] == [888_49, 888_49, 0, 0, 665_47, 888_49])
        #expect(throws: ScheduleError.paymentAboveInstalments(6_884_88, on: try date("2026-04-11")))
        {
            try life.apply(.repayment(6_884_89, .nextInstalment), on: date("2026-04-11"))
        }
        #expect(throws: ScheduleError.repaymentNotPositive(0)) {
            try life.apply(.repayment(0, .lowerInstalment), on: date("2026-04-11"))
        }
    }

    @Test func `a payoff is what ends the loan`() throws {
        let schedule = try Schedule.build(sampleTerms())
        for days in 0...400 {
            let day = schedule.terms.disbursedOn.adding(days: days)
            let payoff = try schedule.payoff(on: day)
            let due = schedule.instalments.first { $0.dueOn == day }
            guard payoff.total > (due?.total ?? 0) else { continue }
            var life = ScheduleLife(schedule)
            try life.apply(.repayment(payoff.total - (due?.total ?? 0), .lowerInstalment), on: day)
            #expect(life.schedule.instalments.last?.balance == 0)
            #expect(try life.schedule.payoff(on: day).total == (due?.total ?? 0))
            #expect(throws: ScheduleError.self) {
                try life.apply(.repayment(1, .lowerInstalment), on: day)
            }
        }
    }
}
