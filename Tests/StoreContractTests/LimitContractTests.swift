import BusinessCalendar
import LendingRules
import Operations
import SQLStore
import TestSupport
import Testing

/// Limits as intake takes them: never more than there is, whoever takes at the same time.
@Suite(.everyEngine) struct LimitContractTests {
    private let books: Books
    private let day = Books.firstDate

    init() async throws {
        books = try await Books()
    }

    @Test func `loans are decided in loan order, whatever their order in the batch`() async throws {
        let bookings = ["L3", "L1", "L2"].map { books.booking($0) }
        let outcome = try await books.intake.book(
            LoanBatch(bookings: bookings, limits: [Books.limit(.day, 1_500)], keepsGood: true))
        #expect(outcome.booked == 2)
        #expect(
            outcome.refused == [
                LoanRefusal(
                    loan: LoanID("L3"),
                    shortages: [
                        LimitShortage(
                            slot: LimitSlot(Books.limit(.day, 1_500).key, on: day),
                            limit: 1_500, left: 100, asked: 700)
                    ])
            ])
        #expect(try await books.used(Books.limit(.day, 1)) == 1_400)
    }

    @Test func `where good ones are not kept a loan without room leaves no trace of its batch`()
        async throws
    {
        let before = try await books.audit.digest()
        let outcome = try await books.intake.book(
            LoanBatch(
                bookings: ["L1", "L2"].map { books.booking($0) },
                snapshots: [TermsSnapshot(version: TermsVersion("v"), text: "v")],
                limits: [Books.limit(.month, 1_000)]))
        #expect(outcome.booked == 0)
        #expect(outcome.refused.map(\.loan) == [LoanID("L2")])
        #expect(try await books.audit.digest() == before)
    }

    @Test func `a smaller loan behind one without room is taken`() async throws {
        let outcome = try await books.intake.book(
            LoanBatch(
                bookings: [("L1", 700), ("L2", 400), ("L3", 300)].map {
                    books.booking($0, harbor: Int64($1))
                }, limits: [Books.limit(.day, 1_000)], keepsGood: true))
        #expect(outcome.refused.map(\.loan) == [LoanID("L2")])
        #expect(try await books.used(Books.limit(.day, 1)) == 1_000)
    }

    @Test func `loans that are there take nothing again`() async throws {
        let limits = [Books.limit(.day, 1_400), Books.limit(.outstanding, 1_400, agreement: "")]
        for booked in [2, 0] {
            let outcome = try await books.intake.book(
                LoanBatch(bookings: ["L1", "L2"].map { books.booking($0) }, limits: limits))
            #expect(outcome == BookedBatch(booked: booked))
        }
        for limit in limits { #expect(try await books.used(limit) == 1_400) }
    }

    @Test func `a limit that comes later counts what was taken before it`() async throws {
        try await books.book(["L1", "L2"])
        let limits = LimitSpan.allCases.flatMap { span in
            ["harbor-70", ""].map { Books.limit(span, 2_000, agreement: $0) }
        }
        for limit in limits { #expect(try await books.used(limit) == 1_400) }
        let outcome = try await books.intake.book(
            LoanBatch(bookings: [books.booking("L3")], limits: limits))
        #expect(outcome.booked == 0)
        #expect(outcome.refused.first?.shortages.map(\.left) == limits.map { _ in 600 })
        // Once counted, what is booked without the limit counts as well.
        let fits = try await books.intake.book(
            LoanBatch(bookings: [books.booking("L4", harbor: 500)], limits: limits))
        #expect(fits.booked == 1)
        try await books.book(["L5"])
        for limit in limits { #expect(try await books.used(limit) == 2_600) }
    }

    @Test func `each lender has limits of its own, the platform too`() async throws {
        let limits = [Books.limit(.day, 700), Books.limit(.day, 500, of: Books.platform)]
        let outcome = try await books.intake.book(
            LoanBatch(
                bookings: [books.booking("L1"), books.booking("L2", harbor: 1)], limits: limits,
                keepsGood: true))
        #expect(outcome.booked == 1)
        #expect(
            outcome.refused.first?.shortages.map(\.slot.key.party) == [
                Books.platform, Books.harbor,
            ])
    }

    @Test func `32 intakes at once never overdraw, and fill what loan sizes allow`() async throws {
        let limits = [Books.limit(.day, 60_000), Books.limit(.month, 61_000, agreement: "")]
        let outcomes = try await race(limits: limits)
        let refused = outcomes.flatMap(\.refused).flatMap(\.shortages)
        let used = try #require(try await books.used(limits[0]))
        #expect(used <= 60_000)
        #expect(!refused.isEmpty)
        #expect(refused.allSatisfy { $0.asked > 60_000 - used })
        #expect(try await books.used(limits[1]) == used)
        let funded = try await number(
            books.engine,
            "SELECT CAST(SUM(amount) AS BIGINT) FROM funding_share WHERE lender = 'harbor'")
        #expect(funded == used)
        let booked = try await number(books.engine, "SELECT COUNT(*) FROM loan")
        #expect(Int(booked) == outcomes.reduce(0) { $0 + $1.booked })
    }

    @Test func `intakes of the same loans at once book each loan once`() async throws {
        let bookings = (0..<20).map { books.booking("L\($0)") }
        let limit = Books.limit(.day, 14_000)
        let other = SQLIntake(
            engine: try await books.workspace.bareEngine("store.db"), firstDate: day)
        let booked = try await withThrowingTaskGroup(of: BookedBatch.self) { group in
            for turn in 0..<16 {
                let intake = turn.isMultiple(of: 2) ? books.intake : other
                group.addTask {
                    try await intake.book(LoanBatch(bookings: bookings, limits: [limit]))
                }
            }
            return try await group.reduce(into: 0) { sum, outcome in
                // The limit is full by now, and not too small for what is booked.
                #expect(outcome.refused.isEmpty)
                sum += outcome.booked
            }
        }
        #expect(booked == 20)
        #expect(try await books.used(limit) == 14_000)
    }

    @Test func `without the guard limits are overdrawn where intakes run side by side`()
        async throws
    {
        guard books.workspace.kind == .postgres else { return }
        for round in 0..<40 {
            let used = try await books.used(Books.limit(.day, 1)) ?? 0
            let limit = Books.limit(.day, used + 3_000)
            _ = try await race(limits: [limit], round: round, hasGuard: false)
            if try await books.used(limit) ?? 0 > limit.amount { return }
        }
        Issue.record("40 rounds of 32 intakes without the guard have overdrawn nothing")
    }

    /// 32 intakes at once over two engines, each of five loans of random sizes.
    private func race(limits: [Limit], round: Int = 0, hasGuard: Bool = true) async throws
        -> [BookedBatch]
    {
        let engines = [books.engine, try await books.workspace.bareEngine("store.db")]
        return try await withThrowingTaskGroup(of: BookedBatch.self) { group in
            for turn in 0..<32 {
                let intake = SQLIntake(
                    engine: engines[turn % 2], firstDate: day, hasLimitGuard: hasGuard)
                var draw = SeededGenerator(seed: UInt64(turn))
                let bookings = (0..<5).map { number in
                    books.booking(
                        "L\(round)-\(turn)-\(number)",
                        harbor: Int64.random(in: 1...900, using: &draw)
                    )
                }
                let batch = LoanBatch(bookings: bookings, limits: limits, keepsGood: true)
                group.addTask { try await intake.book(batch) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }
}
