import BusinessCalendar
import LendingRules
import Operations
import Synchronization
import TestSupport
import Testing

/// A bank that takes its time takes nobody else's.
@Suite(.timeLimit(.minutes(10))) struct SlowBankTests {
    private static let loans = (1...30).map { "F\($0)" }

    /// Thirty loans that only meridian funds, and three that harbor has a part in.
    private static func house(channel: TestChannel? = nil, clock: TestClock = TestClock())
        async throws -> TestHouse
    {
        let house = try TestHouse(
            channel: channel, clock: clock,
            catalogue: try TestTerms.catalogue(agreements: [
                try TestTerms.agreement(
                    "solo", ["orphan"],
                    [(TestTerms.platform, "40%"), (TestTerms.meridian, "60%")])
            ]))
        let rows =
            (1...3).map { LoanFile.row("A\($0)") }
            + loans.map { LoanFile.row($0, product: "orphan") }
        _ = try await house.loanImport.run(LoanFile.table(rows))
        return house
    }

    private static func fund(_ house: TestHouse, _ banks: SlowBanks, batch: Int = 500) -> Fund {
        var limits = Fund.Limits(worker: "w") { [clock = house.clock] in clock.pause($0) }
        limits.batch = batch
        return Fund(
            outbox: house.store, cases: house.store, banks: banks, snapshots: house.store,
            catalogue: house.catalogue, surroundings: house.surroundings, limits: limits)
    }

    @Test(arguments: [7, 500])
    func `loans of the others are disbursed before a slow bank has answered once`(batch: Int)
        async throws
    {
        let house = try await Self.house()
        let banks = SlowBanks(house.banks, slow: [TestTerms.harbor])
        let run = Task { try await Self.fund(house, banks, batch: batch).run() }
        while !Self.loans.allSatisfy({ house.isDisbursed($0) }) { await Task.yield() }
        #expect(banks.waiting == 3)
        #expect(!house.isDisbursed("A1"))
        banks.open(TestTerms.harbor)
        let report = try await run.value
        #expect(report.disbursed == 33)
        #expect(report.open.isEmpty)
        #expect(house.banks.now.calls.count == 33)
    }

    @Test func `loans of a bank that ends while others are concluded are not forgotten`()
        async throws
    {
        let house = try TestHouse(
            catalogue: try TestTerms.catalogue(
                agreements: [
                    try TestTerms.agreement("one", ["orphan"], [(TestTerms.meridian, "100%")]),
                    try TestTerms.agreement("two", ["contested"], [(TestTerms.summit, "100%")]),
                ],
                partners: [TestTerms.harbor, TestTerms.meridian, TestTerms.summit].map {
                    TestTerms.partner($0)
                }))
        _ = try await house.loanImport.run(
            LoanFile.table([
                LoanFile.row("A1"), LoanFile.row("F1", product: "orphan"),
                LoanFile.row("G1", product: "contested"),
            ]))
        let banks = SlowBanks(house.banks, slow: [TestTerms.harbor, TestTerms.summit])
        // Summit answers, and its answer is stored, while meridian's loan is being concluded.
        let cases = HeldCases(base: house.store) {
            banks.open(TestTerms.summit)
            while house.store.world.requests["G1.summit.1"]?.state != .accepted {
                await Task.yield()
            }
            for _ in 0..<200 { await Task.yield() }
        }
        let fund = Fund(
            outbox: house.store, cases: cases, banks: banks, snapshots: house.store,
            catalogue: house.catalogue, surroundings: house.surroundings,
            limits: Fund.Limits(worker: "w") { house.clock.pause($0) })
        let run = Task { try await fund.run() }
        while !["F1", "G1"].allSatisfy({ house.isDisbursed($0) }) { await Task.yield() }
        #expect(!house.isDisbursed("A1"))
        banks.open(TestTerms.harbor)
        #expect(try await run.value.disbursed == 3)
    }

    @Test func `each bank has its own places`() async throws {
        let house = try TestHouse(
            catalogue: try TestTerms.catalogue(partners: [
                Self.partner(TestTerms.harbor, inFlight: 2),
                Self.partner(TestTerms.meridian, inFlight: 5),
            ]))
        let rows = (1...40).map { LoanFile.row("L\($0)", product: "equal-principal-loan") }
        _ = try await house.loanImport.run(LoanFile.table(rows))
        let banks = SlowBanks(house.banks, slow: [])
        #expect(try await Self.fund(house, banks).run().disbursed == 40)
        #expect((1...2).contains(banks.most(TestTerms.harbor)))
        #expect((1...5).contains(banks.most(TestTerms.meridian)))
        #expect(banks.most(TestTerms.meridian) > banks.most(TestTerms.harbor))
    }

    @Test func `a request to a party that no file describes any more is still sent`() async throws {
        let house = try TestHouse()
        try await house.book(LoanFile.row("L1", product: "equal-principal-loan"))
        let fewer = try TestTerms.catalogue(partners: [TestTerms.partner(TestTerms.meridian)])
        let fund = Fund(
            outbox: house.store, cases: house.store, banks: house.banks, snapshots: house.store,
            catalogue: fewer, surroundings: house.surroundings,
            limits: Fund.Limits(worker: "w") { house.clock.pause($0) })
        #expect(try await fund.run().disbursed == 1)
    }

    private static func partner(_ party: PartyID, inFlight: Int) -> Partner {
        Partner(
            party: party, settleSeconds: 10, askLimit: 3, computation: .scale, tolerance: 1,
            filesDeadlineDays: 1, inFlight: inFlight)
    }
}

