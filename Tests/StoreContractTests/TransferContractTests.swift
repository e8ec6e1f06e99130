import BusinessCalendar
import LendingRules
import Operations
import SQLStore
import Testing

/// Loans whose shares are transferred after their payout: which are read, and what concluding them
/// writes.
@Suite(.everyEngine) struct TransferContractTests {
    private let books: Books
    private let day = Books.firstDate

    init() async throws {
        books = try await Books()
    }

    private func listed(
        after loan: String? = nil, limit: Int = 9, answeredOnly: Bool = false
    ) async throws -> [String] {
        try await books.transfers.transferring(
            after: loan.map { LoanID($0) }, limit: limit, answeredOnly: answeredOnly
        ).map(\.funding.record.loan.text)
    }

    @Test func `loans are read in loan order, by pages`() async throws {
        try await books.payAhead(["L3", "L1", "L2"])
        #expect(try await listed() == ["L1", "L2", "L3"])
        #expect(try await listed(limit: 2) == ["L1", "L2"])
        #expect(try await listed(after: "L2", limit: 2) == ["L3"])
        #expect(try await listed(after: "L3").isEmpty)
        #expect(try await listed(limit: 0).isEmpty)
    }

    @Test func `a loan is read with its plan, its requests and every fact`() async throws {
        try await books.payAhead(["L1"])
        try await books.intake.record([books.payment("P1", of: "L1")], on: day)
        let read = try #require(try await books.transfer(of: "L1"))
        #expect(read.funding.state == .transferring)
        #expect(read.funding.record == books.record("L1"))
        #expect(read.funding.plan == Books.sharesAhead)
        #expect(read.funding.requests.map(\.request.key) == ["L1.harbor.1", "L1.summit.1"])
        #expect(read.funding.requests.map(\.state) == [.planned, .planned])
        #expect(read.disbursedOn == day)
        #expect(read.facts.map(\.id).sorted() == ["L1.disbursed", "P1"])
        #expect(try await books.transfers.openDate() == day)
    }

    @Test(arguments: RequestState.allCases)
    func `a loan that waits for an answer can be left out`(state: RequestState) async throws {
        try await books.payAhead(["L1", "L2"])
        for loan in ["L1", "L2"] { try await books.answer(loan, [Books.summit: .accepted]) }
        try await books.answer("L1", [Books.harbor: state])
        try await books.answer("L2", [Books.harbor: .refused])
        #expect(try await listed() == ["L1", "L2"])
        let answered = state.owesAnswer ? ["L2"] : ["L1", "L2"]
        #expect(try await listed(answeredOnly: true) == answered)
    }

    /// A request on the wire is waited for, also when its loan is undone.
    @Test(arguments: RequestState.allCases)
    func `a loan undone is read among the others while a request is to be taken back`(
        state: RequestState
    ) async throws {
        try await books.payAhead(["L1", "L2", "L3"])
        try await books.answer("L2", [Books.harbor: state, Books.summit: .refused])
        try await books.undo("L2")
        let isTakenBack = state.canBeGivenUp || state == .accepted
        let all = isTakenBack ? ["L1", "L2", "L3"] : ["L1", "L3"]
        #expect(try await listed() == all)
        #expect(try await listed(answeredOnly: true) == all.filter { $0 == "L2" })
        #expect(try await listed(after: "L1", limit: 1) == [isTakenBack ? "L2" : "L3"])
    }

    @Test(arguments: [LoanFact.Kind.cancelled(.none), .payoutFailed, .payoutReturned])
    func `a loan undone is read once, with the fact that undid it`(kind: LoanFact.Kind)
        async throws
    {
        try await books.payAhead(["L1"])
        try await books.answer("L1", [Books.harbor: .accepted, Books.summit: .pending])
        try await books.undo("L1", kind)
        #expect(try await listed() == ["L1"])
        let read = try #require(try await books.transfer(of: "L1"))
        #expect(read.facts.map(\.kind) == [.disbursed, kind])
        #expect(read.funding.state == (kind == .cancelled(.none) ? .cancelled : .payoutFailed))
    }

