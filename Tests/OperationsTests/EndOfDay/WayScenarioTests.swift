import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Operations
import TestSupport
import Testing

/// A loan of 1,000.00 by the platform (200.00), harbor (500.00) and meridian (300.00), booked on
/// 2026-01-01 and given back on 2026-01-03, in every way of disbursement.
struct WayScenarioTests {
    /// What a day leaves, hand-computed: entries of the disbursement by book (account,
    /// counterparty, amount), obligations (positive: the platform pays), and what is settled the
    /// day after.
    struct Scenario: CustomTestStringConvertible {
        let way: DisbursementWay
        let entries: String
        let obligations: String
        let settled: String

        var testDescription: String { way.name.rawValue }
    }

    static let scenarios = [
        Scenario(
            way: .reimburse,
            entries: """
                harbor 1110 500, harbor 1310/platform -500
                meridian 1110 300, meridian 1310/platform -300
                platform 1110 200, platform 1310/harbor 500, platform 1310/meridian 300
                platform 1010 -1000
                """,
            obligations: "harbor funding-due -500, meridian funding-due -300",
            settled: "harbor -500, meridian -300"),
        Scenario(
            way: .reserve,
            entries: """
                harbor 1110 500, harbor 1330/platform -500
                meridian 1110 300, meridian 1330/platform -300
                platform 1110 200, platform 1330/harbor 500, platform 1330/meridian 300
                platform 1010 -1000
                """, obligations: "", settled: ""),
        Scenario(
            way: .escrow,
            entries: """
                harbor 1110 500, harbor 1010 -500
                meridian 1110 300, meridian 1010 -300
                platform 1110 200, platform 1010 -200
                """, obligations: "", settled: ""),
        Scenario(
            way: .direct,
            entries: """
                harbor 1110 500, harbor 1010 -500
                meridian 1110 300, meridian 1010 -300
                platform 1110 200, platform 1010 -200
                """, obligations: "", settled: ""),
        Scenario(
            way: .lenderPaysAll(payer: TestTerms.harbor),
            entries: """
                harbor 1110 500, harbor 1310/platform 500, harbor 1010 -1000
                meridian 1110 300, meridian 1310/platform -300
                platform 1110 200, platform 1310/harbor -500, platform 1310/meridian 300
                """,
            obligations: "harbor funding-due 500, meridian funding-due -300",
            settled: "harbor 500, meridian -300"),
    ]

    @Test(arguments: scenarios)
    func `a disbursement is booked, owed and settled as the table says`(scenario: Scenario)
        async throws
    {
        let story = try await WayStory(scenario.way)
        #expect(try await story.house.fund().run().disbursed == 1)
        try await story.house.close(through: "2026-01-01")
        #expect(story.entries(on: "2026-01-01") == WayStory.lines(scenario.entries))
        #expect(story.obligations(on: "2026-01-01") == scenario.obligations)
        #expect(try await story.settle("2026-01-01") == scenario.settled)
        #expect(try await story.house.verify.run() == nil)
    }

