import BusinessCalendar
import LendingRules
import Monetary
import Operations
import SQLStore
import Testing

/// What is outstanding by value follows lenders' balances from one close to the next.
@Suite(.everyEngine) struct ScopedOutstandingTests {
    private let books: Books
    private let day = Books.firstDate
    private let limit = Books.limit(.outstanding, 5_000, scope: .each(.region))

    init() async throws {
        books = try await Books()
        let wide = Books.limit(.outstanding, 50_000, agreement: "", scope: .each(.region))
        let bookings = [("L1", "GD"), ("L2", "JS")].map {
            books.booking($0.0, harbor: 700, region: $0.1)
        }
        _ = try await books.intake.book(
            LoanBatch(bookings: bookings, limits: [limit, wide]))
        let claimed = try await books.outbox.claim(limit: 9, worker: "w", leaseUntil: 9, now: 1)
        try await books.outbox.store(
            claimed.map { RequestResult(held: $0, state: .accepted) }, now: 2)
        try await books.cases.conclude(
            try await books.cases.undecided().map { books.paidOut($0, on: day) }, on: day)
    }

    @Test func `it falls with repayments and charge-offs, and rises again with reversals`()
        async throws
    {
        try await expect(["GD": 700, "JS": 700])
        try await close(day, [("L1", 700, 0), ("L2", 700, 0)])
        try await expect(["GD": 700, "JS": 700])
        // L2 does not move, and has no row of the date.
        try await close(day.adding(days: 1), [("L1", 350, 100)])
        try await expect(["GD": 450, "JS": 700])
        try await close(day.adding(days: 2), [("L1", 0, 0)])
        try await expect(["GD": 0, "JS": 700])
        try await close(day.adding(days: 3), [("L1", 0, 120), ("L2", 650, 0)])
        try await expect(["GD": 120, "JS": 650])
    }

    @Test func `a limit that begins when loans are repaid in part counts what is left of them`()
        async throws
    {
        try await close(day, [("L1", 700, 0), ("L2", 700, 0)])
        try await close(day.adding(days: 1), [("L1", 350, 100)])
        let next = day.adding(days: 2)
        let each = Books.limit(.outstanding, 700, scope: .each(.borrower))
        func book(_ id: String, _ amount: Int64) async throws -> BookedBatch {
            try await books.intake.book(
                LoanBatch(
                    bookings: [
                        books.booking(
                            id, harbor: amount, on: next, borrower: "B-L1", region: "GD")
                    ], limits: [limit, each]))
        }
        #expect(try await book("L3", 251).refused.first?.shortages.map(\.left) == [250])
        #expect(try await book("L4", 250).booked == 1)
        #expect(try await books.values(of: each, on: next) == ["B-L1": 700, "B-L2": 700])
        #expect(try await books.values(of: limit, on: next) == ["GD": 700, "JS": 700])
        try await expectCounted()
        try await close(next, [("L2", 10, 0)])
        #expect(try await books.values(of: each, on: next) == ["B-L1": 700, "B-L2": 10])
        try await expectCounted()
    }

    @Test func `principal that others take over is theirs from that close on`() async throws {
        try await close(day, [("L1", 700, 0), ("L2", 700, 0)])
        let platform = Books.limit(
            .outstanding, 5_000, of: Books.platform, scope: .each(.region))
        let next = day.adding(days: 1)
        _ = try await books.intake.book(
            LoanBatch(
                bookings: [books.booking("L3", harbor: 1, on: next, region: "GD")],
                limits: [platform]))
        #expect(try await books.values(of: platform, on: next) == ["GD": 600, "JS": 300])
        try await close(next, [("L2", 0, 0)], platform: [("L2", 1_000, 0)])
        #expect(try await books.values(of: platform, on: next) == ["GD": 600, "JS": 1_000])
        #expect(try await books.values(of: limit, on: next) == ["GD": 701, "JS": 0])
        try await expectCounted()
    }

    private typealias Owed = (loan: String, principal: Int64, overdue: Int64)

    /// Posts harbor's balances, and on the first date the platform's, and ends the step twice.
    private func close(
        _ date: BusinessDate, _ owed: [Owed], platform: [Owed]? = nil
    ) async throws {
        let own = platform ?? (date == day ? owed.map { ($0.loan, 300, 0) } : [])
        let rows =
            owed.map { balance($0, Books.harbor, date) }
            + own.map { balance($0, Books.platform, date) }
        try await books.days.freeze(date)
        try await books.book.post(
            SliceResult(
                date: date, shards: 0..<4096, ledger: [], distributions: [], balances: rows,
                anchors: []))
        for _ in 0..<2 { try await books.totals.freeze([], on: date) }
        try await books.days.finish(date, head: [1])
    }

    private func balance(_ owed: Owed, _ lender: PartyID, _ date: BusinessDate) -> LenderBalance {
        LenderBalance(
            loan: LoanID(owed.loan), lender: lender, date: date, currency: Books.usd,
            claims: Components(principal: owed.principal, overduePrincipal: owed.overdue),
            daysPastDue: 0, accrualStatus: .accrual)
    }

    private func expect(_ values: [String: Int64]) async throws {
        #expect(try await books.values(of: limit) == values)
        try await expectCounted()
    }

    /// What is kept is what its definition gives.
    private func expectCounted() async throws {
        let kept = try await books.audit.limits()
        let count = LimitCount(
            claims: kept.claims, principal: kept.principal, posted: kept.posted)
        for (slot, used) in kept.used { #expect(count.used[slot] ?? 0 == used, "\(slot)") }
    }
}
