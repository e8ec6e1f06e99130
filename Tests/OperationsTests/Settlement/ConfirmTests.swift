import BusinessCalendar
import LendingRules
import Operations
import TestSupport
import Testing

/// Statement lines confirm settlements, in whole or in part, or take back what they confirmed.
struct ConfirmTests {
    @Test(
        arguments: [
            (
                "the platform paid", "owe 01-05 repayments 100\nrun 01-06\ncash B1 01-06 -100",
                "01-06 100 confirmed: repayments 01-05 100", "1310 100, 1020 0, 1010 -100"
            ),
            (
                "the partner paid", "owe 01-05 funding-due -100\nrun 01-06\ncash B1 01-06 100",
                "01-06 -100 confirmed: funding-due 01-05 -100", "1310 -100, 1020 0, 1010 100"
            ),
            (
                "a part leaves the rest open for the next",
                """
                owe 01-05 repayments 100
                run 01-06
                cash B1 01-06 -60
                owe 01-06 repayments 5
                run 01-07
                """,
                """
                01-06 100 partial: repayments 01-05 100
                01-07 45 instructed: carried 01-06 40, repayments 01-06 5
                """, "1310 105, 1020 -45, 1010 -60"
            ),
            (
                "a rest settles alone when nothing else is owed",
                "owe 01-05 repayments 100\nrun 01-06\ncash B1 01-06 -60\nrun 01-07",
                """
                01-06 100 partial: repayments 01-05 100
                01-07 40 instructed: carried 01-06 40
                """, "1310 100, 1020 -40, 1010 -60"
            ),
            (
                "two transfers make one whole",
                "owe 01-05 repayments 100\nrun 01-06\ncash B1 01-06 -60\ncash B2 01-06 -40",
                "01-06 100 confirmed: repayments 01-05 100", "1310 100, 1020 0, 1010 -100"
            ),
            (
                "a return puts all of it back",
                """
                owe 01-05 repayments 100
                run 01-06
                cash B1 01-06 -100
                cash B2 01-06 100
                """, "01-06 100 returned open 100: repayments 01-05 100",
                "1310 0, 1020 0, 1010 0"
            ),
            (
                "what came back is settled next",
                """
                owe 01-05 funding-due -100
                run 01-06
                cash B1 01-06 100
                cash B2 01-06 -100
                owe 01-06 repayments 30
                run 01-07
                cash B3 01-07 70
                """,
                """
                01-06 -100 returned: funding-due 01-05 -100
                01-07 -70 confirmed: carried 01-06 -100, repayments 01-06 30
                """, "1310 -70, 1020 0, 1010 70"
            ),
            (
                "a return of a part whose rest is settled puts back the part",
                """
                owe 01-05 repayments 100
                run 01-06
                cash B1 01-06 -60
                run 01-07
                cash B2 01-06 60
                run 01-08
                """,
                """
                01-06 100 returned: repayments 01-05 100
                01-07 40 instructed: carried 01-06 40
                01-08 60 instructed: carried 01-06 60
                """, "1310 100, 1020 -100, 1010 0"
            ),
        ])
    func `statements come to what a person computes`(
        name: String, steps: String, told: String, accounts: String
    ) async throws {
        let story = try SettlementStory()
        #expect(try await story.live(steps).isEmpty, "\(name)")
        #expect(try await story.told == told, "\(name)")
        #expect(story.accounts == accounts, "\(name)")
        #expect(try await story.house.verifySettlements() == nil, "\(name)")
    }

