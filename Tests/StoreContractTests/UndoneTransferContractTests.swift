import Bookkeeping
import BusinessCalendar
import LendingRules
import Operations
import SQLStore
import Testing

/// The memorandum of a loan that is undone while its shares are being transferred: it stands as
/// long as something is to be taken back, and no longer.
@Suite(.everyEngine) struct UndoneTransferContractTests {
    private let books: Books
    private let day = Books.firstDate

    init() async throws {
        books = try await Books()
        try await books.payAhead(["L1"])
    }

    static let kinds: [LoanFact.Kind] = [
        .cancelled(.none), .payoutFailed, .payoutReturned,
    ]

    private var kept: [Int64] {
        get async throws {
            [
                try await books.commitments(),
                try await books.commitments(of: Books.summit),
            ]
        }
    }

    @Test(arguments: kinds)
    func `what leaves nothing to take back releases it with the fact, once`(kind: LoanFact.Kind)
        async throws
    {
        try await books.answer("L1", [Books.harbor: .refused, Books.summit: .reversed])
        #expect(try await kept == [400, 300])
        try await books.undo("L1", kind)
        #expect(try await kept == [0, 0])
        #expect(try await books.totals.ledger(on: day).isEmpty)
        #expect(try await books.transfer(of: "L1") == nil)
        #expect(try await books.divergence() == nil)
        let digest = try await books.audit.digest()
        try await books.undo("L1", kind)
        #expect(try await books.audit.digest() == digest)
    }

    @Test func `it is released on the date that is open then`() async throws {
        try await books.answer("L1", [Books.harbor: .refused, Books.summit: .refused])
        try await books.days.freeze(day)
        let next = day.adding(days: 1)
        try await books.undo("L1", on: next)
        #expect(try await books.totals.ledger(on: day).count == 4)
        #expect(
            try await books.totals.ledger(on: next).map(\.posting.amount).sorted()
                == [-400, -300, 300, 400])
    }

    @Test(arguments: [RequestState.planned, .pending, .inDoubt, .accepted])
    func `what is to be taken back keeps it until the transfer is concluded`(
        state: RequestState
    ) async throws {
        try await books.answer("L1", [Books.harbor: state, Books.summit: .refused])
        try await books.undo("L1")
        #expect(try await kept == [400, 300])
        #expect(try await books.divergence() == nil)
        let transfer = try #require(try await books.transfer(of: "L1"))
        try await books.transfers.conclude(
            [try books.conclusion(of: transfer, isKept: true)], on: day)
        #expect(try await kept == [0, 0])
        let view = try #require(try await books.loans.loan(LoanID("L1")))
        #expect(view.line.state == .cancelled)
        #expect(view.requests.map(\.state) == [.reversing, .refused])
        #expect(try await books.divergence() == nil)
        try await books.answer("L1", [Books.harbor: .reversed])
        #expect(try await kept == [0, 0], "not a second time")
    }

    @Test(
        arguments: [
            RequestState.planned, .sent, .pending, .inDoubt,
        ], [RequestState.refused, .reversed, .reversing])
    func `the last answer releases it when nothing is left to take back`(
        open: RequestState, last: RequestState
    ) async throws {
        try await books.answer("L1", [Books.harbor: open, Books.summit: .pending])
        try await books.undo("L1")
        try await books.answer("L1", [Books.harbor: last])
        #expect(try await kept == [400, 300], "summit owes an answer")
        #expect(try await books.divergence() == nil)
        let stale = try #require(try await books.requests(of: "L1")[Books.summit])
        try await books.answer("L1", [Books.summit: last])
        #expect(try await kept == [0, 0])
        #expect(try await books.transfer(of: "L1") == nil)
        #expect(try await books.divergence() == nil)
        let again = [RequestResult(held: stale, state: last)]
        #expect(try await books.outbox.store(again, now: 3).isEmpty)
        #expect(try await kept == [0, 0], "not a second time")
    }

    @Test func `lenders that answer at once release it once`() async throws {
        try await books.answer("L1", [Books.harbor: .pending, Books.summit: .pending])
        try await books.undo("L1")
        let outbox = books.outbox
        let results = try await books.requests(of: "L1").values.map {
            RequestResult(held: $0, state: .refused)
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for result in results {
                group.addTask { _ = try await outbox.store([result], now: 3) }
            }
            try await group.waitForAll()
        }
        #expect(try await kept == [0, 0])
    }

    @Test func `an acceptance that comes in after all is taken back as any other`() async throws {
        try await books.answer("L1", [Books.harbor: .pending, Books.summit: .refused])
        try await books.undo("L1")
        try await books.answer("L1", [Books.harbor: .accepted])
        #expect(try await kept == [400, 300])
        let transfer = try #require(try await books.transfer(of: "L1"))
        try await books.transfers.conclude(
            [try books.conclusion(of: transfer, isKept: true)], on: day)
        #expect(try await kept == [0, 0])
        #expect(try await books.divergence() == nil)
    }

    @Test func `a loan whose transfer is concluded releases nothing more`() async throws {
        try await books.answer("L1", [Books.harbor: .accepted, Books.summit: .refused])
        let transfer = try #require(try await books.transfer(of: "L1"))
        try await books.transfers.conclude([try books.conclusion(of: transfer)], on: day)
        try await books.days.freeze(day)
        try await books.undo("L1", on: day.adding(days: 1))
        #expect(try await kept == [0, 0])
        let view = try #require(try await books.loans.loan(LoanID("L1")))
        #expect(view.requests.map(\.state) == [.returned, .refused])
        #expect(try await books.transfer(of: "L1") == nil)
        #expect(try await books.divergence() == nil)
    }

    @Test func `a memorandum that nobody releases is found`() async throws {
        try await books.answer("L1", [Books.harbor: .pending, Books.summit: .refused])
        try await books.undo("L1")
        try await books.engine.write { connection in
            _ = try connection.execute("UPDATE funding_request SET state = 7")
        }
        #expect(try await books.divergence()?.law == .funding)
    }
}
