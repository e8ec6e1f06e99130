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
        ",\"dayCount\":\"ACT/366\"", ",\"fees\":[{\"name\":\"x\"}]", ",\"tranches\":[1]",
        ",\"holidays\":{\"calendar\":\"US\",\"rule\":\"following\"}", ",\"surprise\":1",
        ",\"changes\":[{\"on\":\"2026-06-15\",\"annualRatePercent\":\"9\"}]",
    ])
    func `terms that the bank cannot compute are refused`(extra: String) {
        let refusal = #expect(throws: Refusal.self) { try Sample.terms(extra: extra) }
        #expect(refusal?.code == "unsupported-terms")
    }

    private func schedule(_ method: String, _ extra: String = "", _ instalments: Int = 4) throws
        -> [String]
    {
        let terms = try Sample.terms(
            principal: "1200.00", method: method, instalments: instalments, on: "2026-01-01",
            extra: extra)
        return try Schedule(terms, from: terms.disbursedOn).instalments.map {
            "\($0.principal) \($0.interest) \($0.fee)"
        }
    }

    // 1 % a month of 1,200.00 unless said otherwise.
    @Test(arguments: [
        ("interest-only", "", ["0 1200 0", "0 1200 0", "0 1200 0", "120000 1200 0"]),
        ("flat", "", ["30000 1200 0", "30000 1200 0", "30000 1200 0", "30000 1200 0"]),
        ("bullet", "", ["120000 4800 0"]),
        ("daily", "", ["0 1240 0", "0 1120 0", "0 1240 0", "120000 1200 0"]),
        (
            "principal-grace", ",\"principalGrace\":2",
            ["0 1200 0", "0 1200 0", "59701 1200 0", "60299 603 0"]
        ),
        (
            "equal-principal", ",\"interestGrace\":2",
            ["30000 0 0", "30000 0 0", "30000 2700 0", "30000 300 0"]
        ),
        (
            "equal-principal",
            ",\"fees\":[{\"name\":\"a\",\"value\":\"1.50\",\"when\":\"each\"},"
                + "{\"name\":\"b\",\"value\":\"1%\",\"of\":\"outstanding\",\"when\":\"each\"}]",
            ["30000 1200 1350", "30000 900 1050", "30000 600 750", "30000 300 450"]
        ),
    ])
    func `every method comes out as it is defined`(
        method: String, extra: String, expected: [String]
    ) throws {
        #expect(try schedule(method, extra) == expected)
    }

    // 10,000.00 at 12 % from 31 January to 28 February 2026, and over the turn of a leap year.
    @Test(arguments: [
        ("30/360", "2026-01-31", Int64(100_00)), ("30E/360", "2026-01-31", 93_33),
        ("30/360-US", "2026-01-31", 93_33), ("ACT/360", "2026-01-31", 93_33),
        ("ACT/364", "2026-01-31", 92_31), ("ACT/365F", "2026-01-31", 92_05),
        ("ACT/ACT-ISDA", "2027-12-15", 101_79), ("ACT/ACT-YEAR-END", "2027-12-15", 101_78),
    ])
    func `every day count is the bank's own`(dayCount: String, day: String, interest: Int64)
        throws
    {
        let terms = try Sample.terms(on: day, extra: ",\"dayCount\":\"\(dayCount)\"")
        #expect(try Schedule(terms, from: terms.disbursedOn).instalments[0].interest == interest)
    }

    @Test func `a due day that the month lacks may be the first of the next`() throws {
        let terms = try Sample.terms(extra: ",\"monthEnd\":\"next-month\"")
        let dates = try Schedule(terms, from: terms.disbursedOn).instalments.prefix(2)
        #expect(dates.map(\.dueOn.description) == ["2026-03-01", "2026-03-31"])
    }

    private static let statement =
        ",\"firstDueOn\":\"2026-02-15\",\"dayCount\":\"ACT/365F\","
        + "\"statement\":{\"day\":25,\"minimumPayment\":\"10%\"}"

    @Test
    func `a purchase asks for the minimum of its statements, and bears nothing before the first`()
        throws
    {
        // 10 % of 1,200.00, of 1,080.00 and of 972.00; 12 % a year on what is left, by days.
        #expect(
            try schedule("statement-cycle", Self.statement) == [
                "12000 0 0", "10800 994 0", "9720 991 0", "87480 863 0",
            ])
    }

    @Test(arguments: [("2026-01-20", Int64(10_000)), ("2026-01-26", 2_000)])
    func `what is repaid after the statement has closed counts against its minimum`(
        date: String, principal: Int64
    ) throws {
        let terms = try Sample.terms(
            principal: "1200.00", method: "statement-cycle", instalments: 4, on: "2026-01-01",
            extra: Self.statement)
        let share = try ShareOfLoan(
            terms: terms, amount: 1_200_00, start: terms.disbursedOn, computation: .scale,
            own: OwnRounding())
        var account = LoanAccount(
            loanID: "L1", requestKey: "K", number: "N", amount: 1_200_00, share: share,
            valueDate: terms.disbursedOn,
            conditions: Conditions(
                penaltyMultiple: .zero, graceDays: 0, roundingTolerance: 0,
                serviceFeePercent: .zero))
        let day = try #require(Day(date))
        // 200.00 before the closing day leave 10 % of 1,000.00; 100.00 after it come off 120.00.
        let cash: Int64 = principal == 10_000 ? 200_00 : 100_00
        account.receive(
            RepaymentLine(paymentID: "P1", loanID: "L1", total: cash, valueDate: day), on: day)
        #expect(account.statement(through: day).plan[0].principal == principal)
    }
}
