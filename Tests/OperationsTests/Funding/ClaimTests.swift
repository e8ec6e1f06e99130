import BusinessCalendar
import LendingRules
import Operations
import Testing

/// Claims of workers that are gone, and results that come too late.
struct ClaimTests {
    @Test func `a lapsed claim is asked about, never sent`() async throws {
        let house = try await Self.houseWithClaim(leaseUntil: 1_500_000_000)
        house.clock.advance(500_000_001)
        house.banks.change { $0.fates["L1.harbor.1"] = .accepted }
        _ = await house.banks.send(try #require(house.store.world.requests["L1.harbor.1"]))
        let report = try await house.fund().run()
        #expect(report.takenOver == 1)
        #expect(report.disbursed == 1)
        #expect(house.banks.now.calls == ["send L1.harbor.1", "ask L1.harbor.1"])
    }

    @Test func `a claim whose lease still runs is another worker's`() async throws {
        let house = try await Self.houseWithClaim(leaseUntil: 1_500_000_000)
        let report = try await house.fund().run()
        #expect(report.takenOver == 0)
        #expect(house.banks.now.calls.isEmpty)
        #expect(house.store.world.requests["L1.harbor.1"]?.state == .sent)
    }

    @Test func `a worker's own earlier claim is over`() async throws {
        let house = try await Self.houseWithClaim(leaseUntil: 1_500_000_000)
        let report = try await house.fund(worker: "other").run()
        #expect(report.takenOver == 1)
        #expect(report.disbursed == 1)
        #expect(house.banks.now.calls.first == "ask L1.harbor.1")
    }

    @Test func `nothing leaves from a seat that is lost, neither requests nor payouts`()
        async throws
    {
        let house = try TestHouse(channel: TestChannel())
        try await house.book(LoanFile.row("L1"))
        let report = try await house.fund { $0.holdsSeat = { false } }.run()
        #expect(report.sent == 0)
        #expect(report.hasLostSeat && report.down.isEmpty)
        #expect(house.banks.now.calls.isEmpty)
        _ = try await house.fund { limits in
            limits.holdsSeat = { house.store.world.payouts.isEmpty }
        }.run()
        #expect(house.store.world.payouts.values.map(\.state) == [.planned])
        #expect(house.channel?.now.calls.isEmpty == true)
    }

    @Test func `a result that was overtaken is dropped and learned again`() async throws {
        let house = try TestHouse()
        try await house.book(LoanFile.row("L1"))
        let outbox = OvertakenOutbox(store: house.store)
        let report = try await house.fund(outbox: outbox).run()
        #expect(report.disbursed == 1)
        #expect(house.banks.now.calls == ["send L1.harbor.1", "ask L1.harbor.1"])
        #expect(house.store.world.facts[LoanID("L1")]?.count == 1)
    }

    /// L1 booked and claimed by a worker that then vanished.
    private static func houseWithClaim(leaseUntil: Int64) async throws -> TestHouse {
        let house = try TestHouse()
        try await house.book(LoanFile.row("L1"))
        let claimed = try await house.store.claim(
            limit: 1, worker: "other", leaseUntil: leaseUntil, now: house.clock.now)
        #expect(claimed.count == 1)
        return house
    }
}

/// An outbox in which another worker takes the first claims over before their results are stored.
final class OvertakenOutbox: FundingOutbox {
    private let store: MemoryStore

    init(store: MemoryStore) { self.store = store }

    func takeOver(worker: String, now: Int64) async throws -> Int {
        try await store.takeOver(worker: worker, now: now)
    }

    func claim(
        of party: PartyID?, limit: Int, worker: String, leaseUntil: Int64, now: Int64
    ) async throws -> [HeldRequest] {
        try await store.claim(
            of: party, limit: limit, worker: worker, leaseUntil: leaseUntil, now: now)
    }

    func planned() async throws -> [PartyID: Int] { try await store.planned() }

    func planned(
        of party: PartyID, through date: BusinessDate, limit: Int
    ) async throws -> [HeldRequest] {
        try await store.planned(of: party, through: date, limit: limit)
    }

    func unsettled() async throws -> [HeldRequest] { try await store.unsettled() }

    func refusedReversals() async throws -> [HeldRequest] { try await store.refusedReversals() }

    func store(_ results: [RequestResult], now: Int64) async throws -> [RequestResult] {
        if results.contains(where: { $0.held.state == .sent }) {
            _ = try await store.takeOver(worker: "w", now: now)
        }
        return try await store.store(results, now: now)
    }
}
