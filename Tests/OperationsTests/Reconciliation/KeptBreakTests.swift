import BusinessCalendar
import LendingRules
import Operations
import Reconciling
import TestSupport
import Testing

/// What becomes of breaks: kept under their ids, superseded, resolved, healed.
struct KeptBreakTests {
    private let house: TestHouse
    private let due = SampleLoan.date("2026-02-01")

    /// L1 due and paid on 2026-02-01, which is closed; everything before agreed.
    init() async throws {
        house = try TestHouse(
            catalogue: try TestTerms.catalogue(partners: [
                TestTerms.partner(TestTerms.harbor, tolerance: 2)
            ]))
        try await house.book(LoanFile.row("L1"))
        _ = try await house.fund().run()
        while house.store.world.open <= SampleLoan.date("2026-02-01") {
            let date = house.store.world.open
            if date == due {
                try await house.pay(PaymentFile.row("P1", "L1", "340.03", valueDate: "2026-02-01"))
            }
            _ = try await house.closeDay().run(date)
            if date < due { await house.answer(from: TestTerms.harbor, on: date) }
        }
        _ = try await house.reconcile.run(openDate: due)
    }

    @Test func `a difference is a break with both records and keeps its id`() async throws {
        let first = try await found { $0[1].records[0] = $0[1].records[0].with(23_000, in: 0) }
        #expect(first.kind == .amount)
        #expect(first.state == .open)
        #expect(first.file == "repayments")
        #expect(first.key == ["P1"])
        #expect(first.loan == "L1")
        #expect(first.differences.map(\.minorUnits) == [102])
        #expect(first.ours.contains("principal=231.02"))
        #expect(first.theirs.contains("principal=230.00"))
        let again = try await found { $0[1].records[0] = $0[1].records[0].with(23_001, in: 0) }
        #expect(again.id == first.id)
        #expect(again.differences.map(\.minorUnits) == [101])
    }

    @Test func `cents within tolerance are resolved by rule`() async throws {
        let rounding = try await found { $0[1].records[0] = $0[1].records[0].with(23_100, in: 0) }
        #expect(rounding.kind == .rounding)
        #expect(rounding.state == .resolved)
        #expect(house.store.world.reconciled.values.count { $0.state == .withBreaks } == 1)
    }

    @Test func `every line is claimed once, by its match or its break`() async throws {
        let kept = try await found { $0[1].records = [] }
        let pair = World.Pair(party: TestTerms.harbor, date: due)
        let claims = try #require(house.store.world.reconciled[pair]?.claims)
        #expect(
            Set(claims.map { "\($0.file) \($0.side) \($0.key) \($0.occurrence)" }).count
                == claims.count)
        #expect(claims.filter { !$0.breakID.isEmpty }.map(\.breakID) == [kept.id])
    }

    @Test func `a break that a better file lacks is superseded`() async throws {
        let kept = try await found { $0[1].records = [] }
        await house.answer(from: TestTerms.harbor, on: due)
        let outcomes = try await house.reconcile.run(openDate: house.store.world.open, again: true)
        #expect(outcomes.last?.state == .reconciled)
        #expect(house.store.world.breaks[kept.id]?.state == .superseded)
    }

    @Test func `a line that arrives a day late closes the break of the day before`() async throws {
        let line = house.store.world.testFiles(of: TestTerms.harbor, on: due)[1].records[0]
        let kept = try await found { $0[1].records = [] }
        _ = try await house.closeDay().run(house.store.world.open)
        await house.answer(from: TestTerms.harbor, on: due.adding(days: 1)) {
            $0[1].records = [line]
        }
        _ = try await house.reconcile.run(openDate: house.store.world.open)
        #expect(house.store.world.breaks[kept.id]?.state == .resolved)
        let late = house.store.world.breaks.values.filter { $0.firstDate > due }
        #expect(late.map(\.cause) == [.arrivedLate])
        #expect(late.map(\.state) == [.resolved])
    }

    @Test func `a balance that agrees again closes the break of its loan`() async throws {
        let kept = try await found { $0[2].records[0] = $0[2].records[0].with(46_000, in: 0) }
        #expect(kept.file == "balances" && kept.kind == .amount)
        #expect(kept.state == .open)
        try await house.pay(PaymentFile.row("P2", "L1", "5.00", valueDate: "2026-02-02"))
        try await house.close(through: "2026-03-01")
        for day in 1...28 { await house.answer(from: TestTerms.harbor, on: due.adding(days: day)) }
        _ = try await house.reconcile.run(openDate: house.store.world.open)
        #expect(house.store.world.breaks[kept.id]?.state == .resolved)
    }

    /// The one break that a changed answer for the due date leaves, apart from what the answer
    /// contradicts in itself by that.
    private func found(_ change: (inout [TestFile]) -> Void) async throws -> KeptBreak {
        await house.answer(from: TestTerms.harbor, on: due, changing: change)
        let outcomes = try await house.reconcile.run(openDate: house.store.world.open, again: true)
        let all = try #require(outcomes.last { $0.date == due }?.breaks)
        let breaks = all.filter { !$0.kind.isWithinOneSide }
        #expect(breaks.count == 1)
        #expect(
            all.allSatisfy { one in
                !one.kind.isWithinOneSide || one.cause == .followsFrom && one.state == .resolved
            })
        let first = try #require(breaks.first)
        #expect(house.store.world.breaks[first.id] == first)
        return first
    }
}
