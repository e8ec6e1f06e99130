import Bookkeeping
import BusinessCalendar
import LendingRules
import Operations
import SQLStore
import Testing

/// What the store keeps of shares that go to other lenders.
@Suite(.everyEngine) struct RerouteContractTests {
    private static let summit = PartyID("summit")
    private let books: Books

    init() async throws {
        books = try await Books()
    }

    @Test func `another bank's request is planned with the plan and the commitment, once`()
        async throws
    {
        try await books.book(["L1", "L2"])
        try await answer("L1", .refused)
        let funding = try await funding("L1")
        let conclusion = conclusion(of: funding, amount: 700)
        #expect(try await conclude(conclusion).loans == [LoanID("L1")])
        let view = try #require(try await books.loans.loan(LoanID("L1")))
        #expect(view.line.state == .funding)
        #expect(view.plan.shares.map(\.party.name) == ["platform", "summit"])
        #expect(view.requests.map(\.request.key) == ["L1.harbor.1", "L1.summit.2"])
        #expect(view.requests.map(\.state) == [.refused, .planned])
        let error = await storeError { _ = try await conclude(conclusion) }
        #expect(error?.code == "STORE-016", "the loan has a request more than it was read with")
        let claimed = try await books.outbox.claim(
            of: Self.summit, limit: 9, worker: "w", leaseUntil: 9, now: 1)
        #expect(claimed.map(\.request.key) == ["L1.summit.2"])
        #expect(claimed.map(\.request.valueDate) == [Books.firstDate.adding(days: 1)])
        let committed = try await books.totals.ledger(on: Books.firstDate).filter {
            $0.posting.book.name == "summit"
        }
        #expect(committed.map(\.posting.amount).sorted() == [-700, 700])
    }

    @Test func `what a lender accepted of its share is kept, and counts alone`() async throws {
        let limit = Books.limit(.outstanding, 5_000)
        _ = try await books.intake.book(
            LoanBatch(bookings: [books.booking("L1")], limits: [limit]))
        try await answer("L1", .accepted, heldAmount: 300)
        let held = try #require(try await books.audit.requests().first)
        #expect((held.request.amount, held.heldAmount) == (700, 300))
        #expect(try await books.used(limit) == 300)
        #expect(try await funding("L1").requests.map(\.heldAmount) == [300])
    }

    @Test func `both banks' limits are used while one has yet to give its share back`()
        async throws
    {
        let limits = [
            Books.limit(.outstanding, 5_000), Books.limit(.outstanding, 5_000, of: Self.summit),
        ]
        _ = try await books.intake.book(
            LoanBatch(bookings: [books.booking("L1"), other("L2")], limits: limits))
        try await answer("L1", .reversing)
        let first = conclusion(of: try await funding("L1"), amount: 700)
        #expect(try await conclude(first).short.isEmpty)
        #expect(try await books.used(limits[0]) == 700)
        #expect(try await books.used(limits[1]) == 800)
        try await answer("L1.summit.2", .accepted)
        let paid = try await funding("L1")
        try await books.cases.conclude(
            [
                FundingConclusion(
                    loan: LoanID("L1"), agreement: "harbor-70",
                    state: .disbursed, plan: nil,
                    requests: try paid.requests.filter { $0.state == .accepted }.map {
                        RequestResult(held: $0, state: try $0.state.after(.moneyMoved))
                    }, releases: [],
                    disbursement: books.paidOut(paid, on: Books.firstDate).disbursement)
            ], on: Books.firstDate)
        try await books.days.freeze(Books.firstDate)
        try await books.totals.freeze([], on: Books.firstDate)
        #expect(try await books.used(limits[0]) == 700, "closed, and not given back yet")
        try await answer("L1.harbor.1", .reversed)
        #expect(try await books.used(limits[0]) == 0)
        let kept = try await books.audit.limits()
        let counted = LimitCount(
            claims: kept.claims, principal: kept.principal, posted: kept.posted)
        for (slot, used) in kept.used { #expect(counted.used[slot] ?? 0 == used) }
    }

    @Test func `a bank without room is named, and nothing of its loan is written`() async throws {
        let limit = Books.limit(.day, 699, of: Self.summit)
        try await books.book(["L1"])
        try await answer("L1", .refused)
        let conclusion = conclusion(of: try await funding("L1"), amount: 700, limits: [limit])
        let concluded = try await conclude(conclusion)
        #expect(concluded.loans.isEmpty)
        #expect(concluded.short[LoanID("L1")]?.map(\.slot.key.party) == [Self.summit])
        #expect(try await funding("L1").requests.count == 1)
        #expect(try await books.audit.limits().used.isEmpty)
    }

    @Test func `a bank that is asked instead of others is counted from its first share on`()
        async throws
    {
        try await books.book(["L1", "L2", "L3"])
        let limits = LimitSpan.allCases.map { Books.limit($0, 1_400, of: Self.summit) }
        for loan in ["L1", "L2", "L3"] { try await answer(loan, .refused) }
        let read = try await books.cases.undecided()
        let concluded = try await books.cases.conclude(
            read.map { conclusion(of: $0, amount: 700, limits: limits) }, on: Books.firstDate)
        #expect(concluded.loans == [LoanID("L1"), LoanID("L2")])
        #expect(concluded.short.keys.map(\.text) == ["L3"])
        let kept = try await books.audit.limits()
        let counted = LimitCount(
            claims: kept.claims, principal: kept.principal, posted: kept.posted)
        #expect(Set(kept.used.keys) == Set(limits.map { LimitSlot($0.key, on: Books.firstDate) }))
        for (slot, used) in kept.used {
            #expect(used == 1_400 && counted.used[slot] == used, "\(slot)")
        }
    }

    @Test func `what began to be counted follows what the same conclusions changed before`()
        async throws
    {
        try await books.book(["L1", "L2"])
        for loan in ["L1", "L2"] { try await answer(loan, .refused) }
        let day = Books.limit(.day, 5_000, of: Self.summit)
        let whole = Books.limit(.outstanding, 5_000, of: Self.summit)
        let read = try await books.cases.undecided()
        try await books.cases.conclude(
            [
                conclusion(of: read[0], amount: 700, limits: [day]),
                conclusion(of: read[1], amount: 700, limits: [whole]),
            ], on: Books.firstDate)
        #expect(
            try await books.audit.limits().used == [
                LimitSlot(day.key, on: Books.firstDate): 1_400,
                LimitSlot(whole.key, on: Books.firstDate): 1_400,
            ])
    }

