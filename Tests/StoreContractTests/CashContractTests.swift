import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Operations
import Reconciling
import SQLStore
import Testing

@Suite struct CashContractTests {
    private let books: Books
    private let day = Books.firstDate
    private let account = PartyID("account")

    init() async throws { books = try await Books() }

    private func batch(_ gross: Int64 = 100, on date: BusinessDate = Books.firstDate) -> CashBatch {
        CashBatch(
            date: date, currency: Books.usd, gross: gross, fee: 3, dueOn: date.adding(days: 1))
    }

    private func entry(_ amount: Int64, _ account: Account = .cash, on date: BusinessDate)
        -> LedgerRow
    {
        LedgerRow(
            date: date, shard: 7, kind: .cash, agreement: "",
            posting: Posting(
                book: BookID("platform"), account: account, currency: Books.usd, amount: amount))
    }

    private func posting(_ amount: Int64, of batch: CashBatch, on statement: BusinessDate)
        -> CashPosting
    {
        CashPosting(
            kind: .transfer, statement: statement, remittance: batch.remittance,
            currency: Books.usd, amount: amount, fee: 3)
    }

    private func result(
        _ statement: BusinessDate, before: [BookedCash] = [], received: [FileContent] = [],
        changed: [BreakChange] = []
    ) -> CashResult {
        CashResult(
            party: account,
            dates: [
                ReconciledDate(
                    party: account, date: statement, state: .reconciled, received: received,
                    claims: [], breaks: [], changes: [])
            ], statement: statement, before: before, changed: changed)
    }

    @Test func `payments of a date come with what a reversal takes back`() async throws {
        try await books.disburse(["L1"])
        try await books.intake.record(
            [books.payment("P2", of: "L1"), books.payment("P1", of: "L1", amount: 40)], on: day)
        let back = LoanFact(
            id: "R1", kind: .reversal(of: "P1"), valueDate: day, bookingDate: day, instant: 12)
        try await books.intake.record(
            [NewFact(loan: LoanID("L1"), fact: back, channel: "bank", contentHash: "r")], on: day)
        let payments = try await books.cash.payments(on: day)
        #expect(
            payments.map { "\($0.id) \($0.loan) \($0.amount)" } == [
                "P1 L1 40", "P2 L1 100", "R1 L1 -40",
            ])
        #expect(try await books.cash.payments(on: day.adding(days: 1)).isEmpty)
        #expect(try await books.audit.payments(on: day) == payments)
    }

    @Test func `a date is frozen once`() async throws {
        let rows = [entry(-100, on: day), entry(100, .cashInTransit, on: day)]
        try await books.cash.freeze([batch()], rows, on: day)
        try await books.cash.freeze([batch(7)], rows, on: day)
        #expect(try await books.cash.batches(on: day) == [batch()])
        #expect(
            try await books.ledger.entries(from: day, through: day, book: nil).map(
                \.posting.amount) == [-100, 100])
        #expect(try await books.cash.unseen(before: day.adding(days: 9)) == [batch()])
    }

    @Test func `a statement is booked once, its correction by the difference`() async throws {
        let next = day.adding(days: 1)
        try await books.cash.freeze([batch()], [], on: day)
        try await books.cash.record(
            result(next), [posting(97, of: batch(), on: next)], [entry(97, on: day)], on: day)
        #expect(try await books.cash.unseen(before: next) == [batch()])
        #expect(try await books.cash.unseen(before: next.adding(days: 1)).isEmpty)
        let error = await storeError {
            try await books.cash.record(
                result(next), [posting(97, of: batch(), on: next)], [entry(97, on: day)], on: day)
        }
        #expect(error == .overtaken(record: "the statement of \(next)"))
        let before = try await books.cash.booked(statement: next)
        #expect(before.map(\.posting.amount) == [97])
        try await books.cash.record(
            result(next, before: before), [posting(1, of: batch(), on: next)],
            [entry(1, on: day)], on: day)
        #expect(try await books.cash.booked([batch().remittance]).map(\.posting.amount) == [98])
        #expect(try await books.audit.cash().booked.map(\.posting.fee) == [6])
        #expect(
            try await books.ledger.entries(from: nil, through: nil, book: nil).map(
                \.posting.amount) == [98])
    }

    @Test func `nothing is booked on a date that is not open`() async throws {
        try await books.days.freeze(day)
        let error = await storeError {
            try await books.cash.record(result(day), [], [entry(1, on: day)], on: day)
        }
        #expect(error == .dateNotOpen("\(day)"))
        #expect(try await books.cash.openDate() == day.adding(days: 1))
        #expect(try await books.ledger.entries(from: nil, through: nil, book: nil).isEmpty)
    }

    @Test func `the latest content of a file is read back`() async throws {
        func file(_ text: String) -> FileContent {
            FileContent(name: "cash.csv", bytes: Array(text.utf8))
        }
        #expect(try await books.cash.received("cash.csv", from: account, on: day) == nil)
        for text in ["one", "two"] {
            try await books.cash.record(result(day, received: [file(text)]), [], [], on: day)
        }
        #expect(
            try await books.cash.received("cash.csv", from: account, on: day) == file("two"))
    }
}