    @Test func `a loan that was never paid out is not read, whatever its requests are`()
        async throws
    {
        try await books.book(["L1", "L2"])
        let conclusion = FundingConclusion(
            loan: LoanID("L1"), agreement: "harbor-70", state: .cancelled, plan: nil,
            requests: [], releases: [], disbursement: nil)
        try await books.cases.conclude([conclusion], on: day)
        #expect(try await listed().isEmpty)
    }

    @Test func `concluding writes state, plan, requests, releases and the fact, and only once`()
        async throws
    {
        try await books.payAhead(["L1"])
        try await books.answer("L1", [Books.harbor: .accepted, Books.summit: .refused])
        #expect(try await books.commitments() == 400)
        #expect(try await books.divergence() == nil)
        let conclusion = try books.conclusion(
            of: try #require(try await books.transfer(of: "L1")))
        try await books.transfers.conclude([conclusion], on: day)
        let view = try #require(try await books.loans.loan(LoanID("L1")))
        #expect(view.line.state == .disbursed && view.line.disbursedOn == day)
        #expect(view.plan == conclusion.plan)
        #expect(view.plan.shares.map(\.amount) == [600, 400])
        #expect(view.requests.map(\.state) == [.confirmed, .refused])
        #expect(view.facts.map(\.id) == ["L1.disbursed", "L1.transfer"])
        #expect(view.facts.last == conclusion.transfer)
        #expect(try await books.totals.ledger(on: day).isEmpty, "the memorandum is released")
        #expect(try await listed().isEmpty)
        #expect(try await books.audit.contradictoryLoans().isEmpty)
        #expect(try await books.divergence() == nil)
        let digest = try await books.audit.digest()
        let error = await storeError {
            try await books.transfers.conclude([conclusion], on: day)
        }
        #expect(error == .overtaken(record: "loan L1"))
        #expect(try await books.audit.digest() == digest)
    }

    @Test func `what stays with the originator leaves no fact, and what was asked is taken back`()
        async throws
    {
        try await books.payAhead(["L1"])
        try await books.answer("L1", [Books.harbor: .accepted, Books.summit: .pending])
        let transfer = try #require(try await books.transfer(of: "L1"))
        try await books.transfers.conclude(
            [try books.conclusion(of: transfer, isKept: true)], on: day)
        let view = try #require(try await books.loans.loan(LoanID("L1")))
        #expect(view.line.state == .disbursed)
        #expect(view.plan.shares == [PlannedShare(party: Books.platform, amount: 1_000)])
        #expect(view.requests.map(\.state) == [.reversing, .reversing])
        #expect(view.facts.map(\.kind) == [.disbursed])
        #expect(try await books.outbox.unsettled().count == 2, "both are to be told")
        #expect(try await books.totals.ledger(on: day).isEmpty)
        #expect(try await books.divergence() == nil)
    }

    @Test func `limits follow what becomes of the shares`() async throws {
        let parties = [Books.platform, Books.harbor, Books.summit]
        let limits = parties.map { Books.limit(.outstanding, 5_000, of: $0) }
        try await books.payAhead(["L1"], limits: limits)
        try await books.answer("L1", [Books.harbor: .accepted, Books.summit: .pending])
        #expect(try await books.used(limits[2]) == 300)
        let conclusion = try books.conclusion(
            of: try #require(try await books.transfer(of: "L1")))
        try await books.transfers.conclude([conclusion], on: day)
        #expect(try await books.used(limits[1]) == 400)
        #expect(try await books.used(limits[2]) == 300, "until summit has given it back")
        try await books.answer("L1", [Books.summit: .reversed])
        #expect(try await books.used(limits[2]) == 0)
        let kept = try await books.audit.limits()
        let counted = LimitCount(
            claims: kept.claims, principal: kept.principal, posted: kept.posted)
        for (slot, used) in kept.used { #expect(counted.used[slot] ?? 0 == used, "\(slot)") }
    }
}
