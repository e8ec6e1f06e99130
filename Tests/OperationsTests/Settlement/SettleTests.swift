import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Operations
import TestSupport
import Testing

struct SettleTests {
    /// A Friday before a Monday that the calendar `US` has as a holiday.
    private static let friday = "2026-01-16"

    @Test(arguments: [
        (1, "every-day", friday, "2026-01-17"), (0, "every-day", friday, "2026-01-16"),
        (3, "every-day", friday, "2026-01-19"), (0, "US", friday, "2026-01-16"),
        (1, "US", friday, "2026-01-20"), (1, "US", "2026-01-13", "2026-01-14"),
        (4, "US", "2026-01-13", "2026-01-20"),
    ])
    func `a date is due on the first settlement day after its lag`(
        lag: Int, calendar: String, date: String, due: String
    ) async throws {
        let house = try SettlementStory(lag: lag, calendar: calendar).house
        house.owe([(date, "repayments", 100)])
        house.open("\(SampleLoan.date(due).adding(days: -1))")
        #expect(try await house.settle.run() == SettlementReport())
        house.open(due)
        let instructed = try await house.settle.run().instructed
        #expect(instructed.map(\.amount) == [100])
        #expect(instructed.map(\.id.settlesOn) == [SampleLoan.date(due)])
    }

    @Test(
        arguments: [
            (
                "types and dates are netted", SettlementRules(),
                """
                owe 01-05 repayments 100
                owe 01-05 service-fees -10
                owe 01-06 funding-due -700
                owe 01-07 repayments 50
                run 01-08
                run 01-08
                """,
                """
                01-08 -560 instructed: repayments 01-05 100, service-fees 01-05 -10, \
                funding-due 01-06 -700, repayments 01-07 50
                """, "1310 -560, 1020 560, 1010 0"
            ),
            (
                "types are settled apart", SettlementRules(netting: .perType),
                """
                owe 01-05 repayments 100
                owe 01-05 funding-due -700
                owe 01-06 repayments 20
                run 01-07
                """,
                """
                01-07/funding-due -700 instructed: funding-due 01-05 -700
                01-07/repayments 120 instructed: repayments 01-05 100, repayments 01-06 20
                """, "1310 -580, 1020 580, 1010 0"
            ),
            (
                "a net of nothing is settled without an instruction", SettlementRules(),
                """
                owe 01-05 repayments 500
                owe 01-05 funding-due -500
                run 01-06
                run 01-07
                """,
                "01-06 0 cleared: funding-due 01-05 -500, repayments 01-05 500",
                "1310 0, 1020 0, 1010 0"
            ),
            (
                "less than the minimum is carried over until it is enough",
                SettlementRules(minimum: 100),
                """
                owe 01-05 repayments 60
                run 01-06
                run 01-07
                owe 01-07 repayments -120
                run 01-08
                owe 01-08 repayments 200
                run 01-09
                """,
                """
                01-06 60 carried-over: repayments 01-05 60
                01-08 -60 carried-over: carried 01-06 60, repayments 01-07 -120
                01-09 140 instructed: carried 01-08 -60, repayments 01-08 200
                """, "1310 140, 1020 -140, 1010 0"
            ),
            (
                "exactly the minimum is transferred", SettlementRules(minimum: 100),
                """
                owe 01-05 repayments -100
                run 01-06
                """, "01-06 -100 instructed: repayments 01-05 -100",
                "1310 -100, 1020 100, 1010 0"
            ),
            (
                "missing files hold the date and what follows", SettlementRules(),
                """
                owe 01-05 repayments 100
                owe 01-06 repayments 20
                owe 01-07 repayments 3
                missing 01-06
                run 01-09
                """, "01-09 100 instructed: repayments 01-05 100", "1310 100, 1020 -100, 1010 0"
            ),
            (
                "missing files are settled by our figures", SettlementRules(ifMissing: .settleOurs),
                """
                owe 01-05 repayments 100
                owe 01-06 repayments 20
                owe 01-07 repayments 3
                missing 01-06
                await 01-07
                run 01-09
                """,
                "01-09 120 instructed: repayments 01-05 100, repayments 01-06 20",
                "1310 120, 1020 -120, 1010 0"
            ),
        ])
    func `days come to what a person computes`(
        name: String, rules: SettlementRules, steps: String, told: String, accounts: String
    ) async throws {
        let story = try SettlementStory(rules)
        try await story.live(steps)
        #expect(try await story.told == told, "\(name)")
        #expect(story.accounts == accounts, "\(name)")
    }

    @Test func `on a holiday nothing is instructed, however old`() async throws {
        let story = try SettlementStory(calendar: "US")
        try await story.live(
            "owe 01-05 repayments 100\nrun 01-17\nrun 01-18\nrun 01-19\ninstruct")
        #expect(try await story.told == "")
        try await story.live("run 01-20")
        #expect(try await story.told == "01-20 100 instructed: repayments 01-05 100")
    }

    @Test func `a date that is reconciled late settles on the next day`() async throws {
        let story = try SettlementStory()
        let house = story.house
        try await story.live(
            "owe 01-05 repayments 100\nowe 01-06 repayments 20\nawait 01-06\nrun 01-07")
        house.reconciled("2026-01-06", .withBreaks)
        house.owe([("2026-01-05", "repayments", 7)], to: TestTerms.meridian)
        #expect(try await house.settle.run().instructed.map(\.id.party) == [TestTerms.meridian])
        house.open("2026-01-08")
        #expect(try await house.settle.run().instructed.map(\.amount) == [20])
    }

    @Test func `one partner's open date holds back nobody else`() async throws {
        let house = try SettlementStory().house
        house.owe([("2026-01-05", "repayments", 100)])
        house.owe([("2026-01-05", "repayments", 7)], to: TestTerms.meridian)
        house.reconciled("2026-01-05", .awaiting)
        house.open("2026-01-06")
        #expect(try await house.settle.run().instructed.map(\.id.party) == [TestTerms.meridian])
    }

    @Test func `currencies are never netted`() async throws {
        let house = try SettlementStory().house
        house.owe([("2026-01-05", "repayments", 100)])
        house.owe([("2026-01-05", "repayments", -30)], in: SampleLoan.currency("CNY"))
        house.open("2026-01-06")
        let instructed = try await house.settle.run().instructed
        #expect(instructed.map { "\($0.id.currency) \($0.amount)" } == ["CNY -30", "USD 100"])
    }

    @Test func `amounts beyond 64 bits are an error, and nothing is drafted`() async throws {
        let house = try SettlementStory().house
        house.owe([("2026-01-05", "repayments", .max), ("2026-01-06", "repayments", 1)])
        house.open("2026-01-08")
        await #expect(throws: AmountError.overflow) { try await house.settle.run() }
        #expect(house.store.world.settlements.isEmpty)
    }

    @Test func `a rehearsal instructs nothing`() async throws {
        let story = try SettlementStory(SettlementRules(approval: .twoPerson))
        try await story.live("owe 01-05 repayments 100\nrun 01-06\napprove 01-06 ann")
        #expect(try await story.house.settle.instruct(dryRun: true).map(\.amount) == [100])
        #expect(try await story.told == "01-06 100 approved: repayments 01-05 100")
    }
}
