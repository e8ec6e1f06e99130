import LendingRules
import Operations
import Synchronization
import Testing

/// Funding killed at any point and run again ends as if it had not been killed.
struct FundingCrashTests {
    @Test func `a run after a kill at any point ends in the same store`() async throws {
        let whole = try await Self.funded()
        #expect(whole.points.count > 12)
        #expect(Set(whole.points.map(\.point)).count == 6, "every point of funding is passed")
        for (number, point) in whole.points.enumerated() {
            let again = try await Self.resumed(point)
            let difference = again.store.world.difference(from: whole.house.store.world)
            #expect(difference == nil, "killed at \(point.point), the \(number + 1)th point")
            Self.expectSentOnce(again.banks)
        }
    }

    /// Nothing that had reached its bank was sent again.
    private static func expectSentOnce(_ banks: TestBanks) {
        let lost = "send L3.harbor.1"
        for (call, count) in Dictionary(banks.now.calls.map { ($0, 1) }, uniquingKeysWith: +)
        where call.hasPrefix("send") {
            #expect(count <= (call == lost ? 2 : 1), "\(call)")
        }
    }

    private static func resumed(_ point: Snapshots.Point) async throws -> TestHouse {
        let clock = TestClock()
        clock.advance(point.now - clock.now)
        let house = try TestHouse(
            store: MemoryStore(point.world), banks: TestBanks(point.banks, clock: clock),
            clock: clock)
        _ = try await house.fund { $0.batch = 2 }.run()
        return house
    }

    private static func funded() async throws -> (house: TestHouse, points: [Snapshots.Point]) {
        let clock = TestClock()
        let snapshots = Snapshots(
            store: MemoryStore(), banks: TestBanks(clock: clock), clock: clock)
        let house = try snapshots.house()
        snapshots.banks.change {
            $0.fates = [
                "L1.harbor.1": .answerLost(TestBanks.accepted("L1.harbor.1")),
                "L2.meridian.1": .refused, "L3.harbor.1": .lost, "L4.harbor.1": .refused,
            ]
        }
        try await house.book(
            LoanFile.row("L1"), LoanFile.row("L2", product: "equal-principal-loan"),
            LoanFile.row("L3"), LoanFile.row("L4"))
        snapshots.forget()
        _ = try await house.fund { $0.batch = 2 }.run()
        return (house, snapshots.points)
    }
}
