import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Reconciling

extension Verify {
    /// The batches are the payments and payouts of their dates, and the entries of cash are those
    /// that the batches and the statements make.
    func checkCash(of closed: [BusinessDate]) async throws -> Divergence? {
        let cash = try await source.cash()
        // Without a clearing nothing of this is kept.
        if cash.batches.isEmpty && cash.booked.isEmpty { return nil }
        let batches = Dictionary(grouping: cash.batches, by: \.date)
        let booked = Dictionary(grouping: cash.booked, by: \.bookedOn)
        let done = Set(closed)
        for date in Verify.booking(closed).union(booked.keys).sorted() {
            let batches = batches[date] ?? []
            if let found = try await checkPayments(of: batches, on: date) { return found }
            if done.contains(date), let found = try await checkPayouts(in: batches, on: date) {
                return found
            }
            if let found = try await checkEntries(batches, booked[date] ?? [], on: date) {
                return found
            }
        }
        return nil
    }

    private func checkPayments(of all: [CashBatch], on date: BusinessDate) async throws
        -> Divergence?
    {
        let batches = all.filter { $0.kind == .transfer }
        if batches.isEmpty { return nil }
        var sums: [Currency: Int64] = [:]
        for payment in try await source.payments(on: date) {
            sums[payment.currency] = try (sums[payment.currency] ?? 0).plus(payment.amount)
        }
        let kept = Dictionary(batches.map { ($0.currency, $0.gross) }) { first, _ in first }
        if kept == sums { return nil }
        return Divergence(
            .cash, on: date, at: "collections",
            "the payments make \(CashWords.text(sums)), the batches hold \(CashWords.text(kept))")
    }

    private func checkPayouts(in batches: [CashBatch], on date: BusinessDate) async throws
        -> Divergence?
    {
        let kept = Set(batches.filter { $0.kind != .transfer })
        let moved = try await source.movedPayouts(on: date).map { CashBatch($0, on: date) }
        let odd = kept.symmetricDifference(moved).map(\.remittance).min()
        return odd.map {
            Divergence(.cash, on: date, at: $0, "what is in flight is not what the facts move")
        }
    }

    private func checkEntries(
        _ batches: [CashBatch], _ booked: [BookedCash], on date: BusinessDate
    ) async throws -> Divergence? {
        let book = CashBook(platform: platform, shard: 0)
        let expected =
            CashEntries.transit(batches, book, on: date)
            + (try CashEntries.arrived(booked.map(\.posting), book, on: date))
        let stored = try await books.entries(from: date, through: date, book: nil)
            .filter { $0.kind == .transit || $0.kind == .cash }
        if try CashWords.sums(expected) == CashWords.sums(stored) { return nil }
        return Divergence(
            .cash, on: date, at: "entries",
            "the entries of cash are not those of the batches and the statements")
    }
}

/// Sums of cash, to be compared and told.
private enum CashWords {
    struct Line: Hashable {
        let kind: EntryKind
        let book: BookID
        let account: Account
        let currency: Currency
    }

    static func sums(_ rows: [LedgerRow]) throws(AmountError) -> [Line: Int64] {
        var sums: [Line: Int64] = [:]
        for row in rows {
            let posting = row.posting
            let line = Line(
                kind: row.kind, book: posting.book, account: posting.account,
                currency: posting.currency)
            sums[line] = try sums[line, default: 0].plus(posting.amount)
        }
        return sums.filter { $0.value != 0 }
    }

    static func text(_ sums: [Currency: Int64]) -> String {
        sums.sorted { $0.key < $1.key }
            .map { AmountText.format($0.value, decimals: $0.key.exponent) + " \($0.key)" }
            .joined(separator: ", ")
    }
}
