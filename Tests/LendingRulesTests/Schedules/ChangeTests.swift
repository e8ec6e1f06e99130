import BusinessCalendar
import LendingRules
import Monetary
import Testing

/// Changes of a schedule, one at a time.
struct ChangeTests {
    /// 100.00 over six months from 2024-01-01 at 7 %.
    private static func small(_ percent: String = "7") throws -> Schedule {
        try Schedule.build(
            sampleTerms {
                ($0.principal, $0.instalments) = (100_00, 6)
                $0.rate = try AnnualRate(percent: percent)
                $0.disbursedOn = try date("2024-01-01")
            })
    }

    @Test func `another rate recomputes what is left`() throws {
        let before = try Self.small()
        let after = try before.changed(
            .rate(AnnualRate(percent: "4"), on: date("2024-02-01")))
        #expect(after.instalments[0] == before.instalments[0])
        #expect(after.instalments.map(\.total) == [17_01, 16_88, 16_88, 16_88, 16_88, 16_89])
        #expect(after.instalments.map(\.interest) == [58, 28, 22, 17, 11, 6])
        #expect(after.brokenPeriods.isEmpty)
    }

    @Test func `inside a period each rate counts its days`() throws {
        let after = try Self.small().changed(
            .rate(AnnualRate(percent: "4"), on: date("2024-02-15")))
        // 83.57 × (14 days at 7 % and 15 at 4 % of 29) ÷ 12, 0.379.
        #expect(after.instalments[1].interest == 38)
        #expect(after.instalments[1].rate == (try AnnualRate(percent: "4")))
        #expect(
            after.brokenPeriods[1]?.map(\.startsOn.description) == ["2024-02-01", "2024-02-15"])
        #expect(
            try after.accruedInterest(of: 1, days: 14)
                == Self.small().accruedInterest(of: 1, days: 14))
        #expect(Set(after.instalments[1..<5].map(\.total)).count == 1)
    }

    @Test func `a tranche is repaid with what is left`() throws {
        let after = try Self.small("9.4822").changed(.tranche(100_00, on: date("2024-03-01")))
        #expect(after.instalments.map(\.total) == [17_13, 17_13, 42_63, 42_63, 42_63, 42_61])
        #expect(after.instalments[2].movement == 100_00)
        #expect(after.instalments[2].interest == 1_32)
    }

    @Test func `a repayment lowers the instalments or their number`() throws {
        let before = try Schedule.build(sampleTerms())
        let on = try date("2026-04-10")
        // 10 days of 30 on 7622.48 at 1 % a month.
        let owed = try before.openInterest(before: date("2026-04-10"))
        let change = { (effect: EarlyRepaymentEffect) in
            ScheduleChange.repayment(
                interest: owed, principal: 2_000_00 - owed, on: on, effect)
        }
        let lower = try before.changed(change(.lowerInstalment))
        let shorter = try before.changed(change(.shortenTerm))
        #expect(lower.instalments.count == 12)
        #expect(lower.instalments[3].total < 888_49)
        #expect(shorter.instalments.count == 10)
        #expect(shorter.instalments[2...].dropLast().allSatisfy { $0.total == 888_49 })
        #expect(lower.instalments[2].paidEarly == owed)
        for schedule in [lower, shorter] {
            #expect(Array(schedule.instalments.prefix(2)) == Array(before.instalments.prefix(2)))
            #expect(schedule.instalments.last?.balance == 0)
        }
        #expect(try before.changed(change(.nextInstalment)) == before)
    }

    @Test func `a repayment of everything ends the schedule at its date`() throws {
        let before = try Schedule.build(sampleTerms())
        let payoff = try before.payoff(on: date("2026-04-10"))
        let after = try before.changed(
            .repayment(
                interest: payoff.interest, principal: payoff.principal, on: date("2026-04-10"),
                .lowerInstalment))
        #expect(after.instalments.count == 3)
        let last = try #require(after.instalments.last)
        #expect(
            (last.principal, last.interest, last.total, last.balance) == (0, payoff.interest, 0, 0))
        #expect(throws: ScheduleError.self) {
            try after.changed(.tranche(1_00, on: date("2026-04-11")))
        }
    }

    @Test func `equal principal is divided anew by what lowers it alone`() throws {
        let before = try Schedule.build(sampleTerms { $0.method = .equalPrincipal })
        let rate = try before.changed(.rate(AnnualRate(percent: "9"), on: date("2026-06-15")))
        #expect(rate.instalments.map(\.principal) == before.instalments.map(\.principal))
        let tranche = try before.changed(.tranche(1_000_00, on: date("2026-02-28")))
        // 9166.67 and 1000.00 over eleven instalments.
        #expect(tranche.instalments[1].principal == 924_24)
    }

    @Test func `due dates move and count from the new day`() throws {
        let after = try Self.small().changed(
            .dueDates(next: date("2024-03-15"), on: date("2024-02-10")))
        #expect(
            after.instalments.map(\.dueOn.description) == [
                "2024-02-01", "2024-03-15", "2024-04-15", "2024-05-15", "2024-06-15",
                "2024-07-15",
            ])
        // A month counted back to 15 February and 14 of the 31 days before it.
        #expect(after.instalments[1].fraction == YearFraction(31 + 14, over: 12 * 31))
        #expect(Set(after.instalments[1..<5].map(\.total)).count == 1)
    }

    @Test func `an extension adds instalments`() throws {
        let after = try Self.small().changed(.extended(by: 3, on: date("2024-03-10")))
        #expect(after.instalments.count == 9)
        #expect(after.instalments[8].dueOn.description == "2024-10-01")
        #expect(after.instalments[2].total < 17_01)
        let bullet = try Schedule.build(sampleTerms { $0.method = .bullet })
            .changed(.extended(by: 6, on: date("2026-08-01")))
        #expect(bullet.instalments.map(\.interest) == [1_800_00])
    }

    @Test func `a restructuring ends the open period and begins another plan`() throws {
        let before = try Schedule.build(sampleTerms())
        let on = try date("2026-04-10")
        let owed = try before.openInterest(before: on)
        let plan = Restructuring(
            principal: 8_450_68 + owed, rate: try AnnualRate(percent: "6"), method: .equalPrincipal,
            instalments: 4, firstDueOn: try date("2026-05-31"), capitalisedInterest: owed)
        let after = try before.changed(.restructured(plan, on: on))
        #expect(after.instalments.count == 7)
        let cut = after.instalments[2]
        #expect((cut.principal, cut.interest, cut.total) == (0, owed, 0))
        #expect(after.instalments[3].openingBalance == 8_450_68 + owed)
        #expect(after.instalments.last?.balance == 0)
        #expect(
            try after.accruedInterest(endOf: date("2026-04-05"))
                == before.accruedInterest(endOf: date("2026-04-05")))
    }

    @Test func `a flat loan takes its residue with the last day, and not on the way to it`() throws
    {
        // 3.50 for six months: five times 0.58, so that the last instalment bills 0.60.
        let flat = try Schedule.build(
            sampleTerms {
                ($0.principal, $0.instalments, $0.method) = (100_00, 6, .flat)
                $0.rate = try AnnualRate(percent: "7")
                $0.disbursedOn = try date("2024-01-01")
            })
        #expect(flat.instalments.map(\.interest) == [58, 58, 58, 58, 58, 60])
        // 30 days of June in a period of 30: 0.5833 × 15 ÷ 30, and 29 ÷ 30 of it.
        #expect(try flat.accruedInterest(of: 5, days: 15) == 29)
        #expect(try flat.accruedInterest(of: 5, days: 29) == 56)
        #expect(try flat.accruedInterest(of: 5, days: 30) == 60)
    }

    @Test func `a flat loan keeps its residue through tranches and repayments, not through rates`()
        throws
    {
        let flat = try Schedule.build(
            sampleTerms {
                ($0.instalments, $0.method) = (6, .flat)
                $0.rate = try AnnualRate(percent: "10")
            })
        let first = try date("2026-01-31")
        let drawn = try flat.changed(.tranche(1_000_00, on: first))
        #expect(drawn.instalments.map(\.interest) == [91_67, 91_67, 91_67, 91_67, 91_67, 91_65])
        let repaid = try flat.changed(
            .repayment(interest: 0, principal: 500_00, on: date("2026-02-28"), .lowerInstalment))
        #expect(repaid.instalments.reduce(0) { $0 + $1.interest } == 500_00)
        #expect(repaid.instalments[5].interest == 83_35)
        let rerated = try flat.changed(.rate(AnnualRate(percent: "12"), on: date("2026-02-28")))
        #expect(rerated.instalments[5].interest == 100_00)
    }

    @Test func `interest paid early within its grace leaves principal as it is without the grace`()
        throws
    {
        func terms(_ grace: Int) throws -> ScheduleTerms {
            try sampleTerms {
                ($0.instalments, $0.interestGrace) = (6, grace)
                $0.disbursedOn = try date("2026-01-01")
            }
        }
        let on = try date("2026-02-15")
        func repaid(_ grace: Int, _ interest: Int64) throws -> Schedule {
            try Schedule.build(terms(grace)).changed(
                .repayment(interest: interest, principal: 858_13, on: on, .lowerInstalment))
        }
        let (plain, graced) = (try repaid(0, 41_87), try repaid(2, 141_87))
        #expect(graced.instalments.map(\.principal) == plain.instalments.map(\.principal))
        #expect(graced.instalments[1].principal == 1_503_43)
    }

    @Test func `a plan whose instalments would not pay their interest is not agreed on`() throws {
        let schedule = try Schedule.build(sampleTerms())
        let on = try date("2026-02-10")
        #expect(throws: ScheduleError.self) {
            try schedule.changed(.dueDates(next: date("2126-01-08"), on: on))
        }
        #expect(throws: ScheduleError.self) {
            try schedule.changed(.extended(by: 1_200, on: on))
        }
        #expect(try schedule.changed(.dueDates(next: date("2026-05-08"), on: on)) != schedule)
    }

    @Test func `what was paid early of a flat loan stays paid, however little is left to bear`()
        throws
    {
        let flat = try Schedule.build(
            sampleTerms {
                ($0.principal, $0.instalments, $0.method) = (100_00, 6, .flat)
                $0.rate = try AnnualRate(percent: "7")
                $0.disbursedOn = try date("2024-01-01")
            })
        let on = try date("2024-06-30")
        let owed = try flat.openInterest(before: on)
        let after = try flat.changed(
            .repayment(
                interest: owed, principal: flat.instalments[5].principal, on: on, .lowerInstalment))
        #expect(owed == 56)
        #expect((after.instalments[5].interest, after.instalments[5].paidEarly) == (56, 56))
        #expect(after.instalments[5].total == 0)
    }

    @Test func `a change that changes nothing gives the schedule back`() throws {
        let schedule = try Self.small()
        let on = try date("2024-03-10")
        for change in [
            ScheduleChange.rate(schedule.terms.rate, on: on),
            .repayment(interest: 0, principal: 0, on: on, .lowerInstalment),
            .dueDates(next: try date("2024-04-01"), on: on),
        ] { #expect(try schedule.changed(change) == schedule) }
    }

    @Test func `impossible changes are refused`() throws {
        let schedule = try Self.small()
        let (early, late) = (try date("2023-12-31"), try date("2024-07-01"))
        let on = try date("2024-02-15")
        #expect(
            throws: ScheduleError.changeBeforeDisbursement(
                early, disbursedOn: schedule.terms.disbursedOn)
        ) {
            try schedule.changed(.tranche(1, on: early))
        }
        #expect(throws: ScheduleError.changeAfterEnd(late)) {
            try schedule.changed(.extended(by: 1, on: late))
        }
        let changed = try schedule.changed(.tranche(1_00, on: on))
        #expect(throws: ScheduleError.changeOutOfOrder(on.adding(days: -1), after: on)) {
            try changed.changed(.tranche(1_00, on: on.adding(days: -1)))
        }
        #expect(throws: ScheduleError.repaymentAboveOwed(interest: 24, principal: 83_57, on: on)) {
            try schedule.changed(.repayment(interest: 0, principal: 83_58, on: on, .shortenTerm))
        }
        #expect(throws: ScheduleError.self) {
            try schedule.changed(.repayment(interest: 25, principal: 0, on: on, .shortenTerm))
        }
        for next in [on, early] {
            #expect(throws: ScheduleError.dueDateNotAfterChange(next, on: on)) {
                try schedule.changed(.dueDates(next: next, on: on))
            }
        }
        for count in [0, -1, 10_000, .max] {
            #expect(throws: ScheduleError.self) {
                try schedule.changed(.extended(by: count, on: on))
            }
        }
        for amount in [0, -1, .max] as [Int64] {
            #expect(throws: ScheduleError.self) { try schedule.changed(.tranche(amount, on: on)) }
        }
        let interestOnly = try Schedule.build(sampleTerms { $0.method = .interestOnly })
        #expect(throws: ScheduleError.nothingToShorten(.interestOnly)) {
            try interestOnly.changed(
                .repayment(interest: 0, principal: 1, on: date("2026-02-01"), .shortenTerm))
        }
    }
}
