import BusinessCalendar
import LendingRules
import Operations
import Synchronization
import Testing

/// Paying out killed at any point and run again ends as if it had not been killed.
struct PayoutCrashTests {
    /// The state of everything at a crash point.
    private struct Point: Sendable {
        let point: CrashPoint
        let world: World
        let banks: TestBanks.State
        let channel: TestChannel.State
        let now: Int64
    }

    @Test func `a run after a kill at any point ends in the same store, nothing paid twice`()
        async throws
    {
        let whole = try await Self.lived()
        let payoutPoints = CrashPoint.allCases.filter { $0.rawValue.hasPrefix("payout.") }
        #expect(Set(whole.points.map(\.point)).isSuperset(of: payoutPoints))
        for (number, point) in whole.points.enumerated() {
            let again = try await Self.resumed(point)
            let difference = again.store.world.difference(from: whole.house.store.world)
            #expect(difference == nil, "killed at \(point.point), the \(number + 1)th point")
            Self.expectSentOnce(again.channel?.now.calls ?? [])
        }
    }

    /// Nothing that had reached the channel was sent again.
    private static func expectSentOnce(_ calls: [String]) {
        let sent = Dictionary(calls.map { ($0, 1) }, uniquingKeysWith: +)
            .filter { $0.key.hasPrefix("pay") }
        for (call, count) in sent {
            #expect(count <= (call == "pay L3.payout 1" ? 2 : 1), "\(call)")
        }
    }

    private static let fates: [String: TestChannel.Fate] = [
        "L1.payout 1": .answerLost(isPaid: true), "L2.payout 1": .failed, "L3.payout 1": .lost,
        "L4.payout 1": .answerLost(isPaid: false), "L4.payout 2": .failed, "L4.payout 3": .failed,
    ]

    /// The rest of the first date, and two more; a date closed already is not closed again.
    private static func live(_ house: TestHouse) async throws {
        let last = World.firstDate.adding(days: 2)
        while house.store.world.open <= last {
            let date = house.store.world.closing ?? house.store.world.open
            house.channel?.change { $0.date = date }
            if house.store.world.closing == nil {
                _ = try await house.fund { $0.batch = 2 }.run()
            }
            _ = try await house.closeDay().run(date)
        }
        _ = try await house.fund().run()
    }

    private static func resumed(_ point: Point) async throws -> TestHouse {
        let clock = TestClock()
        clock.advance(point.now - clock.now)
        let house = try TestHouse(
            store: MemoryStore(point.world), banks: TestBanks(point.banks, clock: clock),
            channel: TestChannel(point.channel), clock: clock)
        try await live(house)
        return house
    }

    private static func lived() async throws -> (house: TestHouse, points: [Point]) {
        let points = Mutex<[Point]>([])
        let clock = TestClock()
        let store = MemoryStore()
        let banks = TestBanks(clock: clock)
        let channel = TestChannel()
        let house = try TestHouse(
            store: store, banks: banks, channel: channel, clock: clock
        ) { point in
            guard point.rawValue.hasPrefix("payout.") else { return }
            let seen = Point(
                point: point, world: store.world, banks: banks.now, channel: channel.now,
                now: clock.now)
            points.withLock { $0.append(seen) }
        }
        channel.change { $0.fates = fates }
        try await house.book(
            LoanFile.row("L1"), LoanFile.row("L2"), LoanFile.row("L3"), LoanFile.row("L4"))
        try await live(house)
        return (house, points.withLock { $0 })
    }
}
