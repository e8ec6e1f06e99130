import LendingRules
import Operations
import TestSupport
import Testing

/// A run of settlements that is killed anywhere and run again ends as if it had not been.
struct SettlementKillTests {
    @Test func `nothing is drafted or instructed twice`() async throws {
        let (house, snapshots) = try Self.house()
        house.owe([("2026-01-05", "repayments", 60)])
        house.owe([("2026-01-05", "repayments", 7)], to: TestTerms.meridian)
        house.open("2026-01-06")
        _ = try await house.settle.run()
        house.owe([("2026-01-06", "repayments", 50)])
        house.open("2026-01-07")
        snapshots.forget()
        #expect(try await house.settle.run().instructed.map(\.amount) == [110])
        #expect(try await house.settle.run() == SettlementReport())
        let points = snapshots.points
        #expect(
            points.map(\.point) == [
                .settlementBeforeDraft, .settlementAfterDraft, .settlementBeforeInstruction,
                .settlementAfterInstruction,
            ])
        for point in points {
            let again = try TestHouse(
                store: MemoryStore(point.world), catalogue: try Self.catalogue)
            _ = try await again.settle.run()
            #expect(again.store.world.difference(from: house.store.world) == nil)
        }
    }

    @Test func `nothing is approved or confirmed twice`() async throws {
        let rules = SettlementRules(approval: .twoPerson)
        let (house, snapshots) = try Self.house(rules)
        let story = SettlementStory(house: house)
        try await story.live("owe 01-05 repayments 100\nrun 01-06")
        snapshots.forget()
        try await story.live("approve 01-06 ann")
        try await replay(snapshots, rules, "approve 01-06 ann", upTo: house)
        try await story.live("instruct")
        snapshots.forget()
        try await story.live("cash B1 01-06 -60")
        try await replay(snapshots, rules, "cash B1 01-06 -60", upTo: house)
    }

    /// Takes the step again from every point.
    private func replay(
        _ snapshots: Snapshots, _ rules: SettlementRules, _ step: String, upTo house: TestHouse
    ) async throws {
        let points = snapshots.points
        #expect(points.count == 2)
        for point in points {
            let again = SettlementStory(
                house: try TestHouse(
                    store: MemoryStore(point.world),
                    catalogue: try SettlementStory.catalogue(rules)))
            try await again.live(step)
            #expect(again.house.store.world.difference(from: house.store.world) == nil)
        }
    }

    private static var catalogue: Catalogue {
        get throws { try SettlementStory.catalogue(SettlementRules(minimum: 100)) }
    }

    private static func house(_ rules: SettlementRules? = nil) throws -> (TestHouse, Snapshots) {
        let clock = TestClock()
        let snapshots = Snapshots(
            store: MemoryStore(), banks: TestBanks(clock: clock), clock: clock)
        let catalogue = try rules.map { try SettlementStory.catalogue($0) } ?? Self.catalogue
        return (try snapshots.house(catalogue), snapshots)
    }
}
