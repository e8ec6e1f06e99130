import BusinessCalendar
import LendingRules
import Monetary
import Operations
import SQLStore
import TestSupport
import Testing

/// Who lends loans is decided where they are booked, whoever books at the same time.
@Suite(.everyEngine) struct RouteContractTests {
    private let books: Books
    private let day = Books.firstDate

    init() async throws {
        books = try await Books()
    }

    /// Shares of a loan, such as `platform 300 harbor 700`.
    private func shares(_ loans: String...) async throws -> [String] {
        let cases = try await books.cases.undecided(among: loans.map { LoanID($0) })
        return cases.map { funding in
            funding.plan.shares.map { "\($0.party) \($0.amount)" }.joined(separator: " ")
        }
    }

    @Test func `a batch decides in loan order, and asks those who lend`() async throws {
        let agreement = try Books.routed()
        let outcome = try await books.route(
            [("L3", 1_000), ("L1", 2_000), ("L2", 1_000)], under: agreement)
        #expect(outcome == BookedBatch(booked: 3))
        #expect(
            try await shares("L1", "L2", "L3") == [
                "platform 600 harbor 1400", "platform 300 summit 700",
                "platform 300 meridian 700",
            ])
        #expect(try await books.offered(agreement) == [1_400, 700, 700])
        let requests = try await books.audit.requests().map(\.request)
        #expect(requests.map(\.key) == ["L1.harbor.1", "L2.summit.1", "L3.meridian.1"])
        #expect(requests.map(\.amount) == [1_400, 700, 700])
        let kept = try await books.audit.routes()
        #expect(kept.parts.map(\.amount) == [1_400, 700, 700])
        #expect(kept.parts.map(\.asked) == [1_400, 700, 700])
    }

    @Test func `volumes go on from batch to batch, and another mix begins at zero`() async throws {
        let agreement = try Books.routed()
        for number in 1...4 {
            _ = try await books.route([("L\(number)", 1_000)], under: agreement)
        }
        #expect(try await books.offered(agreement) == [1_400, 700, 700])
        let other = try Books.routed([("harbor", "50%"), ("summit", "50%")])
        #expect(try await books.offered(other) == [0, 0])
        _ = try await books.route([("L5", 1_000)], under: other)
        #expect(try await books.offered(other) == [700, 0])
        #expect(try await books.offered(agreement) == [1_400, 700, 700])
    }

    @Test func `a bank without room is passed over, and without any the loan is refused`()
        async throws
    {
        let agreement = try Books.routed()
        let limits = [("harbor", 699), ("summit", 699), ("meridian", 700)].map {
            Books.limit(.day, Int64($0.1), of: PartyID($0.0), agreement: "routed")
        }
        let outcome = try await books.route(
            [("L1", 1_000), ("L2", 1_000)], under: agreement, limits: limits)
        #expect(outcome.booked == 1)
        #expect(try await shares("L1") == ["platform 300 meridian 700"])
        guard case .noTaker(700, let passed) = outcome.refused.first?.why else {
            Issue.record("\(outcome.refused)")
            return
        }
        #expect(passed.map(\.party.name) == ["harbor", "summit", "meridian"])
        #expect(try await books.offered(agreement) == [0, 0, 700])
        #expect(try await books.used(limits[2]) == 700)
    }

    @Test func `a batch that is refused whole leaves no trace`() async throws {
        let agreement = try Books.routed()
        let before = try await books.audit.digest()
        let limits = ["harbor", "summit", "meridian"].map {
            Books.limit(.day, 1, of: PartyID($0), agreement: "routed")
        }
        let outcome = try await books.route([("L1", 1_000)], under: agreement, limits: limits)
        #expect((outcome.booked, outcome.refused.count) == (0, 1))
        #expect(try await books.audit.digest() == before)
    }

    @Test func `one loan after the other, every bank stays within the largest of its target`()
        async throws
    {
        let agreement = try Books.routed()
        var draw = SeededGenerator(seed: 20_261)
        var (volume, largest): (Int64, Int64) = (0, 0)
        for number in 0..<60 {
            let loans = (0..<Int.random(in: 1...3, using: &draw)).map {
                ("L\(number)-\($0)", Int64.random(in: 10...9_000, using: &draw))
            }
            #expect(try await books.route(loans, under: agreement).refused.isEmpty)
            largest = max(largest, loans.map(\.1).max() ?? 0)
            let own = try await books.offered(agreement)
            volume = own.reduce(0, +)
            let away = zip(own, [50, 30, 20] as [Int64]).map { abs($0 * 100 - $1 * volume) }
            #expect(away.allSatisfy { $0 <= largest * 70 + 100 }, "after batch \(number): \(own)")
        }
    }

    @Test func `32 intakes at once keep limits, volumes and the mix, and book each loan once`()
        async throws
    {
        let agreement = try Books.routed()
        let limits = [("harbor", 20_000), ("summit", 15_000), ("meridian", 12_000)].map {
            Books.limit(.day, Int64($0.1), of: PartyID($0.0), agreement: "routed")
        }
        let outcomes = try await race(agreement, limits)
        let own = try await books.offered(agreement)
        for (place, limit) in limits.enumerated() {
            let funded = try await number(
                books.engine,
                "SELECT COALESCE(CAST(SUM(amount) AS BIGINT), 0) FROM funding_share "
                    + "WHERE lender = '"
                    + limit.key.party.name + "'")
            #expect(try await books.used(limit) == funded)
            #expect(own[place] == funded)
            #expect(funded <= limit.amount)
        }
        let refused = outcomes.flatMap(\.refused)
        #expect(!refused.isEmpty)
        for refusal in refused {
            guard case .noTaker(let left, _) = refusal.why else {
                Issue.record("\(refusal)")
                continue
            }
            #expect(zip(limits, own).allSatisfy { left > $0.amount - $1 })
        }
        let booked = try await number(books.engine, "SELECT COUNT(*) FROM loan")
        #expect(Int(booked) == outcomes.reduce(0) { $0 + $1.booked })
        // The same loans again: those that are there take nothing, and still there is no room.
        let again = try await race(agreement, limits)
        #expect(again.allSatisfy { $0.booked == 0 })
        #expect(try await books.offered(agreement) == own)
    }

    @Test func `without quotas 32 intakes at once end within the largest loan of the mix`()
        async throws
    {
        let agreement = try Books.routed()
        let outcomes = try await race(agreement, [])
        #expect(outcomes.reduce(0) { $0 + $1.booked } == 160)
        let own = try await books.offered(agreement)
        let volume = own.reduce(0, +)
        let funded = try await number(
            books.engine,
            "SELECT CAST(SUM(amount) AS BIGINT) FROM funding_share WHERE lender <> 'platform'")
        #expect(volume == funded)
        let away = zip(own, [50, 30, 20] as [Int64]).map { abs($0 * 100 - $1 * volume) }
        #expect(away.allSatisfy { $0 <= 900 * 70 + 100 }, "\(own)")
        #expect(try await books.audit.routes().parts.count == 160)
    }

    @Test func `a rule sends a loan to another bank, and one that warns is kept with the loan`()
        async throws
    {
        let agreement = try Books.routed(rulePacks: ["regional"])
        let regional = ComplianceRule(
            name: "home", source: "the text", effectiveFrom: day, moments: [.allocation],
            outcome: .block, measure: .homeRegion, bound: .none)
        let retention = ComplianceRule(
            name: "keep", source: "the text", article: "art. 2", effectiveFrom: day,
            moments: [.allocation], outcome: .warn, measure: .retentionMinimum,
            bound: .share(try Share("40%")))
        let book = RuleBook(
            packs: [RulePack(name: "regional", title: "R", rules: [regional, retention])],
            parties: [
                PartyFacts(party: Books.platform, kind: .platform),
                PartyFacts(party: Books.harbor, kind: .bank, homeRegions: ["south"]),
            ])
        let batch = LoanBatch(
            bookings: [
                books.open("L1", 1_000, under: agreement, region: "north"),
                books.open("L2", 1_000, under: agreement, region: "south"),
            ], rules: book)
        let outcome = try await books.intake.book(batch)
        #expect(outcome.booked == 2)
        #expect(
            try await shares("L1", "L2") == [
                "platform 300 summit 700", "platform 300 harbor 700",
            ])
        #expect(outcome.warnings.map(\.loan.text) == ["L1", "L2"])
        let kept = try await books.audit.findings()
        #expect(
            kept.map { "\($0.subject) \($0.about) \($0.figure) \($0.relation) \($0.bound)" } == [
                "loan L1 platform 30% below 40%", "loan L2 platform 30% below 40%",
            ])
        #expect(kept.allSatisfy { $0.citation == "the text, art. 2" && $0.outcome == "warn" })
    }

    /// 32 intakes at once over two engines, each of five loans of random sizes.
    private func race(_ agreement: Agreement, _ limits: [Limit]) async throws -> [BookedBatch] {
        let engines = [books.engine, try await books.workspace.bareEngine("store.db")]
        return try await withThrowingTaskGroup(of: BookedBatch.self) { group in
            for turn in 0..<32 {
                let intake = SQLIntake(engine: engines[turn % 2], firstDate: day)
                var draw = SeededGenerator(seed: UInt64(turn))
                let bookings = (0..<5).map { number in
                    books.open(
                        "L\(turn)-\(number)", Int64.random(in: 1...900, using: &draw),
                        under: agreement)
                }
                let batch = LoanBatch(bookings: bookings, limits: limits, keepsGood: true)
                group.addTask { try await intake.book(batch) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }
}
