import Bookkeeping
import BusinessCalendar
import LendingRules
import Operations
import SQLStore
import Testing

/// What is given back, once and in the transaction by which a share goes back.
@Suite(.everyEngine) struct LimitReleaseTests {
    let books: Books
    let payouts: SQLPayouts
    let day = Books.firstDate
    let limits = LimitSpan.allCases.flatMap { span in
        [Books.harbor, Books.platform].flatMap { party in
            ["harbor-70", ""].map { Books.limit(span, 5_000, of: party, agreement: $0) }
        }
    }

    init() async throws {
        books = try await Books()
        payouts = SQLPayouts(engine: books.engine, firstDate: Books.firstDate)
    }

    @Test(
        arguments: [
            ([.refused], 0), ([.inDoubt], 700), ([.pending, .refused], 0), ([.accepted], 700),
            ([.accepted, .reversing, .reversed], 0),
            ([.accepted, .reversing, .reversalInDoubt], 700),
            ([.accepted, .reversing, .reversalRefused], 700),
            ([.accepted, .reversing, .reversalInDoubt, .reversed], 0),
        ] as [([RequestState], Int64)])
    func `a share is given back when it is refused or reversed, and held in any doubt`(
        states: [RequestState], held: Int64
    ) async throws {
        try await book(["L1", "L2"])
        for state in states { try await move("L1", to: state) }
        try await expect(harbor: 700 + held)
    }

    @Test func `the same answer twice gives back once`() async throws {
        try await book(["L1", "L2"])
        let held = try await claim("L1")
        for stored in [1, 0, 0] {
            let results = try await books.outbox.store(
                [RequestResult(held: held, state: .refused)], now: 2)
            #expect(results.count == stored)
            try await expect(harbor: 700)
        }
    }

