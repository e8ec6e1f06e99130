import Bookkeeping
import BusinessCalendar
import LendingRules
import Operations
import Reconciling
import TestSupport
import Testing

/// Cash from the borrower to the account, day by day, with everything that can be wrong about it.
struct ReconcileCashTests {
    /// What the houses offer, what is found, and what is left in transit.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let files: [CashFiles]
        let breaks: [String]
        /// Minor units on 1020 in the end.
        let transit: Int64
        /// Minor units of the transfer.
        var arrived: Int64 = 5910

        init(
            _ description: String, _ files: [CashFiles], _ breaks: [String], transit: Int64,
            arrived: Int64 = 5910
        ) {
            testDescription = description
            self.files = files
            self.breaks = breaks
            self.transit = transit
            self.arrived = arrived
        }
    }

    private static func first(_ change: (inout [(String, Int64, Int64, Int64)]) -> Void)
        -> CashFiles
    {
        var files = CashFiles.first
        change(&files.channel!)
        return files
    }

    private static func transfer(_ amount: Int64) -> CashFiles {
        CashFiles(cash: [("CHANNEL 2026-01-01 USD", amount)])
    }

    static let cases: [Case] = [
        Case("all is well", [.first, .transfer], [], transit: 0),
        Case(
            "left out of the file, the money came", [first { $0.remove(at: 1) }, .transfer],
            ["2026-01-01 channel ours-only P2 left-out-of-file resolved"], transit: 0),
        Case(
            "missing at the channel, so is the money",
            [first { $0.remove(at: 1) }, transfer(5910 - 1970)],
            ["2026-01-01 channel ours-only P2 missing-at-channel open"], transit: 1970,
            arrived: 3940),
        Case(
            "a fee charged twice", [first { $0[1] = ("P2", 2000, 60, 1940) }, transfer(5880)],
            ["2026-01-01 channel amount P2 fee-differs open"], transit: 30, arrived: 5880),
        Case(
            "a fee printed twice and charged once",
            [first { $0[1] = ("P2", 2000, 60, 1940) }, .transfer],
            ["2026-01-01 channel amount P2 misprinted resolved"], transit: 0),
        Case(
            "a line written twice", [first { $0.append($0[2]) }, .transfer],
            ["2026-01-01 channel duplicate-theirs P3 written-twice resolved"], transit: 0),
        Case(
            "a payment collected twice", [first { $0.append($0[2]) }, transfer(5910 + 2960)],
            ["2026-01-01 channel duplicate-theirs P3 booked-twice open"], transit: -2960,
            arrived: 8870),
        Case(
            "an amount off in the file", [first { $0[0] = ("P1", 1001, 20, 981) }, .transfer],
            ["2026-01-01 channel amount P1 misprinted resolved"], transit: 0),
        Case(
            "an amount off in file and money",
            [first { $0[0] = ("P1", 1001, 20, 981) }, transfer(5911)],
            ["2026-01-01 channel amount P1 booked-differently open"], transit: -1,
            arrived: 5911),
        Case(
            "an amount off on the statement", [.first, transfer(5909)],
            ["2026-01-02 cash amount CHANNEL 2026-01-01 USD transfer-differs open"], transit: 1,
            arrived: 5909),
        Case(
            "a payment nobody told us of",
            [
                first { $0.append(("X9", 500, 15, 485)) }, transfer(5910 + 485),
            ], ["2026-01-01 channel theirs-only X9 not-booked-by-us open"], transit: -485,
            arrived: 6395),
        Case(
            "a stray line", [first { $0.append(("X9", 500, 15, 485)) }, .transfer],
            ["2026-01-01 channel theirs-only X9 stray-line resolved"], transit: 0),
        Case(
            "several at once: a fee twice, a line left out",
            [
                first {
                    $0[0] = ("P1", 1000, 40, 960)
                    $0.remove(at: 2)
                }, transfer(5890),
            ],
            [
                "2026-01-01 channel amount P1 fee-differs open",
                "2026-01-01 channel ours-only P3 left-out-of-file resolved",
            ], transit: 20, arrived: 5890),
        Case(
            "a transfer one day late", [.first, .none, .transfer],
            ["2026-01-02 cash ours-only CHANNEL 2026-01-01 USD in-transit resolved"], transit: 0),
        Case(
            "money nobody expects",
            [.first, CashFiles(cash: [("CHANNEL 2026-01-01 USD", 5910), ("GIFT", 77)])],
            ["2026-01-02 cash theirs-only BK-GIFT unknown-receipt open"], transit: 0),
        Case(
            "a statement line written twice",
            [
                .first,
                CashFiles(cash: [
                    ("CHANNEL 2026-01-01 USD", 5910), ("CHANNEL 2026-01-01 USD", 5910),
                ]),
            ],
            [
                "2026-01-02 cash duplicate-theirs BK-CHANNEL 2026-01-01 USD written-twice open"
            ], transit: 0),
        Case(
            "a settlement that there is not",
            [.first, CashFiles(cash: [("CHANNEL 2026-01-01 USD", 5910), ("S20260102.USD.h", 9)])],
            ["2026-01-02 cash theirs-only BK-S20260102.USD.h unknown-receipt open"], transit: 0),
        Case(
            "no file of the channel, the money tells",
            [CashFiles(channel: nil), .transfer, .none, .none],
            ["2026-01-01 channel missing-file  not-sent open"], transit: 0),
    ]

    @Test(arguments: cases) func `every difference is found and told apart`(_ one: Case)
        async throws
    {
        let cash = try await CashHouse.withPayments()
        try await cash.live(one.files)
        #expect(cash.breaks == one.breaks)
        #expect(cash.balance(.cashInTransit) == one.transit)
        #expect(cash.balance(.collectionCost) == 90)
        let disbursed: Int64 = 300_000
        #expect(cash.balance(.cash) == one.arrived - disbursed)
        try await cash.close()
        #expect(try await cash.house.verify.run() == nil)
    }

    /// What a statement shows of the transfer, and which fault that is.
    @Test(arguments: [Int64.min, .max])
    func `amounts beyond all bounds are a fault of their file, and stop no close`(amount: Int64)
        async throws
    {
        let cash = try await CashHouse.withPayments()
        try await cash.live([.first])
        let date = cash.house.store.world.open
        try await cash.close()
        Self.transfer(amount).offer(cash.house.exchange, on: date)
        let outcomes = try await cash.reconcile.run()
        #expect(outcomes.compactMap(\.fault?.code) == ["RECON-002"])
        #expect(cash.balance(.cashInTransit) == 6000, "nothing is booked of it")
        // Past its deadline it is as good as not sent, and what comes after it is read.
        try await cash.live([.none, .none, .none])
        let states = try await cash.house.store.states(of: [CashHouse.account])
        #expect(!states.map(\.state).contains(.awaiting))
        #expect(states.first { $0.date == date }?.state == .missing)
        CashFiles.transfer.offer(cash.house.exchange, on: date)
        _ = try await cash.reconcile.run()
        #expect(cash.balance(.cashInTransit) == 0)
    }

    @Test func `collections wait in transit from the close on`() async throws {
        let cash = try await CashHouse.withPayments()
        try await cash.close()
        #expect(cash.balance(.cashInTransit) == 6000)
        #expect(cash.balance(.cash) == -300_000)
        #expect(try await cash.house.verify.run() == nil)
    }

    @Test func `what is late keeps its break, what is too late is missing`() async throws {
        let cash = try await CashHouse.withPayments()
        try await cash.live([.first, .none])
        let id = try #require(cash.house.store.world.breaks.keys.first)
        try await cash.live([.none, .none])
        #expect(cash.breaks.map { $0.suffix(15) } == ["in-transit open"])
        try await cash.live([.none])
        #expect(cash.breaks.map { $0.suffix(21) } == ["not-on-statement open"])
        #expect(cash.house.store.world.breaks[id]?.severity == .high)
        try await cash.live([.transfer])
        #expect(cash.house.store.world.breaks.count == 1)
        #expect(cash.house.store.world.breaks[id]?.state == .resolved)
        #expect(cash.balance(.cashInTransit) == 0)
    }

    @Test func `lines that come after the money explain it`() async throws {
        let cash = try await CashHouse.withPayments()
        try await cash.live([
            CashFiles(channel: nil),
            CashFiles(cash: [
                ("CHANNEL 2026-01-01 USD", 5880)
            ]),
        ])
        #expect(
            cash.breaks == [
                "2026-01-02 cash amount CHANNEL 2026-01-01 USD transfer-differs open"
            ])
        Self.first { $0[1] = ("P2", 2000, 60, 1940) }.offer(
            cash.house.exchange, on: World.firstDate)
        _ = try await cash.reconcile.run()
        #expect(
            cash.breaks == [
                "2026-01-01 channel amount P2 fee-differs open",
                "2026-01-02 cash amount CHANNEL 2026-01-01 USD transfer-differs resolved",
            ])
    }

    @Test func `a corrected statement books the difference`() async throws {
        let cash = try await CashHouse.withPayments()
        try await cash.live([.first, Self.transfer(5909)])
        try await cash.close()
        CashFiles.transfer.offer(cash.house.exchange, on: SampleLoan.date("2026-01-02"))
        _ = try await cash.reconcile.run(again: true)
        #expect(cash.breaks.isEmpty)
        #expect(cash.house.store.world.cashBooked.map(\.posting.amount) == [5909, 1])
        #expect(
            cash.house.store.world.cashBooked.map { "\($0.bookedOn)" } == [
                "2026-01-03", "2026-01-04",
            ])
        #expect(cash.balance(.cashInTransit) == 0)
        _ = try await cash.reconcile.run(again: true)
        #expect(cash.house.store.world.cashBooked.count == 2, "the same content does nothing")
        try await cash.close()
        #expect(try await cash.house.verify.run() == nil)
    }

    @Test func `a payment taken back lowers the next transfer`() async throws {
        let cash = try await CashHouse.withPayments()
        try await cash.live([.first])
        _ = try await cash.house.repaymentImport.run(
            PaymentFile.table([
                PaymentFile.row("R1", "L1", "10.00", reverses: "P1")
            ]))
        try await cash.live([
            CashFiles(
                channel: [("R1", -1000, 0, -1000)], cash: [("CHANNEL 2026-01-01 USD", 5910)]),
            CashFiles(cash: [("CHANNEL 2026-01-02 USD", -1000)]),
        ])
        #expect(cash.breaks.isEmpty)
        #expect(cash.balance(.cashInTransit) == 0)
        #expect(cash.balance(.cash) == 4910 - 300_000)
    }
}
