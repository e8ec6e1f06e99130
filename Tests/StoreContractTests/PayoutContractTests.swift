import BusinessCalendar
import LendingRules
import Monetary
import Operations
import Reconciling
import SQLStore
import Testing

@Suite(.everyEngine) struct PayoutContractTests {
    private let books: Books
    private let payouts: SQLPayouts
    private let day = Books.firstDate
    private let loan = LoanID("L1")

    init() async throws {
        books = try await Books()
        payouts = SQLPayouts(engine: books.engine, firstDate: Books.firstDate)
    }

    private func payout(_ number: Int = 1, on date: BusinessDate = Books.firstDate) -> Payout {
        Payout(
            key: "L1.payout", loan: loan, amount: 1_000, currency: Books.usd, number: number,
            plannedOn: date)
    }

    /// L1 with every share accepted, its payout planned.
    private func plan() async throws {
        try await books.book(["L1"])
        let held = try #require(
            try await books.outbox.claim(limit: 1, worker: "w", leaseUntil: 9, now: 1).first)
        try await books.outbox.store([RequestResult(held: held, state: .accepted)], now: 2)
        let conclusion = FundingConclusion(
            loan: loan, agreement: "harbor-70",
            state: .payingOut, plan: nil, requests: [], releases: [],
            disbursement: nil, payout: payout())
        try await books.cases.conclude([conclusion], on: day)
    }

    private func claim(_ worker: String = "w", leaseUntil: Int64 = 100) async throws -> HeldPayout {
        try #require(
            try await payouts.claim(limit: 9, worker: worker, leaseUntil: leaseUntil, now: 1)
                .first)
    }

    private var state: LoanState? {
        get async throws { try await books.loans.loan(loan)?.line.state }
    }

    @Test func `a claim is committed with the payout, and made once`() async throws {
        try await plan()
        let held = try await claim()
        #expect(held.payout == payout())
        #expect(held.state == .sent && held.version == 1 && held.lastAttemptAt == 1)
        #expect(try await payouts.claim(limit: 9, worker: "x", leaseUntil: 9, now: 1).isEmpty)
        #expect(try await payouts.unsettled().isEmpty)
    }

    @Test(arguments: [
        ("w", Int64(0), 1), ("other", 0, 0), ("other", 100, 0), ("other", 101, 1),
    ])
    func `a claim that is taken over is in doubt, never sent, and so is its loan`(
        worker: String, now: Int64, count: Int
    ) async throws {
        try await plan()
        _ = try await claim()
        #expect(try await payouts.takeOver(worker: worker, now: now) == count)
        #expect(try await payouts.unsettled().count == count)
        #expect(try await payouts.claim(limit: 9, worker: "x", leaseUntil: 9, now: 1).isEmpty)
        #expect(try await state == (count == 0 ? .payingOut : .payoutInDoubt))
    }

    @Test func `a result counts only under the version it was claimed at`() async throws {
        try await plan()
        let held = try await claim()
        _ = try await payouts.takeOver(worker: "w", now: 5)
        let late = PayoutResult(held: held, state: .failed, reason: "late")
        #expect(try await payouts.store([late], now: 6).isEmpty)
        #expect(try await payouts.unsettled().map(\.state) == [.inDoubt])
    }

    @Test func `what was seen last is kept with a payout, and nothing of before`() async throws {
        try await plan()
        let silent = PayoutResult(held: try await claim(), state: .inDoubt, evidence: "silence")
        try await payouts.store([silent], now: 3)
        let doubt = try #require(try await payouts.unsettled().first)
        #expect(doubt.evidence == "silence")
        #expect(try await books.loans.loan(loan)?.payout?.held.evidence == "silence")
        try await payouts.store([PayoutResult(held: doubt, state: .inDoubt)], now: 4)
        #expect(try await payouts.unsettled().map(\.evidence) == [""])
    }

    @Test(arguments: PayoutState.allCases)
    func `every state of a payout is stored and read back, the loan's with it`(
        state: PayoutState
    ) async throws {
        try await plan()
        let result = PayoutResult(
            held: try await claim(), state: state, answeredOn: day, reference: "PO-1",
            reason: "why", evidence: "seen")
        #expect(try await payouts.store([result], now: 3) == [result])
        let view = try #require(try await books.loans.loan(loan)?.payout)
        #expect(view.held.state == state && view.held.answeredOn == day)
        #expect(view.reference == "PO-1" && view.reason == "why")
        #expect(try await books.intake.subjects([loan])[loan]?.payout == state)
        #expect(try await self.state == state.ofLoan)
        let isDecided = [.confirmed, .failed].contains(state)
        #expect(try await payouts.decided().count == (isDecided ? 1 : 0))
        try await books.days.freeze(day)
        let isLate = state == .planned
        #expect(try await payouts.decided().count == (isDecided || isLate ? 1 : 0))
    }

    @Test func `concluding disburses with fact and confirmed shares, once`() async throws {
        try await plan()
        let paid = PayoutResult(held: try await claim(), state: .confirmed, answeredOn: day)
        try await payouts.store([paid], now: 3)
        let decided = try #require(try await payouts.decided().first)
        let conclusion = PayoutConclusion(
            held: decided.held, state: .disbursed,
            requests: decided.funding.requests.map { RequestResult(held: $0, state: .confirmed) },
            releases: Commitment.postings(
                party: PartyID("harbor"), currency: Books.usd, amount: -700),
            disbursement: LoanFact(
                id: "L1.disbursed", kind: .disbursed, valueDate: day, bookingDate: day,
                instant: 9))
        #expect(try await payouts.conclude([conclusion], on: day) == [loan])
        let digest = try await books.audit.digest()
        #expect(try await payouts.conclude([conclusion], on: day).isEmpty)
        #expect(try await books.audit.digest() == digest)
        let view = try #require(try await books.loans.loan(loan))
        #expect(view.line.state == .disbursed && view.line.disbursedOn == day)
        #expect(view.requests.map(\.state) == [.confirmed])
        #expect(try await books.totals.ledger(on: day).isEmpty, "the commitment is released")
        #expect(try await books.audit.contradictoryLoans().isEmpty)
        let moved = MovedPayout(
            kind: .payout, key: "L1.payout", currency: Books.usd, amount: -1_000, valueDate: day)
        #expect(try await books.cash.movedPayouts(on: day) == [moved])
        #expect(try await books.audit.movedPayouts(on: day) == [moved])
        #expect(
            try await books.cash.payouts(["L1.payout", "L2.payout", "x"]) == [
                KnownPayout(
                    key: "L1.payout", loan: loan, amount: 1_000, currency: Books.usd,
                    isUndone: false)
            ])
    }

    @Test func `a share that is doubted meanwhile keeps its loan's payout from being concluded`()
        async throws
    {
        try await plan()
        let paid = PayoutResult(held: try await claim(), state: .confirmed, answeredOn: day)
        try await payouts.store([paid], now: 3)
        let decided = try #require(try await payouts.decided().first)
        let conclusion = PayoutConclusion(
            held: decided.held, state: .disbursed,
            requests: decided.funding.requests.map { RequestResult(held: $0, state: .confirmed) })
        let held = decided.funding.requests[0]
        try await books.outbox.store([RequestResult(held: held, state: .accepted)], now: 4)
        let doubted = RequestResult(
            held: try #require(try await books.audit.requests().first), state: .inDoubt)
        try await books.outbox.store([doubted], now: 5)
        let error = await storeError { try await payouts.conclude([conclusion], on: day) }
        #expect(error?.code == "STORE-016")
        let doubt = try #require(try await books.outbox.unsettled().first)
        try await books.outbox.store([RequestResult(held: doubt, state: .accepted)], now: 6)
        #expect(try await payouts.conclude([conclusion], on: day) == [loan], "it stands again")
    }

    @Test func `what is decided is read by pages, in loan order`() async throws {
        try await plan()
        try await books.days.freeze(day)
        #expect(try await payouts.decided(after: nil, limit: 1).map(\.held.payout.loan) == [loan])
        #expect(try await payouts.decided(after: nil, limit: 0).isEmpty)
        #expect(try await payouts.decided(after: LoanID("L0"), limit: 9).count == 1)
        #expect(try await payouts.decided(after: loan, limit: 9).isEmpty)
    }

    @Test func `another try keeps the key and counts on`() async throws {
        try await plan()
        let failed = PayoutResult(held: try await claim(), state: .failed, answeredOn: day)
        try await payouts.store([failed], now: 3)
        let held = try #require(try await payouts.decided().first).held
        let next = payout(2, on: day.adding(days: 1))
        let again = PayoutConclusion(held: held, state: .planned, retry: next)
        #expect(try await payouts.conclude([again], on: day) == [loan])
        #expect(try await claim().payout == next)
        #expect(try await state == .payingOut)
    }

    @Test func `nothing is concluded on a date that is not open`() async throws {
        try await plan()
        try await books.days.freeze(day)
        let held = try #require(try await payouts.decided().first).held
        let error = await storeError {
            try await payouts.conclude([PayoutConclusion(held: held, state: .abandoned)], on: day)
        }
        #expect(error == .dateNotOpen("\(day)"))
    }

    @Test(arguments: [
        "DELETE FROM payout", "UPDATE loan SET state = 6", "UPDATE loan SET disbursed_on = 1",
    ])
    func `a loan that is paid out without a payout contradicts itself`(change: String)
        async throws
    {
        try await plan()
        #expect(try await books.audit.contradictoryLoans().isEmpty)
        try await books.engine.write { connection in _ = try connection.execute(change) }
        #expect(try await books.audit.contradictoryLoans() == [loan])
    }
}
