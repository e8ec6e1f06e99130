import LendingRules
import Operations
import TestSupport
import Testing

/// Where two people are needed, a draft waits for the second.
struct ApprovalTests {
    private static let rules = SettlementRules(approval: .twoPerson)

    @Test func `a draft waits, is approved by another person, and is then instructed`()
        async throws
    {
        let story = try SettlementStory(Self.rules, runner: "bob")
        try await story.live("owe 01-05 repayments 100\nrun 01-06\nrun 01-07")
        #expect(try await story.told == "01-06 100 draft: repayments 01-05 100")
        #expect(story.accounts == "1310 0, 1020 0, 1010 0")
        try await story.live("approve 01-06 ann\ninstruct")
        #expect(try await story.told == "01-06 100 instructed: repayments 01-05 100")
        #expect(
            story.house.store.world.settlements[0].events.map(\.event) == [
                .drafted(by: "bob"), .approved(by: "ann"), .instructed,
            ])
    }

    @Test func `the next run instructs what was approved and drafts what came since`()
        async throws
    {
        let story = try SettlementStory(Self.rules)
        try await story.live(
            "owe 01-05 repayments 100\nrun 01-06\napprove 01-06 ann\nowe 01-06 repayments 5\n"
                + "run 01-07")
        #expect(
            try await story.told == """
                01-06 100 instructed: repayments 01-05 100
                01-07 5 draft: repayments 01-06 5
                """)
    }

    @Test(arguments: [("bob", "bob"), ("Bob", "bob"), ("bob", "BOB")])
    func `who drafted it cannot approve it, however the name is written`(
        drafter: String, approver: String
    ) async throws {
        let story = try SettlementStory(Self.rules, runner: drafter)
        try await story.live("owe 01-05 repayments 100\nrun 01-06")
        let fault = SettlementFault.refused("S20260106.USD.harbor", .sameUser("bob"))
        await #expect(throws: fault) { try await story.live("approve 01-06 \(approver)") }
        #expect(fault.code == "SETTLE-002")
        #expect(try await story.told == "01-06 100 draft: repayments 01-05 100")
    }

    @Test func `what nobody in particular drafted needs one person`() async throws {
        let story = try SettlementStory(Self.rules)
        try await story.live("owe 01-05 repayments 100\nrun 01-06\napprove 01-06 ann\ninstruct")
        #expect(try await story.told == "01-06 100 instructed: repayments 01-05 100")
    }

    @Test func `nothing is approved by two, and nothing that is not there`() async throws {
        let story = try SettlementStory(Self.rules)
        try await story.live("owe 01-05 repayments 100\nrun 01-06\napprove 01-06 ann")
        let twice = SettlementFault.refused(
            "S20260106.USD.harbor", .illegal(.approved, .approved(by: "cleo")))
        await #expect(throws: twice) { try await story.live("approve 01-06 cleo") }
        #expect(twice.code == "SETTLE-003")
        let before = story.house.store.world.settlements
        try await story.live("approve 01-06 ann")
        #expect(story.house.store.world.settlements == before)
        let absent = SettlementFault.unknown("S20260107.USD.harbor")
        await #expect(throws: absent) { try await story.live("approve 01-07 cleo") }
        #expect(absent.code == "SETTLE-001")
    }

    @Test func `a rehearsal approves nothing`() async throws {
        let story = try SettlementStory(Self.rules)
        try await story.live("owe 01-05 repayments 100\nrun 01-06")
        let approved = try await story.house.approve.run(
            "S20260106.USD.harbor", by: Person("ann"), dryRun: true)
        #expect(try approved.machine().state == .approved)
        #expect(try await story.told == "01-06 100 draft: repayments 01-05 100")
    }
}
