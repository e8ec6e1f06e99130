import BusinessCalendar
import LendingRules
import Operations
import TestSupport
import Testing

/// Costs of collecting that others than the platform bear, and what is recovered beyond all claims.
struct CollectionCostTests {
    /// Loan L1 of 1,000.00, of which harbor lent 700.00, written off on 20 January.
    private static func house(_ costs: CollectionCosts) async throws -> TestHouse {
        let house = try CoveredHouse.house([], collectionCosts: costs)
        try await CoveredHouse.lending(["L1"], house)
        try await house.close(through: "2026-01-19")
        try await house.take(line("C1", "charge-off", "scope=full", on: "2026-01-20"))
        try await house.close(through: "2026-01-20")
        return house
    }

    private static func line(_ id: String, _ kind: String, _ words: String, on date: String)
        -> String
    {
        FactFile.line(id, kind, words, valueDate: date, at: "\(date)T10:00:00Z")
    }

    @Test func `owners pay their part of costs, and recoveries give it back first`() async throws {
        let house = try await Self.house(.byClaims)
        try await house.take(
            Self.line(
                "K1", "collection-cost", "currency=USD amount=10.00", on: "2026-01-21"))
        try await house.close(through: "2026-01-21")
        var world = house.store.world
        #expect(world.dues(of: TestTerms.harbor, on: "2026-01-21") == ["recoveries -7.00"])
        let costs = world.factLines.filter { $0.kind == .collectionCost }
        #expect(costs.map(\.price) == [-7_00] && costs.map(\.lender) == [TestTerms.harbor])
        #expect(FactFileLine(row: costs[0], currency: SampleLoan.dollars).file == "recoveries")
        try await house.take(
            Self.line("R1", "recovery", "currency=USD amount=110.00", on: "2026-01-22"))
        try await house.close(through: "2026-01-22")
        world = house.store.world
        #expect(world.dues(of: TestTerms.harbor, on: "2026-01-22") == ["recoveries 77.00"])
        let recovered = world.factLines.filter {
            $0.kind == .recovery && $0.lender == TestTerms.harbor
        }
        #expect(recovered.map(\.price) == [77_00])
        #expect(recovered.map(\.components.total) == [70_00])
        #expect(try await house.verify.run() == nil)
    }

    @Test func `a recovery of costs alone has a line for whoever has borne them`() async throws {
        let house = try await Self.house(.byClaims)
        try await house.take(
            Self.line(
                "K1", "collection-cost", "currency=USD amount=10.00", on: "2026-01-21"),
            Self.line("R1", "recovery", "currency=USD amount=4.00", on: "2026-01-21")
                .replacing("T10:00", with: "T11:00"))
        try await house.close(through: "2026-01-21")
        let world = house.store.world
        #expect(world.dues(of: TestTerms.harbor, on: "2026-01-21") == ["recoveries -4.20"])
        #expect(world.factLines.map(\.price).filter { $0 != 0 }.sorted() == [-7_00, 2_80])
        #expect(try await house.verify.run() == nil)
    }

    @Test func `what is recovered beyond all claims waits for the borrower`() async throws {
        let house = try await Self.house(.advanced)
        try await house.take(
            Self.line("R1", "recovery", "currency=USD amount=2000.00", on: "2026-01-21"))
        try await house.close(through: "2026-01-21")
        let more = Self.line("R2", "recovery", "currency=USD amount=0.01", on: "2026-01-22")
        let error = await #expect(throws: ImportRefused.self) { try await house.take(more) }
        #expect(error?.faults.map(\.code) == ["FACT-005"], "nothing is left to recover")
        try await house.take(
            Self.line("F1", "refund", "currency=USD amount=900.00", on: "2026-01-22"))
        try await house.close(through: "2026-01-22")
        #expect(try await house.verify.run() == nil)
    }

    @Test func `a loan that is written off is not reinstated`() async throws {
        let house = try await Self.house(.advanced)
        let line = Self.line("I1", "reinstatement", "", on: "2026-01-21")
        let error = await #expect(throws: ImportRefused.self) { try await house.take(line) }
        #expect(error?.faults.map(\.code) == ["FACT-001"])
    }
}
