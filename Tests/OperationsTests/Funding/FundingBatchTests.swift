import BusinessCalendar
import LendingRules
import Monetary
import Operations
import Synchronization
import TestSupport
import Testing

/// Requests that go to a bank many at a time, and claims that run ahead of the answers.
@Suite struct FundingBatchTests {
    private static func house(_ count: Int, batch: Int = 4, inFlight: Int = 8) async throws
        -> TestHouse
    {
        let house = try TestHouse(
            catalogue: try TestTerms.catalogue(partners: [
                Partner(
                    party: TestTerms.harbor, settleSeconds: 10, askLimit: 3, computation: .scale,
                    tolerance: 1, filesDeadlineDays: 1, inFlight: inFlight, batch: batch)
            ]))
        let rows = (1...count).map { LoanFile.row("L\(10 + $0)") }
        _ = try await house.loanImport.run(LoanFile.table(rows))
        return house
    }

    private static func fund(
        _ house: TestHouse, _ banks: any PartnerBanks, outbox: (any FundingOutbox)? = nil,
        claim: Int = 10
    ) async throws -> FundingReport {
        var limits = Fund.Limits(worker: "w") { [clock = house.clock] in clock.pause($0) }
        limits.batch = claim
        return try await Fund(
            outbox: outbox ?? house.store, cases: house.store, banks: banks,
            snapshots: house.store, catalogue: house.catalogue,
            surroundings: house.surroundings, limits: limits
        ).run()
    }

    @Test(arguments: [(1, 30, 30), (4, 30, 8), (30, 30, 1), (500, 30, 1)])
    func `requests go out in as few calls as the bank's batch allows`(
        batch: Int, count: Int, calls: Int
    ) async throws {
        let house = try await Self.house(count, batch: batch)
        let banks = BatchBanks(house.banks)
        let report = try await Self.fund(house, banks, claim: 100)
        #expect(report.disbursed == count)
        #expect(report.sent == count)
        #expect(banks.calls.count == calls)
        #expect(banks.calls.allSatisfy { $0 <= batch })
        for number in 1...count {
            #expect(house.banks.count("send L\(10 + number).harbor.1") == 1)
        }
    }

    @Test func `no more requests are under way than the bank has places`() async throws {
        let house = try await Self.house(60, batch: 4, inFlight: 10)
        let banks = BatchBanks(house.banks)
        #expect(try await Self.fund(house, banks).disbursed == 60)
        #expect(banks.most > 4, "calls go side by side")
        #expect(banks.most <= 10)
    }

    @Test func `a batch larger than the places goes out alone`() async throws {
        let house = try await Self.house(30, batch: 10, inFlight: 3)
        let banks = BatchBanks(house.banks)
        #expect(try await Self.fund(house, banks).disbursed == 30)
        #expect(banks.most == 10)
    }

    @Test func `each answer of a batch is its own request's`() async throws {
        let house = try await Self.house(6)
        house.banks.change {
            $0.fates["L12.harbor.1"] = .refused
            $0.fates["L13.harbor.1"] = .answerLost(TestBanks.accepted("L13.harbor.1"))
            $0.fates["L14.harbor.1"] = .lost
            $0.fates["L15.harbor.1"] = .pending
        }
        let report = try await Self.fund(house, BatchBanks(house.banks))
        let states = house.store.world.requests.mapValues(\.state)
        #expect(states["L11.harbor.1"] == .confirmed)
        #expect(states["L12.harbor.1"] == .refused)
        #expect(states["L13.harbor.1"] == .confirmed, "learned by asking")
        #expect(states["L14.harbor.1"] == .confirmed, "proven unseen and sent again")
        #expect(states["L15.harbor.1"] == .pending)
        #expect(states["L16.harbor.1"] == .confirmed)
        #expect(house.banks.count("send L13.harbor.1") == 1)
        #expect(house.banks.count("send L14.harbor.1") == 2)
        #expect(report.doubtsResolved == 2)
    }

    @Test func `a batch that does not leave stays planned and is tried up to the limit`()
        async throws
    {
        let house = try await Self.house(6)
        house.banks.change { $0.down = [TestTerms.harbor] }
        let banks = BatchBanks(house.banks)
        let report = try await Self.fund(house, banks, claim: 4)
        #expect(report.sent == 0)
        #expect(report.down == [TestTerms.harbor])
        #expect(report.open.count == 4)
        #expect(report.waiting == [TestTerms.harbor: 6])
        #expect(house.store.world.requests.values.allSatisfy { $0.state == .planned })
        #expect(banks.calls == [4, 4, 4], "the next claim is not tried")
        house.banks.change { $0.down = [] }
        #expect(try await Self.fund(house, banks).disbursed == 6)
    }

