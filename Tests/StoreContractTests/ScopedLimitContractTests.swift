import BusinessCalendar
import LendingRules
import Monetary
import Operations
import SQLStore
import TestSupport
import Testing

/// Limits by borrower, region, grade and product, and by parts of what is outstanding, as intake
/// takes them from several processes at once.
@Suite(.everyEngine) struct ScopedLimitContractTests {
    let books: Books
    let day = Books.firstDate

    init() async throws {
        books = try await Books()
    }

    static let regions = ["GD", "JS", ""]

    @Test(
        arguments: LimitDimension.allCases.flatMap { dimension in
            LimitSpan.allCases.map { (dimension, $0) }
        })
    func `32 intakes at once never overdraw any value`(dimension: LimitDimension, span: LimitSpan)
        async throws
    {
        let limits = [
            Books.limit(span, 15_000, scope: .each(dimension)),
            Books.limit(.month, 16_000, agreement: "", scope: .each(dimension)),
        ]
        let outcomes = try await race(limits: limits)
        #expect(!outcomes.flatMap(\.refused).isEmpty)
        let booked = try await number(books.engine, "SELECT COUNT(*) FROM loan")
        #expect(Int(booked) == outcomes.reduce(0) { $0 + $1.booked })
        for limit in limits {
            let used = try await books.values(of: limit)
            #expect(used == (try await funded(by: dimension)))
            #expect(used.values.allSatisfy { $0 <= 15_000 }, "\(used)")
            #expect(used.values.contains { $0 > 14_000 }, "\(used)")
        }
        try await expectCounted()
    }

    @Test func `32 intakes at once never lend more than a part of what is outstanding`()
        async throws
    {
        let share = try Share("60%")
        let own = try Share("40%")
        let limits = [
            Books.part(share, .total, least: 9_000),
            Books.part(share, .total, least: 9_000, agreement: ""),
            Books.part(own, .own, least: 9_000, scope: .each(.region)),
        ]
        // What is lent before leaves room in every region, so that in no order all are turned away.
        let before = (0..<24).map { number in
            books.booking("K-\(number)", harbor: 400, region: Self.regions[number % 3])
        }
        _ = try await books.intake.book(LoanBatch(bookings: before, limits: limits))
        let outcomes = try await race(limits: limits, upTo: 1_200)
        let refused = outcomes.flatMap(\.refused).flatMap(\.shortages)
        #expect(!refused.isEmpty)
        let harbor = try await funded("WHERE s.lender = 'harbor'")
        let total = try await funded("")
        #expect(harbor > 9_600 && harbor * 100 <= total * 60, "\(harbor) of \(total)")
        for (region, used) in try await funded(by: .region) {
            #expect(used * 100 <= max(9_000, harbor) * 40, "\(region) \(used) of \(harbor)")
        }
        try await expectCounted()
    }

    @Test func `where no limit asks for a value none is counted`() async throws {
        _ = try await race(limits: [Books.limit(.day, 60_000)])
        let rows = try await number(books.engine, "SELECT COUNT(*) FROM limit_use")
        #expect(rows == 1)
    }

