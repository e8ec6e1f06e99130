import BusinessCalendar
import LendingRules
import Monetary
import Operations
import SQLStore
import Testing

/// Parts, statuses, requests in flight and versions of files, in the store.
@Suite(.everyEngine) struct DetailContractTests {
    private let books: Books
    private let day = Books.firstDate
    private let harbor = PartyID("harbor")

    init() async throws {
        books = try await Books()
    }

    private func slice(_ loan: String) -> SliceResult {
        SliceResult(
            date: day, shards: 0..<4096, ledger: [], distributions: [],
            balances: [
                LenderBalance(
                    loan: LoanID(loan), lender: harbor, date: day, currency: Books.usd,
                    claims: Components(principal: 1, interest: 2, penaltyOnInterest: 3, fee: 4),
                    daysPastDue: 0, accrualStatus: .nonAccrual,
                    accrual: OpenAccrual(interest: 7, penalty: -8, penaltyOnInterest: 9))
            ], anchors: [],
            parts: [
                DistributionPart(
                    loan: LoanID(loan), line: "P1", lender: harbor, postedOn: day, instalment: 12,
                    components: Components(
                        principal: 1, overduePrincipal: 2, interest: 3, overdueInterest: 4,
                        penalty: 5, penaltyOnInterest: 7, fee: 8), serviceFee: 6)
            ],
            statusChanges: [
                StatusChange(
                    loan: LoanID(loan), date: day, from: .pastDue, to: .paidOff, daysPastDue: 3,
                    accrual: .nonAccrual)
            ])
    }

    @Test func `parts, statuses and accruals read back as they were posted`() async throws {
        try await books.disburse(["L1"])
        let posted = slice("L1")
        for _ in 0..<2 { try await books.book.post(posted) }
        #expect(try await books.audit.distributionParts(on: day) == posted.parts)
        #expect(try await books.audit.statusChanges(on: day) == posted.statusChanges)
        #expect(try await books.audit.balances(on: day) == posted.balances)
        let lines = try await books.files.lines(for: harbor, on: day)
        #expect(lines.parts == posted.parts.map { PartLine(part: $0, currency: Books.usd) })
        #expect(lines.statusChanges == posted.statusChanges)
        let others = try await books.files.lines(for: PartyID("summit"), on: day)
        #expect(others.parts.isEmpty)
        #expect(others.statusChanges.isEmpty)
        #expect(try await books.files.lines(for: harbor, on: day.adding(days: 1)).parts.isEmpty)
    }

    @Test func `an accepted request is in flight until its loan is paid out`() async throws {
        try await books.book(["L1"])
        func keys(_ date: BusinessDate) async throws -> [String] {
            try await books.files.lines(for: harbor, on: date).inFlight.map(\.requestKey)
        }
        #expect(try await keys(day).isEmpty, "not answered yet")
        let claimed = try await books.outbox.claim(
            limit: 1, worker: "w", leaseUntil: 10, now: 1)
        try await books.outbox.store(
            claimed.map { RequestResult(held: $0, state: .accepted, reference: "r") }, now: 2)
        #expect(try await keys(day) == ["L1.harbor.1"])
        #expect(try await keys(day.adding(days: -1)).isEmpty, "asked for later")
        try await books.days.freeze(day)
        let next = day.adding(days: 1)
        try await books.cases.conclude(
            try await books.cases.undecided().map { books.paidOut($0, on: next) }, on: next)
        #expect(try await keys(day) == ["L1.harbor.1"], "a close resumed late sees the same")
        #expect(try await keys(next).isEmpty)
    }
}