    @Test(arguments: [
        ("cash B1 01-06 -101", "a line of -1.01 USD, where -1.00 USD can still move"),
        ("cash B1 01-06 100", "a line of 1.00 USD, where 0.00 USD can still move"),
        ("cash B1 01-06 0", "can still move"), ("cash B1 01-05 -100", "names no settlement"),
        ("cash B0 01-06 -100\ncash B1 01-06 -1", "can still move"),
        ("cash B0 01-06 -60\nrun 01-07\ncash B1 01-06 -40", "can still move"),
    ])
    func `a line that settles nothing is told and left alone`(
        steps: String, reason: String
    ) async throws {
        let story = try SettlementStory()
        try await story.live("owe 01-05 repayments 100\nrun 01-06")
        let unknown = try await story.live(steps)
        #expect(unknown.map(\.receipt.bankRef) == ["B1"])
        #expect(unknown.first?.reason.contains(reason) == true, "\(unknown)")
        #expect(story.house.store.world.receipts["B1"] == nil)
    }

    @Test func `a line for a draft is left alone`() async throws {
        let story = try SettlementStory(SettlementRules(approval: .twoPerson))
        let unknown = try await story.live(
            "owe 01-05 repayments 100\nrun 01-06\ncash B1 01-06 -100")
        #expect(unknown.map(\.reason).first?.contains("draft") == true)
    }

    @Test func `the same statement twice does nothing the second time`() async throws {
        let story = try SettlementStory()
        try await story.live("owe 01-05 repayments 100\nrun 01-06\ncash B1 01-06 -60")
        let before = story.house.store.world
        let line = try #require(before.receipts["B1"])
        let report = try await story.house.confirm.run([line, line])
        #expect(report.taken.isEmpty)
        #expect(report.alreadyThere == 2)
        #expect(story.house.store.world.difference(from: before) == nil)
    }

    @Test func `a line known with other content is refused, and all with it`() async throws {
        let story = try SettlementStory()
        try await story.live("owe 01-05 repayments 100\nrun 01-06\ncash B1 01-06 -60")
        let fault = SettlementFault.otherContent(bankRef: "B1")
        #expect(fault.code == "SETTLE-004")
        let lines = [line("B2", -40), line("B1", -61)]
        await #expect(throws: fault) { try await story.house.confirm.run(lines) }
        #expect(story.house.store.world.receipts.keys.sorted() == ["B1"])
    }

    @Test(arguments: [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2]])
    func `the order of the lines means nothing`(order: [Int]) async throws {
        let story = try SettlementStory()
        try await story.live("owe 01-05 repayments 100\nrun 01-06")
        let lines = [line("B1", -60), line("B2", 60), line("B3", -40), line("B4", -1)]
        let report = try await story.house.confirm.run(order.map { lines[$0] })
        #expect(report.taken.map(\.bankRef).sorted() == ["B1", "B2", "B3"])
        #expect(report.unknown.map(\.receipt.bankRef) == ["B4"])
        #expect(
            story.house.store.world.settlements[0].events.map(\.event).suffix(3) == [
                .received(60, bankRef: "B1"), .received(40, bankRef: "B3"),
                .received(-60, bankRef: "B2"),
            ])
    }

    @Test func `a line in another currency, or that names two settlements, settles nothing`()
        async throws
    {
        let story = try SettlementStory()
        try await story.live(
            "owe 01-05 repayments 100\nrun 01-06\nowe 01-06 repayments 1\nrun 01-07")
        let both = "\(SettlementStory.id("01-06")), \(SettlementStory.id("01-07"))"
        let report = try await story.house.confirm.run([
            line("B1", -100, currency: "EUR"), line("B2", -100, remittance: both),
        ])
        #expect(
            report.unknown.map(\.reason) == [
                "settlement S20260106.USD.harbor is not in EUR", "it names several settlements",
            ])
    }

    private func line(
        _ bankRef: String, _ amount: Int64, currency: String = "USD", remittance: String? = nil
    ) -> CashReceipt {
        CashReceipt(
            bankRef: bankRef, amount: amount, currency: SampleLoan.currency(currency),
            valueDate: SampleLoan.date("2026-01-06"),
            remittance: remittance ?? SettlementStory.id("01-06"))
    }
}

extension TestHouse {
    /// What `verify` finds among settlements.
    func verifySettlements() async throws -> Divergence? {
        try await verify.checkSettlements()
    }
}
