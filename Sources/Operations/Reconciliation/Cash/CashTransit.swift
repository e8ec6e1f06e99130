import BusinessCalendar
import LendingRules
import Monetary
import Reconciling

/// The step of a close that puts the day's collections in transit and its payouts in flight.
struct CashTransit {
    let store: any CashStore
    let clearing: Clearing
    let platform: PartyID
    let surroundings: Surroundings

    func run(_ date: BusinessDate) async throws {
        let collected = try CashTransit.batches(
            of: try await store.payments(on: date), on: date, clearing)
        let batches =
            collected
            + (try await store.movedPayouts(on: date)).map { CashBatch($0, on: date) }
        let book = CashBook(
            platform: platform, account: clearing.account, surroundings: surroundings)
        surroundings.crashPoint(.cashBeforeTransit)
        try await store.freeze(
            batches, CashEntries.transit(batches, book, on: date), on: date)
        surroundings.crashPoint(.cashAfterTransit)
    }

    /// One batch a currency, in currency order.
    static func batches(
        of payments: [CollectedPayment], on date: BusinessDate, _ clearing: Clearing
    ) throws(AmountError) -> [CashBatch] {
        var sums: [Currency: (gross: Int64, fee: Int64)] = [:]
        for payment in payments {
            var sum = sums[payment.currency] ?? (0, 0)
            sum.gross = try sum.gross.plus(payment.amount)
            sum.fee = try sum.fee.plus(clearing.fee.amount(of: payment.amount))
            sums[payment.currency] = sum
        }
        return sums.sorted { $0.key < $1.key }.map { currency, sum in
            CashBatch(
                date: date, currency: currency, gross: sum.gross, fee: sum.fee,
                dueOn: date.adding(days: clearing.transitDays))
        }
    }
}

extension CashBatch {
    /// A payout on its way or back, by a fact booked on the date.
    init(_ moved: MovedPayout, on date: BusinessDate) {
        self.init(
            kind: moved.kind,
            remittance: moved.kind == .payout
                ? CashExpectation.payout(moved.key) : CashExpectation.returned(moved.key),
            date: date, currency: moved.currency, gross: moved.amount, fee: 0,
            dueOn: moved.valueDate)
    }
}
