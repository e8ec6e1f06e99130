import Bookkeeping
import BusinessCalendar
import LendingRules
import Operations
import Synchronization
import TestSupport
import Testing

/// What must not matter: the order of lines, a kill, a bad file, a house that is down.
struct CashOrderTests {
    private static let days: [CashFiles] = [
        CashFiles(
            channel: [("P1", 1000, 40, 960), ("P3", 3000, 40, 2960), ("P3", 3000, 40, 2960)]),
        CashFiles(cash: [("GIFT", 5), ("GIFT", 5), ("S20260102.USD.h", 9)]),
        CashFiles(cash: [("CHANNEL 2026-01-01 USD", 5890), ("A", 1)]),
        .none,
    ]

    @Test func `the order of lines changes nothing`() async throws {
        let plain = try await CashHouse.withPayments()
        try await plain.live(Self.days)
        let shuffled = try await CashHouse.withPayments()
        for files in Self.days {
            let date = shuffled.house.store.world.open
            try await shuffled.close()
            files.offer(shuffled.house.exchange, on: date, isReversed: true)
            _ = try await shuffled.reconcile.run()
        }
        #expect(plain.breaks.count == 8)
        #expect(plain.breaks == shuffled.breaks)
        #expect(plain.house.store.world.ledgerRows == shuffled.house.store.world.ledgerRows)
        let keys = plain.house.store.world.reconciled.mapValues { Set($0.claims) }
        #expect(keys == shuffled.house.store.world.reconciled.mapValues { Set($0.claims) })
    }

    /// Keeps the world as a kill at each point would leave it.
    private final class Kills: Sendable {
        let worlds = Mutex<[(CrashPoint, World)]>([])
    }

    @Test func `a run after a kill at any point ends in the same store`() async throws {
        let start = try await CashHouse.withPayments()
        let kills = Kills()
        let store = MemoryStore(start.house.store.world)
        let whole = try CashHouse(store: store) { point in
            if point.rawValue.hasPrefix("cash.") {
                kills.worlds.withLock { $0.append((point, store.world)) }
            }
        }
        try await whole.live(Self.days)
        let worlds = kills.worlds.withLock { $0 }
        #expect(Set(worlds.map(\.0)).count == 5, "every point of cash is passed")
        for (point, world) in worlds {
            let again = try CashHouse(
                store: MemoryStore(world), exchange: whole.house.exchange)
            let open = whole.house.store.world.open
            if let closing = world.closing { _ = try await again.house.closeDay().run(closing) }
            _ = try await again.reconcile.run()
            while again.house.store.world.open < open {
                try await again.close()
                _ = try await again.reconcile.run()
            }
            let (one, two) = (again.house.store.world, whole.house.store.world)
            #expect(one.difference(from: two) == nil, "killed at \(point.rawValue)")
            #expect(one.cashDifference(from: two) == nil, "killed at \(point.rawValue)")
        }
    }

    @Test(arguments: ["channel.csv", "cash.csv"])
    func `a file that cannot be read keeps its date waiting`(name: String) async throws {
        let cash = try await CashHouse.withPayments()
        try await cash.close()
        CashFiles.first.offer(cash.house.exchange, on: World.firstDate)
        cash.house.exchange.offer(
            name, Array("no;record".utf8), from: CashHouse.channel, on: World.firstDate)
        let outcomes = try await cash.reconcile.run()
        let bad = outcomes.first { $0.fault != nil }
        #expect(bad?.fault?.code == "FILE-006")
        #expect(bad?.state == .awaiting)
        #expect(outcomes.count { $0.state == .reconciled } == 1)
        CashFiles.first.offer(cash.house.exchange, on: World.firstDate)
        #expect(try await cash.reconcile.run().map(\.state) == [.reconciled])
    }

    @Test func `amounts too large to compare are refused`() async throws {
        let cash = try await CashHouse.withPayments()
        try await cash.close()
        CashFiles(channel: [("P1", .max, -5, .max)], cash: nil).offer(
            cash.house.exchange, on: World.firstDate)
        CashFiles(channel: [("X", .min, .max, .min)], cash: nil).offer(
            cash.house.exchange, on: World.firstDate)
        let outcomes = try await cash.reconcile.run()
        #expect(outcomes.compactMap(\.fault?.code) == ["RECON-002"])
        #expect(cash.breaks.isEmpty)
    }

    @Test func `statements are taken in order, and a missing one only after its deadline`()
        async throws
    {
        let cash = try await CashHouse.withPayments()
        try await cash.live([CashFiles(channel: [], cash: nil), .transfer])
        #expect(cash.house.store.world.cashBooked.isEmpty, "the first statement is awaited")
        try await cash.live([.none, .none])
        #expect(cash.house.store.world.cashBooked.map(\.posting.amount) == [5910])
        #expect(cash.breaks.contains("2026-01-01 cash missing-file  not-sent open"))
    }

    @Test func `a house that is down is asked once`() async throws {
        let cash = try await CashHouse.withPayments()
        try await cash.close()
        cash.house.exchange.shut([CashHouse.channel])
        let outcomes = try await cash.reconcile.run()
        #expect(outcomes.map(\.isUnreachable) == [true, false])
        #expect(outcomes.map(\.state) == [.awaiting, .awaiting])
    }

    @Test func `without a clearing nothing of it is kept`() async throws {
        let house = try TestHouse()
        try await house.book(LoanFile.row("L1"))
        _ = try await house.fund().run()
        _ = try await house.closeDay().run(World.firstDate)
        #expect(house.store.world.inTransit.isEmpty)
        #expect(house.store.world.ledgerRows.allSatisfy { $0.posting.account != .cashInTransit })
    }
}