    @Test func `a share that comes back to a bank counts again`() async throws {
        let limit = Books.limit(.outstanding, 5_000)
        _ = try await books.intake.book(
            LoanBatch(bookings: [books.booking("L1")], limits: [limit]))
        for (state, used) in [(RequestState.reversed, Int64(0)), (.reversing, 700), (.reversed, 0)]
        {
            try await answer("L1", state)
            #expect(try await books.used(limit) == used)
        }
    }
}

extension RerouteContractTests {
    /// Stores a state of a request, named by its key or by its loan.
    private func answer(_ name: String, _ state: RequestState, heldAmount: Int64? = nil)
        async throws
    {
        _ = try await books.outbox.claim(limit: 99, worker: "w", leaseUntil: 9, now: 1)
        let held = try #require(
            try await books.audit.requests().first {
                $0.request.key == name || $0.request.loan == LoanID(name)
            })
        let stored = try await books.outbox.store(
            [RequestResult(held: held, state: state, heldAmount: heldAmount)], now: 2)
        #expect(stored.count == 1)
    }

    private func funding(_ loan: String) async throws -> FundingCase {
        try #require(
            try await books.cases.undecided().first { $0.record.loan == LoanID(loan) })
    }

    private func conclude(_ conclusion: FundingConclusion) async throws -> ConcludedLoans {
        try await books.cases.conclude([conclusion], on: Books.firstDate)
    }

    /// Summit is asked for a loan's share.
    private func conclusion(
        of funding: FundingCase, amount: Int64, limits: [Limit] = []
    ) -> FundingConclusion {
        let old = funding.requests[0].request
        let request = FundingRequest(
            key: "\(old.loan).summit.2", loan: old.loan, party: Self.summit, amount: amount,
            currency: old.currency, loanAmount: old.loanAmount,
            valueDate: old.valueDate.adding(days: 1), expiresAt: 78, borrowerRef: old.borrowerRef,
            terms: old.terms)
        let shares = LimitedShares(
            agreement: funding.record.agreement, party: Self.summit, currency: old.currency,
            bookedOn: funding.record.bookedOn)
        var conclusion = FundingConclusion(
            loan: old.loan, agreement: "harbor-70",
            state: .funding,
            plan: SharePlan(shares: [
                PlannedShare(party: PartyID("platform"), amount: 300),
                PlannedShare(party: Self.summit, amount: amount),
            ]), requests: [],
            releases: Commitment.postings(
                party: Self.summit, currency: old.currency, amount: amount),
            disbursement: nil,
            rooms: [NeededRoom(shares: shares, amount: amount, limits: limits)],
            asked: [request])
        conclusion.basis = funding.requests
        return conclusion
    }

    /// A loan of which summit lends 100.
    private func other(_ id: String) -> LoanBooking {
        let sample = books.booking(id)
        return LoanBooking(
            record: sample.record,
            plan: SharePlan(shares: [
                PlannedShare(party: PartyID("platform"), amount: 900),
                PlannedShare(party: Self.summit, amount: 100),
            ]),
            requests: [
                FundingRequest(
                    key: "\(id).summit.1", loan: LoanID(id), party: Self.summit, amount: 100,
                    currency: Books.usd, loanAmount: 1_000, valueDate: Books.firstDate,
                    expiresAt: 77, borrowerRef: "B", terms: sample.requests[0].terms)
            ], commitments: [])
    }
}
