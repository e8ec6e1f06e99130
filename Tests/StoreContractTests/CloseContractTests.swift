import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Operations
import Portfolio
import SQLStore
import Testing

@Suite(.everyEngine) struct CloseContractTests {
    private let books: Books
    private let day = Books.firstDate

    init() async throws {
        books = try await Books()
    }

    @Test func `a day goes from open to closing to closed and opens the next`() async throws {
        let next = day.adding(days: 1)
        #expect(
            try await books.days.status() == DayStatus(open: day, closing: nil, lastClosed: nil))
        for _ in 0..<2 { try await books.days.freeze(day) }
        #expect(
            try await books.days.status() == DayStatus(open: next, closing: day, lastClosed: nil))
        for _ in 0..<2 { try await books.days.finish(day, head: [1, 2]) }
        let closed = ClosedDay(date: day, head: [1, 2])
        #expect(
            try await books.days.status() == DayStatus(open: next, closing: nil, lastClosed: closed)
        )
        #expect(try await books.audit.closedDays() == [closed])
    }

    @Test func `days are closed in order and with one head`() async throws {
        let next = day.adding(days: 1)
        #expect(await storeError { try await books.days.freeze(next) }?.code == "STORE-015")
        #expect(
            await storeError { try await books.days.finish(day, head: []) }?.code == "STORE-016")
        try await books.days.freeze(day)
        try await books.days.finish(day, head: [1])
        #expect(
            await storeError { try await books.days.finish(day, head: [2]) }?.code == "STORE-016")
        #expect(await storeError { try await books.days.freeze(day) }?.code == "STORE-015")
    }

    @Test func `slices cover every shard once whatever is posted`() async throws {
        var covered: [Range<Int>] = []
        while let next = try await books.book.openSlices(day).first {
            try await books.book.post(slice(next))
            covered.append(next)
        }
        #expect(covered.flatMap { $0 } == Array(0..<4096))
        #expect(try await books.book.openSlices(day.adding(days: 1)).count == covered.count)
    }

    @Test(arguments: [0, 1, 399_999, 400_001, 10_000_000, Int.max / 2])
    func `any cut leaves what is not done`(loans: Int) {
        let done = [0..<1, 5..<1000, 4000..<4096]
        let open = SliceCut(liveLoans: loans).open(after: done)
        #expect(open.allSatisfy { !$0.isEmpty })
        #expect(open.flatMap { $0 } == Array(1..<5) + Array(1000..<4000))
        #expect(SliceCut(liveLoans: loans).open(after: [0..<4096]).isEmpty)
    }

    @Test func `a slice is posted once, together with its step`() async throws {
        try await books.disburse(["L1"])
        let result = slice(0..<4096, ledger: [row(.accrual, 5)], loan: "L1")
        try await books.book.post(result)
        let before = try await books.audit.digest()
        try await books.book.post(result)
        #expect(try await books.audit.digest() == before)
        #expect(try await books.totals.ledger(on: day) == result.ledger)
        #expect(
            try await books.ledger.distributions(from: day, through: day) == result.distributions)
        #expect(try await books.audit.balances(on: day) == result.balances)
        #expect(try await books.book.anchors(in: 0..<4096) == result.anchors)
    }

    @Test func `another cut of posted shards is refused`() async throws {
        try await books.book.post(slice(0..<100))
        let error = await storeError { try await books.book.post(slice(50..<60)) }
        #expect(error?.code == "STORE-016")
    }

    @Test func `a slice that fails leaves no step behind`() async throws {
        let doubled = slice(0..<4096, ledger: [row(.accrual, 5), row(.accrual, 6)])
        #expect(await storeError { try await books.book.post(doubled) }?.code == "STORE-011")
        #expect(try await books.book.openSlices(day).first?.lowerBound == 0)
    }

    @Test func `finished loans are not live any more`() async throws {
        try await books.disburse(["L1"])
        try await books.book.post(slice(0..<4096, loan: "L1"))
        let next = SliceResult(
            date: day.adding(days: 1), shards: 0..<4096, ledger: [], distributions: [],
            balances: [], anchors: [anchor("L1", isLive: false)])
        try await books.book.post(next)
        #expect(try await books.book.anchors(in: 0..<4096).isEmpty)
    }

    @Test func `touched loans are those with a fact booked on the date`() async throws {
        let ids = (1...40).map { "L\($0)" }
        try await books.disburse(ids)
        let touched = try await books.book.touched(in: 0..<4096, on: day)
        let expected = ids.sorted { (shard(of: $0), $0) < (shard(of: $1), $1) }
        #expect(touched.map(\.text) == expected)
        let half = try await books.book.touched(in: 0..<2048, on: day)
        #expect(half.map(\.text) == expected.filter { shard(of: $0) < 2048 })
        #expect(try await books.book.touched(in: 0..<4096, on: day.adding(days: 1)).isEmpty)
    }

    @Test func `a dossier holds the facts booked up to the date, in their order`() async throws {
        try await books.disburse(["L1", "L2"])
        try await books.days.freeze(day)
        let next = day.adding(days: 1)
        let late = NewFact(
            loan: LoanID("L1"),
            fact: LoanFact(
                id: "P0", kind: .repayment(amount: 5), valueDate: day, bookingDate: next,
                instant: 1),
            channel: "", contentHash: "")
        try await books.intake.record(
            [books.payment("P1", of: "L1", on: next), late], on: next)
        let ids = [LoanID("L2"), LoanID("L1")]
        let before = try await books.book.dossiers(ids, bookedThrough: day)
        #expect(before.map(\.record) == [books.record("L2"), books.record("L1")])
        #expect(before.map(\.facts.count) == [1, 1])
        #expect(before.map(\.disbursedOn) == [day, day])
        let after = try await books.book.dossiers([LoanID("L1")], bookedThrough: next)
        #expect(after.first?.facts.map(\.id) == ["P0", "L1.disbursed", "P1"])
        #expect(
            try await books.audit.dossiers(after: nil, limit: 9).map(\.facts.count).sorted() == [
                1, 3,
            ])
    }

    @Test func `a loan without disbursement has no dossier`() async throws {
        try await books.book(["L1"])
        let error = await storeError {
            _ = try await books.book.dossiers([LoanID("L1")], bookedThrough: day)
        }
        #expect(error?.code == "STORE-017")
    }

    @Test func `the ledger of a date comes in the order of ids`() async throws {
        let rows = [
            row(.accrual, 1, book: "harbor", shard: 7),
            row(.repayment, 2, book: "harbor", shard: 7),
            row(.accrual, 3, book: "platform", shard: 1),
            row(.accrual, 4, book: "platform", shard: 9),
        ]
        try await books.book.post(slice(0..<4096, ledger: rows.reversed()))
        #expect(try await books.totals.ledger(on: day) == rows)
        let harbor = try await books.ledger.entries(from: nil, through: nil, book: BookID("harbor"))
        #expect(harbor == Array(rows.prefix(2)))
        #expect(
            try await books.ledger.entries(from: day.adding(days: 1), through: nil, book: nil) == []
        )
    }

    @Test func `only one close runs at a time`() async throws {
        let path = books.workspace.path("store.db")
        let first = SQLCloseLock(engine: books.engine)
        let second = SQLCloseLock(engine: try await books.workspace.bareEngine("store.db"))
        let inner: Bool?? = try await first.withLock { try await second.withLock { true } }
        #expect(inner == .some(nil), "\(path)")
        let after = try await second.withLock { 7 }
        #expect(after == 7)
    }

    @Test func `a close that throws gives its lock back`() async throws {
        let lock = SQLCloseLock(engine: books.engine)
        let error = await storeError {
            _ = try await lock.withLock { () async throws -> Int in throw StoreError.diskFull }
        }
        #expect(error == .diskFull)
        let after = try await lock.withLock { 7 }
        #expect(after == 7)
    }

    private func row(
        _ kind: EntryKind, _ amount: Int64, book: String = "harbor", shard: UInt16 = 3
    ) -> LedgerRow {
        LedgerRow(
            date: day, shard: shard, kind: kind, agreement: "harbor-70",
            posting: Posting(
                book: BookID(book), account: .dueToFrom, counterparty: BookID("other"),
                currency: Books.usd, amount: amount))
    }

    private func slice(
        _ shards: Range<Int>, ledger: [LedgerRow] = [], loan: String? = nil
    ) -> SliceResult {
        SliceResult(
            date: day, shards: shards, ledger: ledger,
            distributions: loan.map { [distribution($0)] } ?? [],
            balances: loan.map { [balance($0)] } ?? [],
            anchors: loan.map { [anchor($0, isLive: true)] } ?? [])
    }

    private func distribution(_ loan: String) -> DistributionRow {
        var components = Components()
        components.principal = 1
        components.overduePrincipal = 2
        components.interest = 3
        components.overdueInterest = 4
        components.penalty = 5
        components.penaltyOnInterest = 7
        components.fee = 8
        return DistributionRow(
            loan: LoanID(loan), line: "P1", lender: PartyID("harbor"), postedOn: day,
            valueDate: day.adding(days: -1), reverses: "P0", correctionOf: "PX",
            components: components, serviceFee: 6)
    }

    private func balance(_ loan: String) -> LenderBalance {
        LenderBalance(
            loan: LoanID(loan), lender: PartyID("harbor"), date: day, currency: Books.usd,
            claims: Components(
                principal: 1, overduePrincipal: 2, interest: 3, overdueInterest: 4, penalty: 5,
                penaltyOnInterest: 7, fee: 8), daysPastDue: 6, accrualStatus: .nonAccrual)
    }

    private func anchor(_ loan: String, isLive: Bool) -> LoanAnchor {
        LoanAnchor(
            loan: LoanID(loan), shard: UInt16(shard(of: loan)), agreement: "harbor-70",
            currency: Books.usd, lenders: [PartyID("platform"), PartyID("哈勃")],
            fundedAmounts: [300, .max], startsOn: day, dueOn: day.adding(days: 31),
            openingBalance: 1_000, rate: AnnualRate(units: 12), fraction: YearFraction(1, over: 12),
            interestBefore: -1, rounding: .halfUp, isQuiet: true, isLive: isLive)
    }
}
