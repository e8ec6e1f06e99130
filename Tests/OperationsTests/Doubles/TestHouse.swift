import BusinessCalendar
import LendingRules
import Operations
import TestSupport

/// The use cases over a store, banks and files in memory.
struct TestHouse: Sendable {
    let store: MemoryStore
    let banks: TestBanks
    /// The payment channel through which loans are paid out; nil for none.
    let channel: TestChannel?
    let exchange: TestExchange
    let clock: TestClock
    let catalogue: Catalogue
    /// Called at every crash point.
    let crashPoint: @Sendable (CrashPoint) -> Void

    init(
        store: MemoryStore = MemoryStore(), banks: TestBanks? = nil,
        channel: TestChannel? = nil, exchange: TestExchange = TestExchange(),
        clock: TestClock = TestClock(),
        catalogue: Catalogue? = nil, crashPoint: @escaping @Sendable (CrashPoint) -> Void = { _ in }
    ) throws {
        self.store = store
        self.channel = channel
        self.banks = banks ?? TestBanks(clock: clock)
        self.exchange = exchange
        self.clock = clock
        self.catalogue = try catalogue ?? TestTerms.catalogue()
        self.crashPoint = crashPoint
    }

    var surroundings: Surroundings {
        Surroundings(
            hash: TestHash.digest, shard: TestHash.shard, now: { [clock] in clock.now },
            crashPoint: crashPoint)
    }

    var loanImport: LoanImport {
        LoanImport(
            store: store, catalogue: catalogue, surroundings: surroundings,
            cutOff: TestHouse.cutOff)
    }

    var repaymentImport: RepaymentImport {
        RepaymentImport(
            store: store, snapshots: store, platform: catalogue.platform,
            surroundings: surroundings, cutOff: TestHouse.cutOff)
    }

    var factImport: FactImport {
        FactImport(
            store: store, snapshots: store, catalogue: catalogue, surroundings: surroundings,
            cutOff: TestHouse.cutOff)
    }

    /// 23:00 UTC.
    static let cutOff = CutOff { instant in
        BusinessDate(dayNumber: Int32((instant + 3_600_000_000) / 86_400_000_000))
    }

    func fund(
        worker: String = "w", outbox: (any FundingOutbox)? = nil,
        _ change: (inout Fund.Limits) -> Void = { _ in }
    ) -> Fund {
        var limits = Fund.Limits(worker: worker) { [clock] in clock.pause($0) }
        change(&limits)
        return Fund(
            outbox: outbox ?? store, cases: store, banks: banks, snapshots: store,
            catalogue: catalogue, surroundings: surroundings, limits: limits,
            payingOut: payingOut, claims: store)
    }

    private var payingOut: PayingOut? {
        channel.map { channel in
            var terms = PayoutTerms()
            terms.settleSeconds = 10
            return PayingOut(
                outbox: MemoryPayouts(store: store), cases: MemoryPayouts(store: store),
                channel: channel, terms: terms)
        }
    }

    func closeDay(totals: (any DayTotals)? = nil, book: (any LoanBook)? = nil) -> CloseDay {
        CloseDay(
            stores: CloseDay.Stores(
                days: store, book: book ?? store, totals: totals ?? store, files: store,
                snapshots: store, cash: store, watch: store, losses: store, classes: store),
            fund: fund(), format: TestFormat(), catalogue: catalogue, surroundings: surroundings)
    }

    var deliver: Deliver {
        Deliver(
            files: store, exchange: exchange, catalogue: catalogue, surroundings: surroundings)
    }

    var reconcile: Reconcile { reconcile(FileLimits()) }

    func reconcile(_ limits: FileLimits) -> Reconcile {
        Reconcile(
            store: store, versions: store, ours: store, exchange: exchange, format: TestFormat(),
            catalogue: catalogue, surroundings: surroundings, limits: limits)
    }

    var settle: Settle {
        Settle(store: store, catalogue: catalogue, surroundings: surroundings)
    }

    var confirm: ConfirmSettlements {
        ConfirmSettlements(
            store: store, platform: catalogue.platform, surroundings: surroundings)
    }

    var approve: ApproveSettlement {
        ApproveSettlement(
            store: store, platform: catalogue.platform, surroundings: surroundings)
    }

    var verify: Verify {
        Verify(
            source: store, books: store, snapshots: store, platform: catalogue.platform,
            surroundings: surroundings)
    }
}

extension TestHouse {
    /// Books a loan of the `duo` or `trio` agreement on the open date.
    func book(_ rows: [String]...) async throws {
        _ = try await loanImport.run(LoanFile.table(rows))
    }

    /// Closes dates from the open one through `date`.
    func close(through date: String) async throws {
        while store.world.open <= SampleLoan.date(date) {
            _ = try await closeDay().run(store.world.open)
        }
    }
}
