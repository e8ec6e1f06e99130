import BusinessCalendar
import LendingRules
import Operations
import SQLStore
import Testing

/// A transfer is concluded from what was read of its loan, or not at all.
@Suite(.everyEngine) struct TransferRaceContractTests {
    private let books: Books
    private let day = Books.firstDate

    init() async throws {
        books = try await Books()
        try await books.payAhead(["L1", "L2"])
        for loan in ["L1", "L2"] {
            try await books.answer(loan, [Books.harbor: .accepted, Books.summit: .refused])
        }
    }

    /// What may happen between the look at a loan and its conclusion.
    enum Change: String, CaseIterable {
        case fact = "a fact came in"
        case takenBack = "an acceptance is doubted"
        case unchanged = "a request that stays as it is has changed"
        case amount = "a lender holds another amount"
        case undone = "the loan was undone"
    }

    private func make(_ change: Change, of loan: String) async throws {
        switch change {
        case .fact:
            try await books.intake.record([books.payment("P1", of: loan)], on: day)
        case .takenBack: try await books.answer(loan, [Books.harbor: .inDoubt])
        case .unchanged: try await books.answer(loan, [Books.summit: .inDoubt])
        case .amount: try await books.answer(loan, [Books.harbor: .accepted], held: 399)
        case .undone: try await books.undo(loan)
        }
    }

    private func conclusions() async throws -> [TransferConclusion] {
        try await books.transfers.transferring(after: nil, limit: 9, answeredOnly: true)
            .map { try books.conclusion(of: $0) }
    }

    @Test(arguments: Change.allCases, ["L1", "L2"])
    func `nothing of a page is written when one of its loans has changed`(
        change: Change, loan: String
    ) async throws {
        let read = try await conclusions()
        #expect(read.map(\.loan.text) == ["L1", "L2"])
        try await make(change, of: loan)
        let digest = try await books.audit.digest()
        let error = await storeError { try await books.transfers.conclude(read, on: day) }
        guard case .overtaken(let record)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(record.contains(loan))
        #expect(try await books.audit.digest() == digest)
    }

    /// Refusals and acceptances alike.
    @Test func `what a lender says again overtakes nothing`() async throws {
        let read = try await conclusions()
        for loan in ["L1", "L2"] {
            try await books.answer(loan, [Books.harbor: .accepted, Books.summit: .refused])
        }
        try await books.transfers.conclude(read, on: day)
        #expect(try await conclusions().isEmpty)
        #expect(try await books.divergence() == nil)
    }

    @Test func `a request that is asked about once more goes on from its new version`()
        async throws
    {
        let before = try await books.requests(of: "L1")[Books.harbor]
        try await books.transfers.conclude(try await conclusions(), on: day)
        let held = try #require(before)
        let stored = try await books.outbox.store(
            [RequestResult(held: held, state: .inDoubt)], now: 3)
        #expect(stored.isEmpty, "it was read before the transfer")
        #expect(try await books.requests(of: "L1")[Books.harbor]?.state == .confirmed)
    }

    @Test func `nothing is concluded on a date that is not open`() async throws {
        let read = try await conclusions()
        let digest = try await books.audit.digest()
        let next = day.adding(days: 1)
        let early = await storeError { try await books.transfers.conclude(read, on: next) }
        #expect(early == .dateNotOpen("\(next)"))
        #expect(try await books.audit.digest() == digest)
        try await books.days.freeze(day)
        let late = await storeError { try await books.transfers.conclude(read, on: day) }
        #expect(late == .dateNotOpen("\(day)"))
        #expect(try await conclusions().count == 2)
    }
}
