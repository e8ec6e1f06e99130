import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Operations
import SQLStore
import Testing

/// Deposits of lenders: booked once, drawn by loans, never overdrawn, whoever draws or withdraws at
/// the same time.
@Suite(.everyEngine) struct ReserveContractTests {
    private let books: Books
    private let reserves: SQLReserves
    private let day = Books.firstDate
    private let key = LimitKey.reserve(of: Books.harbor, Books.usd)

    init() async throws {
        books = try await Books()
        reserves = SQLReserves(engine: books.engine, firstDate: Books.firstDate)
    }

    @Test func `what is paid in and back is kept once, with its entries`() async throws {
        #expect(try await balance == 0)
        #expect(try await move("D1", 1_000).isEmpty)
        #expect(try await move("W1", -400).isEmpty)
        #expect(try await balance == 600)
        await #expect(throws: StoreError.self) { try await move("D1", 1_000) }
        let told = try await books.ledger.entries(from: day, through: day, book: nil).map { row in
            let other = row.posting.counterparty.map { " \($0)" } ?? ""
            return "\(row.kind.rawValue) \(row.posting.book) \(row.posting.account)\(other) "
                + "\(row.posting.amount)"
        }
        #expect(
            told == [
                "deposit harbor 1010 -600", "deposit harbor 1330 platform 600",
                "deposit platform 1010 600", "deposit platform 1330 harbor -600",
            ])
        #expect(try await reserves.known([movement("D1", 5)]) == [movement("D1", 1_000)])
        #expect(
            Set(try await books.audit.reserveMovements())
                == [movement("D1", 1_000), movement("W1", -400)])
    }

    @Test func `loans draw in loan order, and one without room is not booked`() async throws {
        try await move("D1", 1_500)
        let outcome = try await book(["L3", "L1", "L2"])
        #expect(outcome.booked == 2)
        #expect(
            outcome.refused == [
                LoanRefusal(
                    loan: LoanID("L3"),
                    shortages: [
                        LimitShortage(
                            slot: LimitSlot(key, start: nil), limit: 1_500, left: 100, asked: 700)
                    ])
            ])
        #expect(try await drawn == 1_400)
        #expect(try await book(["L1", "L2"]).booked == 0)
        #expect(try await drawn == 1_400)
        try await expectCounted()
    }

    @Test func `the deposit counts as it is then, whatever the batch believes`() async throws {
        let outcome = try await book(["L1"], believing: 1_000_000)
        #expect(outcome.booked == 0)
        #expect(outcome.refused.first?.shortages.map(\.left) == [0])
        try await move("D1", 700)
        #expect(try await book(["L1"], believing: 0).booked == 1)
    }

    @Test func `a loan under another agreement draws nothing`() async throws {
        let plain = LoanBatch(
            bookings: [books.booking("L1")],
            limits: [Limit(key, amount: 0), Books.limit(.outstanding, 9_000)])
        #expect(try await books.intake.book(plain).booked == 1)
        #expect(try await drawn == 0)
        #expect(try await books.used(Books.limit(.outstanding, 1)) == 700)
        try await expectCounted()
    }

    @Test func `withdrawals leave what is drawn`() async throws {
        try await move("D1", 1_000)
        try await book(["L1"])
        #expect(
            try await move("W1", -301) == [
                LimitShortage(
                    slot: LimitSlot(key, start: nil), limit: 1_000, left: 300, asked: 301)
            ])
        #expect(try await balance == 1_000)
        #expect(try await move("W1", -300).isEmpty)
        #expect(try await book(["L2"]).booked == 0)
    }

    @Test func `a share goes back to the deposit when it is refused`() async throws {
        try await move("D1", 700)
        try await book(["L1"])
        let held = try await books.outbox.claim(limit: 9, worker: "w", leaseUntil: 9, now: 1)
        for stored in [1, 0] {
            let results = held.map { RequestResult(held: $0, state: .refused) }
            #expect(try await books.outbox.store(results, now: 2).count == stored)
            #expect(try await drawn == 0)
        }
        #expect(try await book(["L2"]).booked == 1)
        try await expectCounted()
    }

    @Test func `a loan that is given back leaves the deposit whole, a repaid one does not`()
        async throws
    {
        try await move("D1", 1_400)
        try await book(["L1", "L2"])
        let held = try await books.outbox.claim(limit: 9, worker: "w", leaseUntil: 9, now: 1)
        try await books.outbox.store(
            held.map { RequestResult(held: $0, state: .accepted) }, now: 2)
        try await books.cases.conclude(
            try await books.cases.undecided().map { books.paidOut($0, on: day) }, on: day)
        #expect(try await drawn == 1_400)
        let fact = LoanFact(
            id: "C1", kind: .cancelled(.none), valueDate: day, bookingDate: day, instant: 12)
        try await books.intake.record(
            FactBatch(
                facts: [NewFact(loan: LoanID("L1"), fact: fact, channel: "", contentHash: "c")],
                seen: [LoanID("L1"): 1], states: [LoanID("L1"): .cancelled]), on: day)
        #expect(try await drawn == 700)
        try await expectCounted()
    }

    @Test func `imports and withdrawals that race never overdraw a deposit`() async throws {
        try await move("D1", 7_000)
        let other = try await books.workspace.bareEngine("store.db")
        let intakes = [
            books.intake, SQLIntake(engine: other, firstDate: Books.firstDate),
        ]
        let others = SQLReserves(engine: other, firstDate: Books.firstDate)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for turn in 0..<16 {
                group.addTask { _ = try await book(["L\(turn)"], by: intakes[turn % 2]) }
            }
            for turn in 0..<6 {
                group.addTask { try await move("W\(turn)", -700, by: others) }
            }
            try await group.waitForAll()
        }
        let left = try #require(try await balance)
        let drawn = try #require(try await drawn)
        #expect(drawn <= left, "\(drawn) drawn on \(left)")
        #expect(left - drawn < 700, "room was left and refused")
        try await expectCounted()
    }

    @Test func `how loans are lent is told by their terms`() async throws {
        try await move("D1", 700)
        try await book(["L1"])
        let reconciliation = SQLReconciliations(
            engine: books.engine, firstDate: Books.firstDate, platform: Books.platform)
        let lending = try await reconciliation.lending(of: [LoanID("L1"), LoanID("none")])
        #expect(
            lending == [
                LoanID("L1"): LentLoan(plan: books.booking("L1").plan, disbursement: .reserve)
            ])
    }
}

