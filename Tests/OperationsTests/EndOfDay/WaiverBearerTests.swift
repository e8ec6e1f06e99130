import LendingRules
import Operations
import TestSupport
import Testing

/// Who bears a waiver sees in its own file what that costs it.
struct WaiverBearerTests {
    /// The platform has 30 %, harbor 70 %; 10.00 of interest are given up.
    @Test(arguments: [
        ("harbor", "harbor -700 platform -300", -300 as Int64),
        ("platform", "harbor -700 platform 700", 700),
        ("shares", "harbor -700  0", 0),
    ])
    func `the price in the partner's line is what settles`(
        bearer: String, line: String, owed: Int64
    ) async throws {
        let house = try await FactImportTests.house(on: "2026-02-10")
        try await house.take(
            FactImportTests.line(
                "W1", "waiver", "currency=USD interest=10.00 borneBy=\(bearer)",
                on: "2026-02-10"))
        let date = SampleLoan.date("2026-02-10")
        _ = try await house.closeDay().run(date)
        let lines = try await house.store.lines(for: TestTerms.harbor, on: date).facts
        #expect(
            lines.map(\.row).map {
                "\($0.lender) \($0.components.total) \($0.counterparty) \($0.price)"
            } == [line])
        let subsidy = (house.store.world.obligations[date] ?? []).filter {
            $0.party == TestTerms.harbor && $0.type == .subsidy
        }
        #expect(subsidy.reduce(0) { $0 + $1.amount } == owed)
    }
}
