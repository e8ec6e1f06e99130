import Bookkeeping
import BusinessCalendar
import LendingRules
import Operations
import Portfolio
import SQLStore
import Testing

/// The ledger with its shards taken together.
@Suite(.everyEngine) struct LedgerSumsTests {
    private let books: Books
    private let sums: SQLLedgerSums
    private let day = Books.firstDate

    init() async throws {
        books = try await Books()
        sums = SQLLedgerSums(engine: books.engine)
    }

    private func row(
        _ shard: UInt16, _ kind: EntryKind, _ account: Account, _ amount: Int64,
        with counterparty: String? = nil, on date: BusinessDate = Books.firstDate
    ) -> LedgerRow {
        LedgerRow(
            date: date, shard: shard, kind: kind, agreement: "harbor-70",
            posting: Posting(
                book: BookID("harbor"), account: account,
                counterparty: counterparty.map { BookID($0) }, currency: Books.usd,
                amount: amount))
    }

    private func post(_ rows: [LedgerRow], on date: BusinessDate) async throws {
        try await books.book.post(
            SliceResult(
                date: date, shards: 0..<4096, ledger: rows.sorted(), distributions: [],
                balances: [], anchors: []))
    }

    @Test func `shards are summed, kinds and accounts are not`() async throws {
        try await post(
            [
                row(1, .accrual, .interest, 5), row(2, .accrual, .interest, 7),
                row(1, .accrual, .interestIncome, -5), row(2, .accrual, .interestIncome, -7),
                row(9, .repayment, .interest, -3),
                row(9, .repayment, .dueToFrom, 3, with: "platform"),
            ], on: day)
        let found = try await sums.sums(from: day, through: day)
        #expect(
            found.map { "\($0.kind.rawValue) \($0.posting.account) \($0.posting.amount)" } == [
                "accrual 1130 12", "accrual 4010 -12", "repayment 1130 -3", "repayment 1310 3",
            ])
        #expect(found[3].posting.counterparty == BookID("platform"))
    }

    @Test func `what comes to nothing is left out, other dates too`() async throws {
        let next = day.adding(days: 1)
        try await post([row(1, .accrual, .interest, 5), row(2, .accrual, .interest, -5)], on: day)
        try await post([row(1, .accrual, .interest, 8, on: next)], on: next)
        #expect(try await sums.sums(from: day, through: day).isEmpty)
        #expect(try await sums.sums(from: day, through: next).map(\.date) == [next])
        #expect(try await sums.sums(from: next.adding(days: 1), through: next).isEmpty)
    }
}