extension ReserveContractTests {
    private var balance: Int64? {
        get async throws { try await books.intake.deposited([key]).first?.amount }
    }

    private var drawn: Int64? {
        get async throws { try await books.used(Limit(key, amount: 0)) }
    }

    private func movement(_ id: String, _ amount: Int64) -> ReserveMovement {
        ReserveMovement(
            party: Books.harbor, id: id, currency: Books.usd, amount: amount, bookedOn: day)
    }

    @discardableResult
    private func move(_ id: String, _ amount: Int64, by store: SQLReserves? = nil) async throws
        -> [LimitShortage]
    {
        let movement = movement(id, amount)
        let rows = movement.postings(platform: Books.platform).map {
            LedgerRow(date: day, shard: 3, kind: .deposit, agreement: "", posting: $0)
        }
        return try await (store ?? reserves).record([movement], rows, on: day)
    }

    @discardableResult
    private func book(
        _ ids: [String], believing amount: Int64 = 0, by intake: SQLIntake? = nil
    ) async throws -> BookedBatch {
        let bookings = ids.map { id in
            let plain = books.booking(id)
            return LoanBooking(
                record: plain.record, plan: plain.plan, requests: plain.requests,
                commitments: plain.commitments, drawsReserve: true)
        }
        return try await (intake ?? books.intake).book(
            LoanBatch(
                bookings: bookings, snapshots: [try Self.terms],
                limits: [Limit(key, amount: amount)], keepsGood: true))
    }

    /// The terms that sample loans carry, with shares from deposits.
    private static var terms: TermsSnapshot {
        get throws {
            let agreement = Agreement(
                name: "harbor-70", effectiveFrom: Books.firstDate, currency: Books.usd,
                products: ["instalment-loan"],
                lenders: [
                    LenderShare(party: Books.platform, share: try Share("30%")),
                    LenderShare(party: Books.harbor, share: try Share("70%")),
                ], platform: Books.platform, serviceFees: [], onRefusal: .platform,
                backdateDays: 5, settlement: SettlementTerms(lagDays: 1, calendar: "US"),
                disbursement: .reserve)
            return TermsSnapshot(version: TermsVersion("a1"), text: agreement.canonicalTerms)
        }
    }

    /// What is kept as drawn is what the shares give.
    private func expectCounted() async throws {
        let kept = try await books.audit.limits()
        let count = LimitCount(
            claims: kept.claims, principal: kept.principal, posted: kept.posted)
        for (slot, used) in kept.used { #expect(count.used[slot] ?? 0 == used, "\(slot)") }
    }
}
