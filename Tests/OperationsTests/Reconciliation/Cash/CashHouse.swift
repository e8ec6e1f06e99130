import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Operations
import Reconciling
import TestSupport

/// A house with a clearing, and a channel that collects what the borrowers pay.
///
/// The fee is 0.10 and 1 % of a payment; a transfer comes on the next date's statement.
struct CashHouse: Sendable {
    static let channel = PartyID("tideway")
    static let account = PartyID("tideway-account")
    static let fee = ChannelFee(fixed: 10, rate: try? Share("1%"))
    static let clearing = Clearing(
        channel: channel, account: account, from: World.firstDate, fee: fee, transitDays: 1,
        lateDays: 3, filesDeadlineDays: 2)

    let house: TestHouse

    static func catalogue(_ clearing: Clearing = clearing) throws -> Catalogue {
        let plain = try TestTerms.catalogue()
        return Catalogue(
            platform: plain.platform, agreements: plain.agreements, products: plain.products,
            calendars: Array(plain.calendars.values), partners: plain.partners,
            clearing: clearing)
    }

    init(house: TestHouse) { self.house = house }

    init(
        store: MemoryStore = MemoryStore(), channel: TestChannel? = nil,
        exchange: TestExchange = TestExchange(), clearing: Clearing = clearing,
        crashPoint: @escaping @Sendable (CrashPoint) -> Void = { _ in }
    ) throws {
        house = try TestHouse(
            store: store, channel: channel, exchange: exchange,
            catalogue: try CashHouse.catalogue(clearing),
            crashPoint: crashPoint)
    }

    var reconcile: ReconcileCash {
        ReconcileCash(
            reconciliations: house.store, store: house.store, settlements: house.store,
            exchange: house.exchange, format: TestFormat(),
            clearing: house.catalogue.clearing ?? CashHouse.clearing,
            platform: TestTerms.platform, surroundings: house.surroundings)
    }

    var handOver: HandOver {
        HandOver(
            store: house.store, exchange: house.exchange, format: TestFormat(),
            clearing: house.catalogue.clearing ?? CashHouse.clearing,
            surroundings: house.surroundings)
    }

    /// Three loans paid out, and payments of 10.00, 20.00 and 30.00 on the first date.
    static func withPayments() async throws -> CashHouse {
        let cash = try CashHouse()
        try await cash.house.book(
            LoanFile.row("L1"), LoanFile.row("L2"), LoanFile.row("L3"))
        _ = try await cash.house.fund().run()
        let rows = ["1", "2", "3"].map { number in
            PaymentFile.row(
                "P\(number)", "L\(number)", "\(number)0.00", paidAt: "2026-01-01T10:00:00Z")
        }
        _ = try await cash.house.repaymentImport.run(PaymentFile.table(rows))
        return cash
    }

    /// Closes the open date.
    func close() async throws { _ = try await house.closeDay().run(house.store.world.open) }

    /// Closes dates from the open one, both houses offering what they have of each.
    func live(_ files: [CashFiles]) async throws {
        for file in files {
            let date = house.store.world.open
            try await close()
            file.offer(house.exchange, on: date)
            _ = try await reconcile.run()
        }
    }

    /// Breaks in order: date, file, kind, key, cause, state.
    var breaks: [String] {
        house.store.world.breaks.values.filter { $0.state != .superseded }.map {
            "\($0.firstDate) \($0.file) \($0.kind.rawValue) \($0.key.joined()) "
                + "\($0.cause.rawValue) \($0.state.rawValue)"
        }.sorted()
    }

    /// What stands on an account of the platform.
    func balance(_ account: Account) -> Int64 {
        house.store.world.ledgerRows.map(\.posting)
            .filter { $0.book == TestTerms.platform.book && $0.account == account }
            .reduce(0) { $0 + $1.amount }
    }
}

/// The two files of one date, as words: nil when a house offers none.
struct CashFiles: Sendable {
    /// Payment, gross, fee, net.
    var channel: [(String, Int64, Int64, Int64)]? = []
    /// Remittance and amount.
    var cash: [(String, Int64)]? = []

    static let none = CashFiles()
    static let absent = CashFiles(channel: nil, cash: nil)
    /// What the channel has of the first date: fees are 0.20, 0.30 and 0.40.
    static let first = CashFiles(
        channel: [("P1", 1000, 20, 980), ("P2", 2000, 30, 1970), ("P3", 3000, 40, 2960)])
    /// The transfer of the first date.
    static let transfer = CashFiles(cash: [("CHANNEL 2026-01-01 USD", 5910)])

    func offer(_ exchange: TestExchange, on date: BusinessDate, isReversed: Bool = false) {
        func order(_ records: [Record]) -> [Record] { isReversed ? records.reversed() : records }
        if let channel {
            let records = channel.map { line in
                Record(
                    key: ["CH-\(line.0)"], amounts: [line.1, line.2, line.3],
                    currency: SampleLoan.dollars, valueDate: date, fields: [line.0], line: 0)
            }
            exchange.offer(
                "channel.csv", TestFile(.channel, order(records)).bytes, from: CashHouse.channel,
                on: date)
        }
        if let cash {
            let records = cash.map { line in
                Record(
                    key: ["BK-\(line.0)"], amounts: [line.1], currency: SampleLoan.dollars,
                    valueDate: date, fields: [line.0], line: 0)
            }
            exchange.offer(
                "cash.csv", TestFile(.cash, order(records)).bytes, from: CashHouse.channel,
                on: date)
        }
    }
}
