import MockBank
import Testing

@Suite struct ScheduleTests {
    @Test func `the published schedule comes out to the cent`() throws {
        let terms = try Sample.terms()
        let schedule = try Schedule(terms, from: terms.disbursedOn)
        let totals = schedule.instalments.map { $0.principal + $0.interest }
        #expect(totals.dropLast().allSatisfy { $0 == 888_49 })
        #expect(totals.last == 888_47)
        #expect(schedule.instalments.reduce(0) { $0 + $1.interest } == 661_86)
        #expect(schedule.instalments.reduce(0) { $0 + $1.principal } == 10_000_00)
        #expect(schedule.instalments[0].principal == 788_49)
    }

    @Test func `due dates clamp from the original day`() throws {
        let terms = try Sample.terms()
        let schedule = try Schedule(terms, from: terms.disbursedOn)
        let dates = schedule.instalments.prefix(4).map(\.dueOn.description)
        #expect(dates == ["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"])
    }

    @Test(arguments: [
        // Real loans: amount, rate, months, instalment rounded up by their lender.
        ("28000.00", "14.07", 60, Int64(652_53)), ("5000.00", "12.61", 36, 167_54),
        ("2000.00", "17.09", 36, 71_40), ("21600.00", "6.72", 36, 664_19),
    ])
    func `real instalments are rounded up to the cent`(
        principal: String, rate: String, months: Int, expected: Int64
    ) throws {
        let terms = try Sample.terms(
            principal: principal, rate: rate, instalments: months,
            extra: ",\"instalmentRounding\":\"up\"")
        let first = try Schedule(terms, from: terms.disbursedOn).instalments[0]
        #expect(first.principal + first.interest == expected)
    }

    @Test func `equal principal with actual days`() throws {
        let terms = try Sample.terms(
            method: "equal-principal", instalments: 3, extra: ",\"dayCount\":\"ACT/365F\"")
        let schedule = try Schedule(terms, from: terms.disbursedOn)
        #expect(schedule.instalments.map(\.principal) == [3_333_33, 3_333_33, 3_333_34])
        // 10,000 × 12 % × 28/365, then 6,666.67 × 12 % × 31/365.
        #expect(schedule.instalments.map(\.interest) == [92_05, 67_95, 32_88])
    }

    @Test func `accrual lands on the billed interest at the end of the period`() throws {
        let terms = try Sample.terms()
        let schedule = try Schedule(terms, from: terms.disbursedOn)
        #expect(schedule.accrued(0, elapsed: 1) == 3_57)
        #expect(schedule.accrued(0, elapsed: 14) == 50_00)
        #expect(schedule.accrued(0, elapsed: 28) == 100_00)
        #expect(schedule.accrued(0, elapsed: 99) == 100_00)
    }

    @Test func `an irregular first period counts whole months back and days of the rest`() throws {
        let terms = try Sample.terms(on: "2026-01-10", extra: ",\"firstDueOn\":\"2026-03-01\"")
        let first = try Schedule(terms, from: terms.disbursedOn).instalments[0]
        // 1 % for February and 1 % × 22/31 for 10 January to 1 February.
        #expect(first.interest == 170_97)
    }

    @Test func `zero interest divides the principal`() throws {
        let terms = try Sample.terms(principal: "100.00", rate: "0", instalments: 3)
        let schedule = try Schedule(terms, from: terms.disbursedOn)
        #expect(schedule.instalments.map(\.principal) == [33_33, 33_33, 33_34])
    }

    @Test(arguments: [
        ",\"dayCount\":\"ACT/360\"", ",\"fees\":[{\"name\":\"x\"}]", ",\"principalGrace\":2",
        ",\"monthEnd\":\"next-month\"", ",\"surprise\":1",
        ",\"changes\":[{\"on\":\"2026-06-15\",\"annualRatePercent\":\"9\"}]",
    ])
    func `terms that the bank cannot compute are refused`(extra: String) {
        let refusal = #expect(throws: Refusal.self) { try Sample.terms(extra: extra) }
        #expect(refusal?.code == "unsupported-terms")
    }
}