    @Test func `the next are claimed and sent while earlier answers are written`() async throws {
        let house = try await Self.house(60, batch: 1, inFlight: 4)
        let outbox = SlowOutbox(store: house.store)
        let banks = BatchBanks(house.banks)
        banks.onCall = { outbox.noteSent() }
        let report = try await Self.fund(house, banks, outbox: outbox, claim: 5)
        #expect(report.disbursed == 60)
        #expect(outbox.sentWhileStoring > 4, "storing holds nothing up")
        #expect(outbox.stores < 60, "what was answered meanwhile is written together")
    }

    @Test func `a store that fails ends the run, and what waits is given back`() async throws {
        let house = try await Self.house(60, batch: 1, inFlight: 4)
        let outbox = SlowOutbox(store: house.store)
        outbox.fail(after: 0)
        await #expect(throws: SlowOutbox.Broken.self) {
            _ = try await Self.fund(house, BatchBanks(house.banks), outbox: outbox, claim: 20)
        }
        let sent = house.banks.now.calls.count { $0.hasPrefix("send") }
        #expect(sent < 60)
        #expect(try await Self.fund(house, BatchBanks(house.banks)).open.isEmpty)
        #expect(house.store.world.loans.values.allSatisfy { $0.state == .disbursed })
        for number in 1...60 {
            #expect(house.banks.count("send L\(10 + number).harbor.1") == 1)
        }
    }
}

/// Banks that count their calls and how many requests are before them at a time.
private final class BatchBanks: PartnerBanks {
    private struct State {
        var calls: [Int] = []
        var now = 0
        var most = 0
        var onCall: @Sendable () -> Void = {}
    }

    private let banks: TestBanks
    private let state = Mutex(State())

    init(_ banks: TestBanks) { self.banks = banks }

    var calls: [Int] { state.withLock(\.calls) }
    var most: Int { state.withLock(\.most) }
    var onCall: @Sendable () -> Void {
        get { state.withLock(\.onCall) }
        set { state.withLock { $0.onCall = newValue } }
    }

    func send(_ held: HeldRequest) async -> PartnerAnswer { await send([held])[0] }

    func send(_ requests: [HeldRequest]) async -> [PartnerAnswer] {
        let onCall = state.withLock { state in
            state.calls.append(requests.count)
            state.now += requests.count
            state.most = max(state.most, state.now)
            return state.onCall
        }
        onCall()
        for _ in 0..<20 { await Task.yield() }
        var answers: [PartnerAnswer] = []
        for request in requests { answers.append(await banks.send(request)) }
        state.withLock { $0.now -= requests.count }
        return answers
    }

    func ask(_ held: HeldRequest) async -> PartnerAnswer { await banks.ask(held) }

    func reverse(_ held: HeldRequest) async -> PartnerAnswer { await banks.reverse(held) }
}

/// An outbox that takes its time over storing, and may break.
private final class SlowOutbox: FundingOutbox {
    struct Broken: Error {}

    private struct State {
        var isStoring = false
        var stores = 0
        var sentWhileStoring = 0
        var storesLeft = Int.max
    }

    private let store: MemoryStore
    private let state = Mutex(State())

    init(store: MemoryStore) { self.store = store }

    var stores: Int { state.withLock(\.stores) }
    var sentWhileStoring: Int { state.withLock(\.sentWhileStoring) }
    func fail(after stores: Int) { state.withLock { $0.storesLeft = stores } }
    func noteSent() { state.withLock { if $0.isStoring { $0.sentWhileStoring += 1 } } }

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
        // Giving back is no result.
        if results.allSatisfy({ $0.state == .planned }) {
            return try await store.store(results, now: now)
        }
        let isBroken = state.withLock { state in
            state.isStoring = true
            state.stores += 1
            state.storesLeft -= 1
            return state.storesLeft < 0
        }
        if isBroken { throw Broken() }
        for _ in 0..<200 { await Task.yield() }
        state.withLock { $0.isStoring = false }
        return try await store.store(results, now: now)
    }
}