extension TestHouse {
    fileprivate func isDisbursed(_ loan: String) -> Bool {
        store.world.loans[LoanID(loan)]?.state == .disbursed
    }
}

/// Cases of which the first to be looked at by name wait for something.
private struct HeldCases: FundingCases {
    let base: MemoryStore
    let isFirst = Flag()
    let wait: @Sendable () async -> Void

    init(base: MemoryStore, wait: @escaping @Sendable () async -> Void) {
        self.base = base
        self.wait = wait
    }

    func openDate() async throws -> BusinessDate { try await base.openDate() }

    func undecided(after loan: LoanID?, limit: Int) async throws -> [FundingCase] {
        try await base.undecided(after: loan, limit: limit)
    }

    func undecidedCount() async throws -> Int { try await base.undecidedCount() }

    func undecided(among loans: [LoanID]) async throws -> [FundingCase] {
        let found = try await base.undecided(among: loans)
        if isFirst.take() { await wait() }
        return found
    }

    func conclude(_ conclusions: [FundingConclusion], on date: BusinessDate) async throws
        -> ConcludedLoans
    {
        try await base.conclude(conclusions, on: date)
    }
}

/// True once.
private final class Flag: Sendable {
    private let isTaken = Mutex(false)

    func take() -> Bool {
        isTaken.withLock { isTaken in
            defer { isTaken = true }
            return !isTaken
        }
    }
}

/// Banks of which some answer only when they are let, and that count who is before them at a time.
private final class SlowBanks: PartnerBanks {
    private struct State {
        var open: Set<PartyID> = []
        var waiting = 0
        var now: [PartyID: Int] = [:]
        var most: [PartyID: Int] = [:]
    }

    private let banks: TestBanks
    private let slow: Set<PartyID>
    private let state = Mutex(State())

    init(_ banks: TestBanks, slow: Set<PartyID>) {
        self.banks = banks
        self.slow = slow
    }

    var waiting: Int { state.withLock(\.waiting) }
    func most(_ party: PartyID) -> Int { state.withLock { $0.most[party] ?? 0 } }
    func open(_ party: PartyID) { state.withLock { _ = $0.open.insert(party) } }

    func send(_ held: HeldRequest) async -> PartnerAnswer {
        let party = held.request.party
        state.withLock { state in
            state.now[party, default: 0] += 1
            state.most[party] = max(state.most[party] ?? 0, state.now[party] ?? 0)
        }
        defer { state.withLock { $0.now[party, default: 0] -= 1 } }
        if slow.contains(party) {
            state.withLock { $0.waiting += 1 }
            while !state.withLock({ $0.open.contains(party) }) { await Task.yield() }
        } else {
            for _ in 0..<20 { await Task.yield() }
        }
        return await banks.send(held)
    }

    func ask(_ held: HeldRequest) async -> PartnerAnswer { await banks.ask(held) }

    func reverse(_ held: HeldRequest) async -> PartnerAnswer { await banks.reverse(held) }
}
