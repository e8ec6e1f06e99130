import Bookkeeping
import BusinessCalendar
import LendingRules
import Monetary
import Operations
import Reconciling
import TestSupport
import Testing

/// The account's statement confirms settlements by itself, and what does not fit becomes a break.
struct StatementTests {
    typealias Line = StatementHouse.Line

    /// Statements from the third date on, and what they come to.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let statements: [[Line]]
        let state: String
        let breaks: [String]
        /// Minor units on 1020 in the end.
        let transit: Int64

        init(
            _ description: String, _ statements: [[Line]], _ state: String, _ breaks: [String],
            transit: Int64 = 0
        ) {
            testDescription = description
            self.statements = statements
            self.state = state
            self.breaks = breaks
            self.transit = transit
        }
    }

    static let cases: [Case] = [
        Case("paid", [[Line("B1", -100)]], "confirmed 0", []),
        Case(
            "paid, with words around the id",
            [[Line("B1", -100, "to Harbor: S20260102.USD.harbor.")]], "confirmed 0", []),
        Case(
            "a day late", [[], [Line("B1", -100)]], "confirmed 0",
            ["2026-01-03 cash ours-only S in-transit resolved"]),
        Case(
            "too late", [[], [], [], []], "instructed 0",
            ["2026-01-03 cash ours-only S not-on-statement open"], transit: -100),
        Case(
            "paid in part", [[Line("B1", -60)]], "partial 40",
            ["2026-01-03 cash amount S paid-in-part resolved"]),
        Case(
            "a cent short", [[Line("B1", -99)]], "partial 1",
            ["2026-01-03 cash amount S paid-in-part resolved"]),
        Case("two transfers at once", [[Line("B1", -60), Line("B2", -40)]], "confirmed 0", []),
        Case(
            "the rest a day later", [[Line("B1", -60)], [Line("B2", -40)]], "confirmed 0",
            ["2026-01-03 cash amount S paid-in-part resolved"]),
        Case(
            "the rest in two parts", [[Line("B1", -60)], [Line("B2", -30)], [Line("B3", -10)]],
            "confirmed 0",
            [
                "2026-01-03 cash amount S paid-in-part resolved",
                "2026-01-04 cash amount S paid-in-part resolved",
            ]),
        Case(
            "sent back", [[Line("B1", -100)], [Line("B2", 100, "RETURN S20260102.USD.harbor")]],
            "returned 100", ["2026-01-04 cash theirs-only S sent-back resolved"]),
        Case(
            "paid and sent back at once", [[Line("B2", 100), Line("B1", -100)]], "returned 100",
            ["2026-01-03 cash theirs-only S sent-back resolved"]),
        Case(
            "more than was instructed", [[Line("B1", -101)], []], "instructed 0",
            ["2026-01-03 cash amount S transfer-differs open"], transit: -100),
        Case(
            "a second transfer", [[Line("B1", -100)], [Line("B2", -100)]], "confirmed 0",
            ["2026-01-04 cash amount S transfer-differs open"]),
        Case(
            "against the direction", [[Line("B1", 100)], []], "instructed 0",
            ["2026-01-03 cash amount S transfer-differs open"], transit: -100),
        Case(
            "the least amount there is", [[Line("B1", .min)], []], "instructed 0",
            ["2026-01-03 cash amount S transfer-differs open"], transit: -100),
        Case(
            "a settlement that there is not",
            [[Line("B1", -100), Line("B2", -5, "S20260101.USD.harbor")]], "confirmed 0",
            ["2026-01-03 cash theirs-only B2 unknown-receipt open"]),
        Case(
            "two settlements in one line",
            [[Line("B1", -100, "S20260102.USD.harbor S20260109.USD.harbor")]], "confirmed 0", []),
        Case(
            "a line twice", [[Line("B1", -100), Line("B1", -100)]], "confirmed 0",
            ["2026-01-03 cash duplicate-theirs B1 written-twice open"]),
        Case(
            "a reference used for other content",
            [[Line("B1", -60)], [Line("B1", -40)]], "partial 40",
            [
                "2026-01-03 cash amount S paid-in-part resolved",
                "2026-01-04 cash theirs-only B1 changed-line open",
            ]),
        Case(
            "a reference that stands for two contents at once",
            [[Line("B1", -60), Line("B1", -40, "also S20260102.USD.harbor")], [Line("B2", -100)]],
            "confirmed 0",
            [
                "2026-01-03 cash ours-only S in-transit resolved",
                "2026-01-03 cash theirs-only B1 changed-line open",
                "2026-01-03 cash theirs-only B1 changed-line open",
            ]),
    ]

    @Test(arguments: cases)
    func `what a statement says of a settlement is found and told apart`(_ one: Case)
        async throws
    {
        let story = try await StatementHouse()
        for lines in one.statements { try await story.live(lines) }
        #expect(try story.state == one.state)
        #expect(story.breaks == one.breaks)
        #expect(story.cash.balance(.cashInTransit) == one.transit)
        #expect(try await story.cash.house.verifySettlements() == nil)
    }

    /// The same the other way round: the partner pays.
    @Test(arguments: cases)
    func `a partner's transfer is read as ours is`(_ one: Case) async throws {
        let story = try await StatementHouse(amount: -100)
        for lines in one.statements {
            try await story.live(
                lines.map { Line($0.bankRef, $0.amount == .min ? .max : -$0.amount, $0.remittance) }
            )
        }
        #expect(try story.state == one.state.replacing(" ", with: one.isOpen ? " -" : " "))
        #expect(story.breaks == one.breaks)
        #expect(story.cash.balance(.cashInTransit) == -one.transit)
    }

    @Test func `a line in another currency is no payment`() async throws {
        let story = try await StatementHouse()
        var line = Line("B1", -100)
        line.currency = "EUR"
        try await story.live([line])
        #expect(
            story.breaks == [
                "2026-01-03 cash field B1 other-currency open"
            ])
        #expect(story.cash.house.store.world.breaks.values.first?.severity == .high)
        #expect(try story.state == "instructed 0")
    }

    @Test func `money for what nobody has instructed is no payment`() async throws {
        let story = try await StatementHouse(SettlementRules(approval: .twoPerson))
        try await story.live([Line("B1", -100)])
        #expect(story.breaks == ["2026-01-03 cash theirs-only S not-instructed open"])
        #expect(try story.state == "draft 0")
    }

    @Test func `without a statement nothing is said of settlements`() async throws {
        let story = try await StatementHouse()
        try await story.cash.live([.absent, .absent, .absent])
        #expect(
            story.breaks.filter { $0.contains("cash") } == [
                "2026-01-03 cash missing-file  not-sent open"
            ])
    }

    @Test(arguments: cases)
    func `a statement read again confirms nothing more and says the same`(_ one: Case)
        async throws
    {
        let story = try await StatementHouse()
        for lines in one.statements {
            try await story.live(lines)
            let before = story.cash.house.store.world
            _ = try await story.cash.reconcile.run(again: true)
            let after = story.cash.house.store.world
            #expect(after.difference(from: before) == nil)
            #expect(after.cashBooked == before.cashBooked)
            #expect(after.breaks.mapValues(\.cause) == before.breaks.mapValues(\.cause))
            #expect(after.receipts == before.receipts)
        }
    }

    @Test(arguments: cases)
    func `lines taken in by hand come to the same settlement`(_ one: Case) async throws {
        let automatic = try await StatementHouse()
        let byHand = try await StatementHouse()
        for lines in one.statements {
            try await automatic.live(lines)
            // Of one reference with two contents a file is refused before it comes so far.
            let receipts = lines.map(\.receipt)
            if Set(receipts.map(\.bankRef)).count == Set(receipts).count {
                _ = try? await byHand.cash.house.confirm.run(receipts)
            }
            try await byHand.live(lines)
            let report = try? await automatic.cash.house.confirm.run(receipts)
            #expect(report?.taken.isEmpty ?? true, "taken in already")
        }
        #expect(try byHand.state == automatic.state)
        #expect(
            byHand.cash.house.store.world.receipts == automatic.cash.house.store.world.receipts)
        #expect(byHand.breaks == automatic.breaks)
    }

    @Test func `the order of lines decides nothing`() async throws {
        for number in 0..<40 {
            var random = SeededCase(seed: SeededCase.runSeed, number: number).generator
            let lines = (0..<6).map { index in
                Line(
                    "B\(random.pick(1...4))", random.pick([-100, -60, -40, 40, 60, 100]),
                    random.pick([
                        StatementHouse.id, "RETURN \(StatementHouse.id)", "S20260101.USD.x",
                    ]))
            }
            let one = try await StatementHouse()
            let two = try await StatementHouse()
            try await one.live(lines)
            try await two.live(lines.shuffled(using: &random))
            let (left, right) = (one.cash.house.store.world, two.cash.house.store.world)
            #expect(left.difference(from: right) == nil, "case \(number)")
            #expect(one.breaks == two.breaks, "case \(number)")
            let claims = left.reconciled.mapValues { Set($0.claims) }
            #expect(claims == right.reconciled.mapValues { Set($0.claims) }, "case \(number)")
        }
    }
}

extension StatementTests.Case {
    /// Whether something is left of the settlement.
    fileprivate var isOpen: Bool { !state.hasSuffix(" 0") }
}
