import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Operations
import Reconciling
import TestSupport

/// A house with a clearing whose partner is owed 100 cents for the first date, instructed on the
/// second: its transfer should stand on the third date's statement.
struct StatementHouse: Sendable {
    /// A line of the account's statement.
    struct Line: Sendable {
        var bankRef: String
        let amount: Int64
        var remittance = StatementHouse.id
        var currency = "USD"

        init(_ bankRef: String, _ amount: Int64, _ remittance: String = StatementHouse.id) {
            self.bankRef = bankRef
            self.amount = amount
            self.remittance = remittance
        }

        fileprivate var record: Record {
            Record(
                key: [bankRef], amounts: [amount], currency: SampleLoan.currency(currency),
                valueDate: StatementHouse.third, fields: [remittance], line: 0)
        }

        var receipt: CashReceipt {
            CashReceipt(
                bankRef: bankRef, amount: amount, currency: SampleLoan.currency(currency),
                valueDate: StatementHouse.third, remittance: remittance)
        }
    }

    static let id = "S20260102.USD.harbor"
    static let third = SampleLoan.date("2026-01-03")

    let cash: CashHouse

    /// - Parameter amount: what the platform owes; below zero the partner does.
    init(
        amount: Int64 = 100, _ rules: SettlementRules = SettlementRules(),
        store: MemoryStore = MemoryStore(),
        crashPoint: @escaping @Sendable (CrashPoint) -> Void = { _ in }
    ) async throws {
        let plain = try SettlementStory.catalogue(rules)
        let catalogue = Catalogue(
            platform: plain.platform, agreements: plain.agreements, products: plain.products,
            calendars: Array(plain.calendars.values), partners: plain.partners,
            clearing: CashHouse.clearing)
        cash = CashHouse(
            house: try TestHouse(
                store: store, catalogue: catalogue, crashPoint: crashPoint))
        try await cash.live([.none])
        cash.house.owe([("2026-01-01", "repayments", amount)])
        _ = try await cash.house.settle.run()
        try await cash.live([.none])
    }

    /// Closes the open date, its statement with these lines.
    func live(_ lines: [Line]) async throws {
        let date = cash.house.store.world.open
        try await cash.close()
        CashFiles.none.offer(cash.house.exchange, on: date)
        offer(lines, on: date)
        _ = try await cash.reconcile.run()
    }

    func offer(_ lines: [Line], on date: BusinessDate) {
        cash.house.exchange.offer(
            "cash.csv", TestFile(.cash, lines.map(\.record)).bytes, from: CashHouse.channel,
            on: date)
    }

    /// Breaks with the settlement's id as `S`.
    var breaks: [String] {
        cash.breaks.map { $0.replacing(StatementHouse.id, with: "S") }
    }

    /// Where the settlement stands and what is open of it.
    var state: String {
        get throws {
            let machine = try cash.house.store.world.settlements[0].machine()
            return "\(machine.state.rawValue) \(machine.open)"
        }
    }
}
