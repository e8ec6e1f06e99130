import LendingRules
import Operations
import TestSupport
import Testing

/// Giving up, asking elsewhere and claiming, killed at any point and run again.
struct RerouteCrashTests {
    @Test func `a run after a kill at any point ends in the same store`() async throws {
        let whole = try await Self.funded()
        let passed = Set(whole.points.map(\.point))
        for point in [
            CrashPoint.givingUpBefore, .givingUpAfter, .claimsBefore, .claimsAfter,
            .fundingAfterConclusion,
        ] {
            #expect(passed.contains(point), "\(point)")
        }
        for (number, point) in whole.points.enumerated() {
            let clock = TestClock()
            clock.advance(point.now - clock.now)
            let again = try RerouteHouse.house(
                store: MemoryStore(point.world), banks: TestBanks(point.banks, clock: clock),
                clock: clock)
            _ = try await again.fund { $0.batch = 2 }.run()
            let difference = again.store.world.difference(from: whole.house.store.world)
            #expect(difference == nil, "killed at \(point.point), the \(number + 1)th point")
            #expect(try await again.verify.run() == nil)
        }
    }

    private static func funded() async throws -> (house: TestHouse, points: [Snapshots.Point]) {
        let clock = TestClock()
        let snapshots = Snapshots(
            store: MemoryStore(), banks: TestBanks(clock: clock), clock: clock)
        let house = try RerouteHouse.house(
            store: snapshots.store, banks: snapshots.banks, clock: clock
        ) { snapshots.pass($0) }
        snapshots.banks.change {
            $0.fates["L1.harbor.1"] = .pending
            $0.fates["L2.harbor.1"] = .always(.unknown(.init("garbage")))
            $0.fates["L3.harbor.1"] = .pending
            $0.fates["L3.summit.2"] = .refused
            $0.fates["L3.orchard.3"] = .refused
            $0.reversalsRefused = ["L2.harbor.1"]
        }
        try await house.book(
            LoanFile.row("L1", product: "orphan"), LoanFile.row("L2", product: "orphan"),
            LoanFile.row("L3", product: "contested"))
        _ = try await house.fund { $0.batch = 2 }.run()
        try await house.close(through: "2026-01-02")
        snapshots.forget()
        _ = try await house.fund { $0.batch = 2 }.run()
        return (house, snapshots.points)
    }
}
