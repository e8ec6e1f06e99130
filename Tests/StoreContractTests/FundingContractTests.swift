import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Operations
import SQLStore
import Testing

@Suite(.everyEngine) struct FundingContractTests {
    private let books: Books

    init() async throws {
        books = try await Books()
    }

    @Test func `a claim counts the attempt before anything is sent`() async throws {
        try await books.book(["L2", "L1"])
        let claimed = try await books.outbox.claim(
            limit: 1, worker: "w", leaseUntil: 100, now: 50)
        #expect(claimed.map(\.request.key) == ["L2.harbor.1"], "its shard is the first")
        #expect(claimed.map(\.state) == [.sent])
        #expect(claimed.map(\.attempt) == [1])
        #expect(claimed.map(\.version) == [1])
        #expect(claimed.map(\.lastAttemptAt) == [50])
    }

    @Test func `a claim for one bank leaves the others' requests planned`() async throws {
        try await books.book(["L2", "L1"])
        let (harbor, other) = (PartyID("harbor"), PartyID("meridian"))
        func claim(_ party: PartyID?) async throws -> [String] {
            try await books.outbox.claim(
                of: party, limit: 9, worker: "w", leaseUntil: 100, now: 50
            ).map(\.request.key)
        }
        #expect(try await claim(other).isEmpty)
        #expect(try await claim(harbor) == ["L2.harbor.1", "L1.harbor.1"], "in shard order")
        #expect(try await claim(nil).isEmpty)
    }

    @Test func `what is planned is counted by party and read by date`() async throws {
        try await books.book(["L2", "L1", "L3"])
        let harbor = PartyID("harbor")
        func planned(_ party: PartyID, _ days: Int, limit: Int = 9) async throws -> [String] {
            try await books.outbox.planned(
                of: party, through: Books.firstDate.adding(days: days), limit: limit
            ).map(\.request.key)
        }
        #expect(try await books.outbox.planned() == [harbor: 3])
        let keys = ["L1.harbor.1", "L2.harbor.1", "L3.harbor.1"]
        #expect(try await planned(harbor, 0).sorted() == keys)
        #expect(try await planned(harbor, 0, limit: 2).count == 2)
        #expect(try await planned(harbor, -1).isEmpty)
        #expect(try await planned(PartyID("meridian"), 0).isEmpty)
        #expect(try await books.cases.undecidedCount() == 3)
        _ = try await claim()
        #expect(try await books.outbox.planned() == [harbor: 2])
        #expect(try await planned(harbor, 0).count == 2)
    }

