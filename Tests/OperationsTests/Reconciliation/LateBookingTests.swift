import Bookkeeping
import BusinessCalendar
import LendingRules
import Operations
import Reconciling
import TestSupport
import Testing

/// Lines that a bank books or dates a day later than we do.
struct LateBookingTests {
    private static let first = SampleLoan.date("2026-01-05")

    private static func terms(window: Int = 0, line: UInt64 = 1_000) -> DisputeTerms {
        DisputeTerms(
            settleOn: .lower,
            budget: ToleranceBudget(perLine: line, perDay: 1_000, perMonth: 1_000),
            rematchDays: 5, windowDays: window)
    }

    /// Their line of a date, dated so many days after ours.
    private static func answer(
        _ story: BreakStory, _ date: BusinessDate, later: Int, _ amount: Int64 = 100_00
    ) async throws {
        await story.house.answer(from: TestTerms.harbor, on: date) {
            $0[1].records = [
                Record(
                    key: ["P1"], amounts: [amount, 0, 0, 0, 0, 0, 0],
                    currency: SampleLoan.dollars, valueDate: World.firstDate.adding(days: later),
                    fields: ["L-P1", "", ""], line: 1)
            ]
        }
        _ = try await story.house.reconcile.run(
            openDate: story.house.store.world.open, again: true)
    }

    @Test(arguments: [
        (0, "date", KeptBreak.State.open), (1, "timing", .resolved), (3, "timing", .resolved),
    ])
    func `a bank that dates a line a day later is a mismatch only beyond its window`(
        window: Int, kind: String, state: KeptBreak.State
    ) async throws {
        let story = try BreakStory(disputes: Self.terms(window: window))
        try await story.closeOnly("2026-01-01", ours: ["P1": 100_00])
        try await Self.answer(story, World.firstDate, later: 1)
        let kept = try story.only()
        #expect(kept.kind.rawValue == kind && kept.state == state)
        #expect(kept.cause == .afterCutOff)
        #expect(kept.posted.held == 0, "a date is settled all the same")
    }

    /// The bank's cut-off is earlier: what we book on the fifth it books and dates on the sixth.
    @Test func `a bank that books a day later is timing, held until its line comes`() async throws {
        let story = try BreakStory(disputes: Self.terms(window: 1))
        try await story.day("2026-01-05", ours: ["P1": 100_00], theirs: [:])
        #expect(try story.only().posted.held == 100_00)
        _ = try await story.house.closeDay().run(SampleLoan.date("2026-01-06"))
        try await Self.answer(story, SampleLoan.date("2026-01-06"), later: 5)
        let breaks = story.house.store.world.breaks.values.sorted { $0.firstDate < $1.firstDate }
        #expect(breaks.map(\.lifecycle.resolution) == [.healed, .rule])
        #expect(breaks.allSatisfy { $0.posted == KeptBreak.PostedAmounts() })
        #expect(story.balance(.dueToFromHeld) == 0)
        #expect(try await story.house.verify.checkBreaks() == nil)
    }

    @Test(arguments: [100_02, 99_99] as [Int64])
    func `the cents of a late line within tolerance go to rounding`(theirs: Int64) async throws {
        let story = try BreakStory(tolerance: 2, disputes: Self.terms())
        try await story.day("2026-01-05", ours: ["P1": 100_00], theirs: [:])
        try await story.day("2026-01-06", ours: [:], theirs: ["P1": theirs])
        let late = try #require(
            story.house.store.world.breaks.values.first { $0.kind == .theirsOnly })
        #expect(late.posted.rounded == theirs - 100_00)
        #expect(late.due == DisputedDue(ours: 100_00, theirs: theirs))
        #expect(story.balance(.rounding) == theirs - 100_00)
        try await story.day("2026-01-07", ours: [:], theirs: [:])
        #expect(story.nets == ["01-06 0", "01-08 \(theirs)"], "settled at their figure")
        #expect(story.balance(.dueToFrom) == 0)
        #expect(try await story.house.verify.checkBreaks() == nil)
        let month = SampleLoan.date("2026-01-01")..<SampleLoan.date("2026-02-01")
        let rounded = try await story.house.store.rounded(TestTerms.harbor, month)
        #expect(rounded == [SampleLoan.dollars: abs(theirs - 100_00)], "the budget has paid it")
    }

    @Test func `our own late line leaves its cents there too`() async throws {
        let story = try BreakStory(tolerance: 2, disputes: Self.terms())
        try await story.day("2026-01-05", ours: [:], theirs: ["P1": 100_01])
        try await story.day("2026-01-06", ours: ["P1": 100_00], theirs: [:])
        try await story.day("2026-01-07", ours: [:], theirs: [:])
        #expect(story.balance(.rounding) == 1)
        #expect(story.nets == ["01-07 10000", "01-08 1"])
        #expect(try await story.house.verify.checkBreaks() == nil)
    }

    @Test func `cents of a late line beyond the budget wait for a person`() async throws {
        let story = try BreakStory(tolerance: 2, disputes: Self.terms(line: 1))
        try await story.day("2026-01-05", ours: ["P1": 100_00], theirs: [:])
        try await story.day("2026-01-06", ours: [:], theirs: ["P1": 100_02])
        let breaks = story.house.store.world.breaks.values.sorted { $0.firstDate < $1.firstDate }
        #expect(breaks.map(\.state) == [.resolved, .open])
        #expect(story.balance(.rounding) == 0)
        let late = breaks[1]
        try await story.desk.apply(
            story.desk.propose(late, .writeOff, note: "", by: try Person("ann")))
        let proposed = try #require(story.house.store.world.breaks[late.id])
        try await story.desk.apply(
            story.desk.approve(proposed, note: "", by: try Person("bob")))
        #expect(story.balance(.rounding) == 2, "only the cents are left to give up")
    }
}