    @Test func `a limit that comes later counts every value of what was taken before it`()
        async throws
    {
        try await book(["L1": "GD", "L2": "GD", "L3": "JS"])
        let limits = LimitSpan.allCases.map { Books.limit($0, 2_000, scope: .each(.region)) }
        let outcome = try await books.intake.book(
            LoanBatch(
                bookings: [books.booking("L4", harbor: 700, region: "GD")], limits: limits,
                keepsGood: true))
        #expect(outcome.refused.first?.shortages.map(\.left) == limits.map { _ in 600 })
        #expect(try await books.audit.limits().used.isEmpty)
        let other = try await books.intake.book(
            LoanBatch(
                bookings: [books.booking("L5", harbor: 700, region: "HN")], limits: limits))
        #expect(other.booked == 1)
        for limit in limits {
            #expect(try await books.values(of: limit) == ["GD": 1_400, "JS": 700, "HN": 700])
        }
        // Once counted, what is booked without the limit counts as well.
        try await book(["L6": "JS", "L7": "SC"])
        for limit in limits {
            #expect(
                try await books.values(of: limit)
                    == ["GD": 1_400, "JS": 1_400, "HN": 700, "SC": 700])
        }
        try await expectCounted()
    }

    @Test func `a limit of one value counts them all, so that another may follow`() async throws {
        let first = Books.limit(.day, 800, scope: .one(.region, "GD"))
        try await book(["L1": "GD", "L2": "JS"], under: [first])
        let second = Books.limit(.day, 800, scope: .one(.region, "JS"))
        let outcome = try await books.intake.book(
            LoanBatch(
                bookings: [
                    books.booking("L3", harbor: 101, region: "JS"),
                    books.booking("L4", harbor: 100, region: "JS"),
                    books.booking("L5", harbor: 101, region: "GD"),
                ], limits: [first, second], keepsGood: true))
        #expect(outcome.refused.map(\.loan.text) == ["L3", "L5"])
        try await expectCounted()
    }

    @Test func `a value begins anew with its period, and keeps what it had`() async throws {
        let limit = Books.limit(.day, 700, scope: .each(.region))
        try await book(["L1": "GD"], under: [limit])
        try await books.days.freeze(day)
        let next = day.adding(days: 1)
        let outcome = try await books.intake.book(
            LoanBatch(
                bookings: [books.booking("L2", harbor: 700, on: next, region: "GD")],
                limits: [limit]))
        #expect(outcome.booked == 1)
        #expect(try await books.values(of: limit) == ["GD": 700])
        #expect(try await books.values(of: limit, on: next) == ["GD": 700])
        try await expectCounted()
    }

    @Test func `a refused share is given back to its value, and taken by another lender's`()
        async throws
    {
        let limits = [Books.harbor, Books.platform].flatMap { party in
            LimitSpan.allCases.map {
                Books.limit($0, 5_000, of: party, scope: .each(.region))
            }
        }
        try await book(["L1": "GD", "L2": "JS"], under: limits)
        let claimed = try await books.outbox.claim(limit: 9, worker: "w", leaseUntil: 9, now: 1)
        let held = try #require(claimed.first { $0.request.loan == LoanID("L1") })
        for _ in 0..<2 {
            try await books.outbox.store([RequestResult(held: held, state: .refused)], now: 2)
        }
        for limit in limits.prefix(3) {
            #expect(try await books.values(of: limit) == ["GD": 0, "JS": 700])
        }
        try await expectCounted()
        let funding = try #require(
            try await books.cases.undecided().first { $0.record.loan == LoanID("L1") })
        let shares = LimitedShares(
            agreement: "harbor-70", party: Books.platform, currency: Books.usd, bookedOn: day,
            traits: funding.record.traits)
        func takeOver(_ limit: Limit) async throws -> ConcludedLoans {
            try await books.cases.conclude(
                [
                    FundingConclusion(
                        loan: funding.record.loan, agreement: funding.record.agreement,
                        state: .disbursed,
                        plan: SharePlan(shares: [
                            PlannedShare(party: Books.platform, amount: 1_000)
                        ]), requests: [], releases: [],
                        disbursement: books.paidOut(funding, on: day).disbursement,
                        rooms: [NeededRoom(shares: shares, amount: 700, limits: [limit])])
                ], on: day)
        }
        let tight = Books.limit(.day, 999, of: Books.platform, scope: .one(.region, "GD"))
        #expect(try await takeOver(tight).short[LoanID("L1")]?.map(\.left) == [699])
        let wide = Books.limit(.day, 1_000, of: Books.platform, scope: .one(.region, "GD"))
        #expect(try await takeOver(wide).loans == [LoanID("L1")])
        for limit in limits.suffix(3) {
            #expect(try await books.values(of: limit) == ["GD": 1_000, "JS": 300])
        }
        try await expectCounted()
    }
}

extension ScopedLimitContractTests {
    /// 32 intakes at once over two engines, each of five loans of random sizes and regions.
    func race(limits: [Limit], upTo most: Int64 = 900) async throws -> [BookedBatch] {
        let engines = [books.engine, try await books.workspace.bareEngine("store.db")]
        return try await withThrowingTaskGroup(of: BookedBatch.self) { group in
            for turn in 0..<32 {
                let intake = SQLIntake(engine: engines[turn % 2], firstDate: day)
                var draw = SeededGenerator(seed: UInt64(turn))
                let bookings = (0..<5).map { number in
                    let place = Int.random(in: 0..<3, using: &draw)
                    return books.booking(
                        "L-\(turn)-\(number)", harbor: Int64.random(in: 1...most, using: &draw),
                        borrower: "B\(place)", region: Self.regions[place], grade: "G\(place)",
                        product: "P\(place)")
                }
                let batch = LoanBatch(bookings: bookings, limits: limits, keepsGood: true)
                group.addTask { try await intake.book(batch) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    /// Books loans by their regions, of which harbor funds 700 each.
    func book(_ loans: [String: String], under limits: [Limit] = []) async throws {
        let bookings = loans.map { books.booking($0.key, harbor: 700, region: $0.value) }
        let outcome = try await books.intake.book(LoanBatch(bookings: bookings, limits: limits))
        #expect(outcome.booked == loans.count)
    }

    /// What harbor funds by value, from the shares alone.
    func funded(by dimension: LimitDimension) async throws -> [String: Int64] {
        let name = dimension.rawValue
        return try await books.engine.read { connection in
            var funded: [String: Int64] = [:]
            try connection.query(
                """
                SELECT l.\(name), CAST(SUM(s.amount) AS BIGINT) FROM funding_share s
                JOIN loan l ON l.shard = s.shard AND l.loan = s.loan
                WHERE s.lender = 'harbor' GROUP BY l.\(name)
                """
            ) { row throws(StoreError) in
                let value = try row.text(0)
                funded[value] = try row.int64(1)
            }
            return funded
        }
    }

    func funded(_ condition: String) async throws -> Int64 {
        try await number(
            books.engine,
            "SELECT CAST(SUM(s.amount) AS BIGINT) FROM funding_share s \(condition)")
    }

    /// What is kept is what its definition gives, in every value that is counted.
    func expectCounted() async throws {
        let kept = try await books.audit.limits()
        let count = LimitCount(
            claims: kept.claims, principal: kept.principal, posted: kept.posted)
        #expect(!kept.used.isEmpty)
        for (slot, used) in kept.used { #expect(count.used[slot] ?? 0 == used, "\(slot)") }
        let wholes = Set(kept.used.keys.filter { $0.key == $0.key.whole })
        for (slot, used) in count.used
        where wholes.contains(LimitSlot(slot.key.whole, start: slot.start)) {
            #expect(kept.used[slot] ?? 0 == used, "\(slot)")
        }
    }
}