    @Test func `two workers never claim the same request`() async throws {
        try await books.book((1...60).map { "L\($0)" })
        let outbox = books.outbox
        let keys = try await withThrowingTaskGroup(of: [String].self) { group in
            for worker in 0..<12 {
                group.addTask {
                    try await outbox.claim(
                        limit: 7, worker: "w\(worker)", leaseUntil: 9, now: 1
                    ).map(\.request.key)
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(keys.count == 60)
        #expect(Set(keys).count == 60)
    }

    @Test func `a result counts only under the version it was claimed at`() async throws {
        try await books.book(["L1"])
        let held = try await claim()
        _ = try await books.outbox.takeOver(worker: "other", now: 1_000)
        try await books.outbox.store(
            [RequestResult(held: held, state: .refused, reasonCode: "late")], now: 3)
        let after = try #require(try await books.outbox.unsettled().first)
        #expect(after.state == .inDoubt)
        #expect(after.version == held.version + 1)
    }

    @Test func `what the last exchange showed is told of an open request, and nothing older`()
        async throws
    {
        try await books.book(["L1"])
        var held = try await claim()
        #expect(held.evidence.isEmpty)
        for seen in ["the answer is about 700.02 USD, not 700.01 USD", "no connection", ""] {
            try await books.outbox.store(
                [RequestResult(held: held, state: .inDoubt, evidence: seen)], now: 3)
            held = try #require(try await books.outbox.unsettled().first)
            #expect(held.evidence == seen)
        }
    }

    @Test(arguments: [
        ("w", Int64(0), 1), ("other", 0, 0), ("other", 100, 0), ("other", 101, 1),
    ])
    func `only a lapsed lease or one's own earlier claim is taken over`(
        worker: String, now: Int64, count: Int
    ) async throws {
        try await books.book(["L1"])
        _ = try await claim(leaseUntil: 100)
        #expect(try await books.outbox.takeOver(worker: worker, now: now) == count)
        #expect(try await books.outbox.unsettled().count == count)
        let again = try await books.outbox.claim(
            limit: 9, worker: worker, leaseUntil: 200, now: now)
        #expect(again.isEmpty, "in doubt is asked about, never sent")
    }

    @Test func `a request that never left is claimed again under its key`() async throws {
        try await books.book(["L1"])
        let first = try await claim()
        try await books.outbox.store([RequestResult(held: first, state: .planned)], now: 2)
        let second = try await claim()
        #expect(second.request == first.request)
        #expect(second.attempt == 2)
    }

    @Test func `paying out writes state, fact and the release of the commitment`() async throws {
        try await books.disburse(["L1"])
        #expect(try await books.cases.undecided().isEmpty)
        let view = try #require(try await books.loans.loan(LoanID("L1")))
        #expect(view.line.state == .disbursed)
        #expect(view.line.disbursedOn == Books.firstDate)
        #expect(view.facts.map(\.kind) == [.disbursed])
        #expect(view.requests.map(\.state) == [.confirmed])
        #expect(view.answers == ["L1.harbor.1": "ref-L1"])
        #expect(try await books.totals.ledger(on: Books.firstDate).isEmpty)
    }

    @Test func `concluding twice is concluding once`() async throws {
        try await books.book(["L1"])
        let held = try await claim()
        try await books.outbox.store([RequestResult(held: held, state: .accepted)], now: 2)
        let plan = SharePlan(shares: [PlannedShare(party: PartyID("platform"), amount: 1_000)])
        let conclusions = try await books.cases.undecided().map {
            books.paidOut($0, on: Books.firstDate, plan: plan)
        }
        try await books.cases.conclude(conclusions, on: Books.firstDate)
        let before = try await books.audit.digest()
        try await books.cases.conclude(conclusions, on: Books.firstDate)
        #expect(try await books.audit.digest() == before)
        #expect(try await books.loans.loan(LoanID("L1"))?.plan == plan)
    }

    @Test func `a conclusion from stale requests changes nothing`() async throws {
        try await books.book(["L1"])
        let stale = try await books.cases.undecided()
        _ = try await claim()
        let error = await storeError {
            try await books.cases.conclude(
                stale.map { books.paidOut($0, on: Books.firstDate) }, on: Books.firstDate)
        }
        #expect(error?.code == "STORE-016")
        #expect(try await books.cases.undecided().map(\.state) == [.funding])
    }

    @Test(arguments: RequestState.allCases)
    func `every state of a request is stored and read back`(state: RequestState) async throws {
        try await books.book(["L1"])
        let held = try await claim()
        try await books.outbox.store([RequestResult(held: held, state: state)], now: 2)
        #expect(try await books.audit.requests().map(\.state) == [state])
        let isUnsettled = state.isDoubtful && state != .sent || state == .reversing
        #expect(try await books.outbox.unsettled().isEmpty != isUnsettled)
    }

    @Test(arguments: LoanState.allCases)
    func `every state of a loan is stored and read back`(state: LoanState) async throws {
        try await books.book(["L1"])
        let conclusion = FundingConclusion(
            loan: LoanID("L1"), agreement: "harbor-70",
            state: state, plan: nil, requests: [], releases: [],
            disbursement: nil)
        try await books.cases.conclude([conclusion], on: Books.firstDate)
        #expect(try await books.loans.loans(after: nil, limit: 9).map(\.state) == [state])
        let isUndecided = [.approved, .funding, .ready].contains(state)
        #expect(try await books.cases.undecided().isEmpty != isUndecided)
    }

    private func claim(leaseUntil: Int64 = 100) async throws -> HeldRequest {
        try #require(
            try await books.outbox.claim(limit: 1, worker: "w", leaseUntil: leaseUntil, now: 1)
                .first)
    }
}
