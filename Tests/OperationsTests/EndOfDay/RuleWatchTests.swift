import BusinessCalendar
import LendingRules
import Monetary
import Operations
import TestSupport
import Testing

/// Banks' books against rules when a date is closed.
struct RuleWatchTests {
    /// One loan of 1,000.00, of which harbor lends 700.00, and what harbor says its capital is.
    private static func closed(
        capital: Int64, _ outcome: ComplianceRule.Outcome = .block, packs: [String] = ["books"]
    ) async throws -> (TestHouse, CloseReport) {
        let rule = ComplianceRule(
            name: "quarter", source: "the text", effectiveFrom: SampleLoan.date("2026-01-01"),
            moments: [.close], outcome: outcome, measure: .partnerShareOfCapital,
            bound: .share(try Share("25%")))
        let figure = PartyFacts.Figure(
            name: .netTier1Capital, amount: capital, asOf: SampleLoan.date("2025-12-31"))
        let rules = RuleBook(
            packs: [RulePack(name: "books", title: "Books", rules: [rule])],
            parties: [PartyFacts(party: TestTerms.harbor, kind: .bank, figures: [figure])])
        let house = try TieredHouse.house(
            TieredHouse.agreement(TieredHouse.tiers(), packs: packs), rules: rules)
        try await house.book(TieredHouse.row("L1"))
        _ = try await house.fund().run()
        return (house, try await house.closeDay().run(World.firstDate))
    }

    @Test func `a bank with more joint loans than its capital permits is told and kept`()
        async throws
    {
        let (house, report) = try await Self.closed(capital: 2_799_96)
        #expect(
            report.findings.map(\.sentence) == [
                "book of harbor in USD: 700.00 of 2799.96 above 25% "
                    + "(rule quarter of books: the text)"
            ])
        #expect(house.store.world.findings == report.findings)
        #expect(report.findings.allSatisfy { $0.isForbidden })
        #expect(house.store.world.closed.map(\.date) == [World.firstDate])
    }

    @Test func `at the limit there is nothing to tell`() async throws {
        let (house, report) = try await Self.closed(capital: 2_800_00)
        #expect(report.findings.isEmpty && house.store.world.findings.isEmpty)
    }

    @Test func `a rule that warns forbids nothing`() async throws {
        let (_, report) = try await Self.closed(capital: 1_000_00, .warn)
        #expect(report.findings.count == 1 && !report.findings[0].isForbidden)
    }

    @Test func `an agreement without the pack is not held to it`() async throws {
        let (_, report) = try await Self.closed(capital: 1_000_00, packs: [])
        #expect(report.findings.isEmpty)
    }
}
