// What the tests of release do to the books, step by step.

import Bookkeeping
import BusinessCalendar
import LendingRules
import Operations
import SQLStore
import Testing

extension LimitReleaseTests {
    func book(_ ids: [String], on date: BusinessDate = Books.firstDate) async throws {
        let wide = limits.map { Limit($0.key, amount: 1_000_000) }
        let outcome = try await books.intake.book(
            LoanBatch(bookings: ids.map { books.booking($0, on: date) }, limits: wide))
        #expect(outcome.booked == ids.count)
    }

    func disburse(_ ids: [String]) async throws {
        try await book(ids)
        for id in ids { try await move(id, to: .accepted) }
        try await books.cases.conclude(
            try await books.cases.undecided().map { books.paidOut($0, on: day) }, on: day)
    }

    func claim(_ id: String) async throws -> HeldRequest {
        let held = try await books.outbox.claim(limit: 99, worker: "w", leaseUntil: 9, now: 1)
        return try #require(held.first { $0.request.loan == LoanID(id) })
    }

    /// Stores a state as the answer to whatever the request of a loan waits for.
    func move(_ id: String, to state: RequestState) async throws {
        _ = try await books.outbox.claim(limit: 99, worker: "w", leaseUntil: 9, now: 1)
        let held = try #require(
            try await books.audit.requests().first { $0.request.loan == LoanID(id) })
        try await books.outbox.store([RequestResult(held: held, state: state)], now: 2)
    }

    func room(
        of limit: Limit, bookedOn date: BusinessDate = Books.firstDate
    ) -> NeededRoom {
        NeededRoom(
            shares: shares(of: Books.platform, bookedOn: date), amount: 700, limits: [limit])
    }

    func takeOver(
        _ room: NeededRoom, on date: BusinessDate = Books.firstDate
    ) async throws -> ConcludedLoans {
        let funding = try #require(
            try await books.cases.undecided().first { $0.record.loan == LoanID("L1") })
        let plan = SharePlan(shares: [PlannedShare(party: Books.platform, amount: 1_000)])
        return try await books.cases.conclude(
            [
                FundingConclusion(
                    loan: funding.record.loan, agreement: funding.record.agreement,
                    state: .disbursed, plan: plan, requests: [],
                    releases: [], disbursement: books.paidOut(funding, on: date).disbursement,
                    rooms: [room])
            ], on: date)
    }

    func shares(
        of party: PartyID, bookedOn date: BusinessDate = Books.firstDate
    ) -> LimitedShares {
        LimitedShares(
            agreement: "harbor-70", party: party, currency: Books.usd, bookedOn: date)
    }

    func cancel(_ id: String, on date: BusinessDate) async throws {
        let fact = LoanFact(
            id: "C-\(id)", kind: .cancelled(.none), valueDate: date, bookingDate: date,
            instant: 12)
        try await books.intake.record(
            FactBatch(
                facts: [
                    NewFact(loan: LoanID(id), fact: fact, channel: "", contentHash: "c")
                ], seen: [LoanID(id): 1], states: [LoanID(id): .cancelled]), on: date)
    }

    /// Posts lines in harbor's book, and one in the platform's, and ends the step twice.
    func close(
        _ date: BusinessDate, _ lines: [(EntryKind, Account, Int64)], platform: Int64 = 600
    ) async throws {
        if try await books.days.status().closing != date { try await books.days.freeze(date) }
        let isFirst = date == day
        let own = platform == 600 && !isFirst ? 0 : platform
        let rows =
            lines.map { row(date, "harbor", $0.0, $0.1, $0.2) }
            + (own == 0 ? [] : [row(date, "platform", .disbursement, .principal, own)])
        try await books.book.post(
            SliceResult(
                date: date, shards: 0..<4096, ledger: rows.sorted(), distributions: [],
                balances: [], anchors: []))
        for _ in 0..<2 { try await books.totals.freeze([], on: date) }
        try await books.days.finish(date, head: [1])
    }

    func row(
        _ date: BusinessDate, _ book: String, _ kind: EntryKind, _ account: Account,
        _ amount: Int64
    ) -> LedgerRow {
        LedgerRow(
            date: date, shard: 7, kind: kind, agreement: "harbor-70",
            posting: Posting(
                book: BookID(book), account: account, currency: Books.usd, amount: amount))
    }

    /// Day, month and outstanding alike, under the agreement and over all of them.
    func expect(harbor: Int64, platform: Int64? = nil) async throws {
        for limit in limits {
            let isHarbor = limit.key.party == Books.harbor
            guard let expected = isHarbor ? harbor : platform else { continue }
            #expect(try await books.used(limit) == expected, "\(limit.key)")
        }
        try await expectCounted()
    }

    /// What is kept is what its definition gives.
    func expectCounted() async throws {
        let kept = try await books.audit.limits()
        let count = LimitCount(
            claims: kept.claims, principal: kept.principal, posted: kept.posted)
        #expect(!kept.used.isEmpty)
        for (slot, used) in kept.used { #expect(count.used[slot] ?? 0 == used, "\(slot)") }
    }
}
