import BusinessCalendar
import LendingRules
import Operations
import Synchronization
import TestSupport
import Testing

/// Instructions reach the bank of the account: each date's file until it is taken, and no more.
struct HandOverTests {
    private static let name = "settlement-instructions.csv"

    /// Two partners are owed for the first date and instructed on the second.
    private static func instructed(
        _ clearing: Clearing = CashHouse.clearing,
        crashPoint: @escaping @Sendable (CrashPoint) -> Void = { _ in }
    ) throws -> CashHouse {
        let cash = try CashHouse(clearing: clearing, crashPoint: crashPoint)
        cash.house.owe([("2026-01-01", "repayments", 100)])
        cash.house.owe([("2026-01-01", "funding-due", -7)], to: TestTerms.meridian)
        cash.house.open("2026-01-02")
        return cash
    }

    private static func files(_ cash: CashHouse) -> [String] {
        cash.house.exchange.contents.map { place, bytes in
            "\(place.party) \(place.date) \(place.name): "
                + String(decoding: bytes, as: UTF8.self).replacing("\n", with: "; ")
        }
    }

    @Test func `a date's instructions are handed over once`() async throws {
        let cash = try Self.instructed()
        #expect(try await cash.handOver.run().isEmpty)
        #expect(cash.house.exchange.received.isEmpty, "nothing is instructed yet")
        _ = try await cash.house.settle.run()
        #expect(try await cash.handOver.run().isEmpty)
        let file =
            "tideway 2026-01-02 \(Self.name): "
            + "S20260102.USD.harbor 100; S20260102.USD.meridian -7; "
        #expect(Self.files(cash) == [file])
        #expect(try await cash.handOver.run().isEmpty)
        #expect(Self.files(cash) == [file])
    }

    @Test func `what is instructed later on the date makes a larger file`() async throws {
        let cash = try Self.instructed()
        _ = try await cash.house.settle.run()
        cash.house.store.write { world in
            let kept = world.settlements[1]
            world.settlements[1] = Settlement(
                id: kept.id, amount: kept.amount, lines: kept.lines,
                events: Array(kept.events.prefix(2)))
        }
        _ = try await cash.handOver.run()
        _ = try await cash.house.settle.instruct()
        _ = try await cash.handOver.run()
        #expect(Self.files(cash).map { $0.split(separator: ";").count - 1 } == [1, 2])
    }

    @Test(arguments: [FileAnswer.conflict("other content"), .unavailable(.init("down")), .absent])
    func `what is not taken is told, stops what follows and is tried again`(answer: FileAnswer)
        async throws
    {
        let cash = try Self.instructed()
        _ = try await cash.house.settle.run()
        cash.house.owe([("2026-01-02", "repayments", 5)])
        cash.house.open("2026-01-03")
        _ = try await cash.house.settle.run()
        let place = TestExchange.Place(
            party: CashHouse.channel, date: SampleLoan.date("2026-01-02"), name: Self.name)
        cash.house.exchange.refuse(place, with: answer)
        #expect(
            try await cash.handOver.run() == [
                Undelivered(
                    party: CashHouse.account, date: place.date, file: Self.name, answer: answer)
            ])
        #expect(cash.house.exchange.received.isEmpty)
        cash.house.exchange.refuse(place, with: nil)
        #expect(try await cash.handOver.run().isEmpty)
        #expect(cash.house.exchange.received.map { "\($0.date)" } == ["2026-01-02", "2026-01-03"])
    }

    @Test func `what was instructed before the clearing's time is not its business`()
        async throws
    {
        let cash = try Self.instructed(CashHouse.clearing(from: "2026-01-03"))
        _ = try await cash.house.settle.run()
        #expect(try await cash.handOver.run().isEmpty)
        #expect(cash.house.exchange.received.isEmpty)
    }

    /// Keeps the world as a kill at each point would leave it.
    private final class Kills: Sendable {
        let worlds = Mutex<[(CrashPoint, World)]>([])
    }

    @Test func `a killed hand-over is taken up again`() async throws {
        let kills = Kills()
        let store = MemoryStore()
        let cash = CashHouse(
            house: try TestHouse(
                store: store, catalogue: try CashHouse.catalogue(),
                crashPoint: { point in kills.worlds.withLock { $0.append((point, store.world)) } }))
        cash.house.owe([("2026-01-01", "repayments", 100)])
        cash.house.open("2026-01-02")
        _ = try await cash.house.settle.run()
        kills.worlds.withLock { $0 = [] }
        _ = try await cash.handOver.run()
        let worlds = kills.worlds.withLock { $0 }
        #expect(
            worlds.map(\.0) == [.settlementBeforeHandOver, .settlementAfterHandOver])
        for (_, world) in worlds {
            let again = CashHouse(
                house: try TestHouse(
                    store: MemoryStore(world), exchange: cash.house.exchange,
                    catalogue: try CashHouse.catalogue()))
            #expect(try await again.handOver.run().isEmpty)
            #expect(again.house.store.world.handedOver == store.world.handedOver)
        }
        #expect(Set(Self.files(cash)).count == 1, "the same file each time")
    }

    @Test func `the end of a day hands over what it has instructed`() async throws {
        let cash = try CashHouse()
        let house = cash.house
        try await house.book(LoanFile.row("L1"))
        _ = try await house.fund().run()
        func endOfDay() -> EndOfDay {
            EndOfDay(
                lock: EndOfDayTests.Lock(isHeld: false), close: house.closeDay(),
                deliver: house.deliver, reconcile: house.reconcile, cash: cash.reconcile,
                settle: house.settle, handOver: cash.handOver, surroundings: house.surroundings)
        }
        _ = try await endOfDay().run(World.firstDate)
        for party in [TestTerms.harbor, TestTerms.meridian] {
            await house.answer(from: party, on: World.firstDate)
        }
        house.exchange.shut([CashHouse.channel])
        let down = try await endOfDay().run(SampleLoan.date("2026-01-02"))
        #expect(down.undelivered.map(\.file) == [Self.name])
        #expect(down.hasFindings)
        house.exchange.shut([])
        _ = try await endOfDay().run(SampleLoan.date("2026-01-03"))
        #expect(Self.files(cash).filter { $0.contains(Self.name) }.count == 1)
    }
}