    @Test(arguments: scenarios, ["cancelled charge=none", "payout-failed", "payout-returned"])
    func `what undoes the loan books the same with the signs turned`(
        scenario: Scenario, fact: String
    ) async throws {
        let story = try await WayStory(scenario.way)
        _ = try await story.house.fund().run()
        try await story.house.close(through: "2026-01-02")
        let words = fact.split(separator: " ", maxSplits: 1).map(String.init)
        try await story.house.take(
            FactFile.line(
                "X1", words[0], words.dropFirst().first ?? "", valueDate: "2026-01-03",
                at: "2026-01-03T10:00:00Z"))
        try await story.house.close(through: "2026-01-03")
        #expect(
            story.entries(on: "2026-01-03")
                == WayStory.lines(scenario.entries).map(WayStory.negated))
        #expect(
            story.obligations(on: "2026-01-03")
                == scenario.obligations.split(separator: ", ")
                .map { WayStory.negated(String($0)) }.joined(separator: ", "))
        #expect(story.left(besides: [.cash, .reserve]) == [])
        #expect(story.left(besides: []) == story.deposits)
        #expect(try await story.house.verify.run() == nil)
    }

    @Test(
        arguments: zip(scenarios.map(\.way), [1_000_00, 1_000_00, 200_00, 200_00, 0]))
    func `the channel pays what the platform pays`(way: DisbursementWay, amount: Int) async throws {
        let story = try await WayStory(way, channel: TestChannel())
        let report = try await story.house.fund().run()
        #expect(report.disbursed == 1)
        let payout = story.house.store.world.payouts[LoanID("L1")]?.payout.amount
        #expect(payout == (amount == 0 ? nil : Int64(amount)))
        try await story.house.close(through: "2026-01-01")
        #expect(try await story.house.verify.run() == nil)
    }

    @Test func `a deposit without enough keeps a loan out, with the reason`() async throws {
        let house = try WayStory.house(.reserve)
        try await WayStory.deposit(["harbor 499.99", "meridian 300.00"], in: house)
        let error = await #expect(throws: ImportRefused.self) {
            try await house.book(LoanFile.row("L1", product: "orphan"))
        }
        let fault = try #require(error?.faults.first)
        #expect(error?.count == 1 && fault.code == "LIMIT-001" && fault.record == "L1")
        #expect(
            fault.what
                == "harbor's deposit of 499.99 USD has 499.99 left, its share is 500.00")
        #expect(house.store.world.loans.isEmpty)
    }

    @Test(
        arguments: [
            (["R1", "nobody", "deposit", "5.00", "USD"], "RESERVE-001"),
            (["R1", "platform", "deposit", "5.00", "USD"], "RESERVE-001"),
            (["R1", "harbor", "gift", "5.00", "USD"], "RESERVE-002"),
            (["R1", "harbor", "deposit", "0.00", "USD"], "INTAKE-006"),
            (["R1", "harbor", "deposit", "-5.00", "USD"], "INTAKE-006"),
            (["R1", "harbor", "deposit", "5.001", "USD"], "INTAKE-004"),
            (["R1", "harbor", "deposit", "5.00", "US"], "INTAKE-003"),
            (["R1", "harbor", "deposit", "5.00", "EUR"], "RESERVE-004"),
            (["R 1", "harbor", "deposit", "5.00", "USD"], "INTAKE-002"),
            (["K1", "harbor", "deposit", "5.00", "USD"], "INTAKE-010"),
        ])
    func `a movement that cannot be is refused by name`(row: [String], code: String) async throws {
        let house = try WayStory.house(.reserve)
        try await WayStory.deposit(["harbor 7.00"], in: house)
        let error = await #expect(throws: ImportRefused.self) {
            try await house.reserveImport.run(WayStory.table([row]))
        }
        #expect(error?.faults.map(\.code) == [code])
        #expect(house.store.world.reserveMovements.count == 1)
    }

    @Test func `the same file again records nothing, a line twice is refused`() async throws {
        let house = try WayStory.house(.reserve)
        let row = ["R1", "harbor", "deposit", "5.00", "USD"]
        #expect(
            try await house.reserveImport.run(WayStory.table([row]), dryRun: true).imported == 1)
        for (imported, there) in [(1, 0), (0, 1)] {
            let summary = try await house.reserveImport.run(WayStory.table([row]))
            #expect((summary.imported, summary.alreadyThere) == (imported, there))
        }
        let error = await #expect(throws: ImportRefused.self) {
            try await house.reserveImport.run(
                WayStory.table([["R2"] + row.dropFirst(), ["R2"] + row.dropFirst()]))
        }
        #expect(error?.faults.map(\.code) == ["INTAKE-009"])
    }

    @Test func `a changed deposit, its entries or a draw beyond it is found`() async throws {
        let story = try await WayStory(.reserve)
        _ = try await story.house.fund().run()
        try await story.house.close(through: "2026-01-01")
        let store = story.house.store
        let harbor = LimitSlot(
            .reserve(of: TestTerms.harbor, SampleLoan.dollars), start: nil)
        store.write { $0.keptLimits = KeptLimits(used: [harbor: 500_01], claims: []) }
        #expect(try await story.house.verify.run()?.law == .limits)
        store.write { $0.keptLimits = KeptLimits(used: [:]) }
        let movements = store.world.reserveMovements
        store.write { world in world.reserveMovements = Array(movements.dropLast()) }
        #expect(try await story.house.verify.run()?.law == .reserves)
        store.write { $0.reserveMovements = movements }
        #expect(try await story.house.verify.run() == nil)
    }
}