    @Test func `answers that race give back each share once`() async throws {
        let ids = (0..<24).map { "L\($0)" }
        try await book(ids)
        let held = try await books.outbox.claim(limit: 99, worker: "w", leaseUntil: 9, now: 1)
        let other = SQLFundingOutbox(
            engine: try await books.workspace.bareEngine("store.db"))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for turn in 0..<24 {
                let outbox = turn.isMultiple(of: 2) ? books.outbox : other
                let results = [turn, (turn + 1) % 24].map {
                    RequestResult(held: held[$0], state: .refused)
                }
                group.addTask { try await outbox.store(results, now: 2) }
            }
            try await group.waitForAll()
        }
        try await expect(harbor: 0, platform: 24 * 300)
    }

    @Test func `what the platform takes over uses its limits`() async throws {
        try await book(["L1"])
        try await move("L1", to: .refused)
        let room = NeededRoom(
            shares: shares(of: Books.platform), amount: 700,
            limits: [Books.limit(.day, 1_000, of: Books.platform)])
        let concluded = try await takeOver(room)
        #expect(concluded.loans == [LoanID("L1")])
        try await expect(harbor: 0, platform: 1_000)
    }

    @Test func `without room the platform takes nothing over and the loan stays as it is`()
        async throws
    {
        try await book(["L1"])
        try await move("L1", to: .refused)
        let limit = Books.limit(.day, 999, of: Books.platform, agreement: "")
        let room = NeededRoom(
            shares: shares(of: Books.platform), amount: 700, limits: [limit])
        let concluded = try await takeOver(room)
        #expect(concluded.loans.isEmpty)
        #expect(
            concluded.short[LoanID("L1")] == [
                LimitShortage(
                    slot: LimitSlot(limit.key, on: day), limit: 999, left: 699, asked: 700)
            ])
        try await expect(harbor: 0, platform: 300)
        #expect(try await books.cases.undecided().count == 1)
    }

    @Test func `taking over a loan of an earlier date counts what that date took`() async throws {
        let early = ["L1", "L3"].map { books.booking($0) }
        _ = try await books.intake.book(LoanBatch(bookings: early, limits: []))
        try await books.days.freeze(day)
        try await move("L1", to: .refused)
        let next = day.adding(days: 1)
        let begun = Books.limit(.day, 1_000, of: Books.platform)
        _ = try await books.intake.book(
            LoanBatch(bookings: [books.booking("L2", on: next)], limits: [begun]))
        let short = try await takeOver(room(of: begun), on: next)
        #expect(short.short[LoanID("L1")]?.map(\.left) == [400])
        let wide = Books.limit(.day, 1_300, of: Books.platform)
        #expect(try await takeOver(room(of: wide), on: next).loans == [LoanID("L1")])
        #expect(try await books.used(wide, on: day) == 1_300)
        #expect(try await books.used(wide, on: next) == 300)
        try await expectCounted()
    }

    @Test func `a limit that begins with a take-over begins with the open date`() async throws {
        let early = ["L1", "L3"].map { books.booking($0) }
        _ = try await books.intake.book(LoanBatch(bookings: early, limits: []))
        try await books.days.freeze(day)
        try await move("L1", to: .refused)
        let next = day.adding(days: 1)
        _ = try await books.intake.book(
            LoanBatch(bookings: [books.booking("L2", on: next)], limits: []))
        let limit = Books.limit(.day, 1_300, of: Books.platform)
        #expect(try await takeOver(room(of: limit), on: next).loans == [LoanID("L1")])
        #expect(try await books.audit.limits().used.isEmpty)
        _ = try await books.intake.book(
            LoanBatch(bookings: [books.booking("L4", on: next)], limits: [limit]))
        let kept = try await books.audit.limits().used
        #expect(kept == [LimitSlot(limit.key, on: next): 600])
        try await expectCounted()
    }

    @Test func `a lender that had no share on a date is counted there when it takes one over`()
        async throws
    {
        try await book(["L0"])
        let wide = limits.map { Limit($0.key, amount: 1_000_000) }
        let sole = books.sole("L1", on: day.adding(days: 1))
        try await books.days.freeze(day)
        try await move("L0", to: .accepted)
        _ = try await books.intake.book(LoanBatch(bookings: [sole], limits: wide))
        try await move("L1", to: .refused)
        let next = day.adding(days: 1)
        let limit = Books.limit(.day, 700, of: Books.platform)
        let moved = try await takeOver(room(of: limit, bookedOn: next), on: next)
        #expect(moved.loans == [LoanID("L1")])
        #expect(try await books.audit.limits().used[LimitSlot(limit.key, on: next)] == 1_000)
        try await expectCounted()
    }

    @Test func `what is refused leaves no trace in what is used`() async throws {
        let tight = Books.limit(.day, 699)
        let wide = Books.limit(.month, 10_000, of: Books.platform, agreement: "")
        let outcome = try await books.intake.book(
            LoanBatch(
                bookings: [books.booking("L1")], limits: [tight, wide], keepsGood: true))
        #expect(outcome.booked == 0 && outcome.refused.count == 1)
        #expect(try await books.audit.limits().used.isEmpty)
    }

    @Test func `a declined loan gives the platform's share back`() async throws {
        try await book(["L1", "L2"])
        try await move("L1", to: .refused)
        let declined = FundingConclusion(
            loan: LoanID("L1"), agreement: "harbor-70",
            state: .declined, plan: nil, requests: [], releases: [],
            disbursement: nil)
        for _ in 0..<2 { try await books.cases.conclude([declined], on: day) }
        try await expect(harbor: 700, platform: 300)
    }

    @Test func `a payout that is given up gives the platform's share back, then each reversed one`()
        async throws
    {
        try await book(["L1"])
        try await move("L1", to: .accepted)
        let planned = FundingConclusion(
            loan: LoanID("L1"), agreement: "harbor-70",
            state: .payingOut, plan: nil, requests: [], releases: [],
            disbursement: nil,
            payout: Payout(
                key: "L1.payout", loan: LoanID("L1"), amount: 1_000, currency: Books.usd,
                number: 1, plannedOn: day))
        try await books.cases.conclude([planned], on: day)
        let held = try #require(
            try await payouts.claim(limit: 1, worker: "w", leaseUntil: 9, now: 1).first)
        try await payouts.store([PayoutResult(held: held, state: .failed)], now: 2)
        try await expect(harbor: 700, platform: 300)
        let failed = try #require(try await payouts.decided().first)
        let givenUp = PayoutConclusion(
            held: failed.held, state: .abandoned,
            requests: failed.funding.requests.map { RequestResult(held: $0, state: .reversing) })
        for _ in 0..<2 { try await payouts.conclude([givenUp], on: day) }
        try await expect(harbor: 700, platform: 0)
        try await move("L1", to: .reversed)
        try await expect(harbor: 0, platform: 0)
    }

    @Test func `day and month are given back where they were taken`() async throws {
        try await book(["L1"])
        try await books.days.freeze(day)
        let next = day.adding(days: 1)
        try await book(["L2"], on: next)
        try await move("L1", to: .refused)
        let daily = Books.limit(.day, 1)
        #expect(try await books.used(daily, on: day) == 0)
        #expect(try await books.used(daily, on: next) == 700)
        #expect(try await books.used(Books.limit(.month, 1), on: next) == 700)
        try await expectCounted()
    }

    @Test func `what is outstanding follows the books from the close on, once`() async throws {
        try await disburse(["L1", "L2"])
        try await expect(harbor: 1_400)
        try await close(day, [(.disbursement, .principal, 1_400)])
        try await expect(harbor: 1_400)
        let next = day.adding(days: 1)
        try await close(
            next,
            [
                (.repayment, .principal, -250), (.overdue, .principal, -100),
                (.overdue, .overduePrincipal, 100), (.chargeOff, .overduePrincipal, -40),
            ])
        #expect(try await books.used(Books.limit(.outstanding, 1)) == 1_110)
        try await expectCounted()
        // A payment that is reversed may leave more outstanding than the limit: nothing fits then.
        try await close(next.adding(days: 1), [(.repayment, .principal, 250)])
        #expect(try await books.used(Books.limit(.outstanding, 1)) == 1_360)
        try await expectCounted()
        let outcome = try await books.intake.book(
            LoanBatch(
                bookings: [books.booking("L3", harbor: 1, on: day.adding(days: 3))],
                limits: [Books.limit(.outstanding, 1_300)]))
        #expect(outcome.refused.first?.shortages.map(\.left) == [0])
    }

    @Test func `a loan cancelled on its first date gives everything back at once`() async throws {
        try await disburse(["L1", "L2"])
        try await cancel("L1", on: day)
        try await expect(harbor: 700, platform: 300)
        try await close(day, [(.disbursement, .principal, 700)], platform: 300)
        try await expect(harbor: 700, platform: 300)
    }

    @Test func `a loan cancelled later leaves what is outstanding with the books`() async throws {
        try await disburse(["L1", "L2"])
        try await close(day, [(.disbursement, .principal, 1_400)], platform: 600)
        try await cancel("L1", on: day.adding(days: 1))
        #expect(try await books.used(Books.limit(.day, 1)) == 700)
        #expect(try await books.used(Books.limit(.outstanding, 1)) == 1_400)
        try await expectCounted()
        try await close(day.adding(days: 1), [(.disbursement, .principal, -700)], platform: -300)
        try await expect(harbor: 700, platform: 300)
    }

    @Test
    func `a loan cancelled while the date of its disbursement closes is not given back twice`()
        async throws
    {
        try await disburse(["L1", "L2"])
        try await books.days.freeze(day)
        try await cancel("L1", on: day.adding(days: 1))
        #expect(try await books.used(Books.limit(.outstanding, 1)) == 1_400)
        try await close(day, [(.disbursement, .principal, 1_400)], platform: 600)
        #expect(try await books.used(Books.limit(.outstanding, 1)) == 1_400)
        try await expectCounted()
        try await close(day.adding(days: 1), [(.disbursement, .principal, -700)], platform: -300)
        try await expect(harbor: 700, platform: 300)
    }

    @Test func `a falsified amount is told apart from what the shares give`() async throws {
        try await book(["L1"])
        try await books.engine.write {
            try $0.execute("UPDATE limit_use SET used = used + 1 WHERE party = 'harbor'")
        }
        let kept = try await books.audit.limits()
        let count = LimitCount(
            claims: kept.claims, principal: kept.principal, posted: kept.posted)
        let wrong = kept.used.filter { count.used[$0.key] != $0.value }
        #expect(Set(wrong.keys.map(\.key.party)) == [Books.harbor])
    }
}
