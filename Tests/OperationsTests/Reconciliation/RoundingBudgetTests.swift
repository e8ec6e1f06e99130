import Bookkeeping
import BusinessCalendar
import LendingRules
import Operations
import Reconciling
import TestSupport
import Testing

/// How much rounding a rule resolves, per line, date and month.
struct RoundingBudgetTests {
    private static func story(day: UInt64, month: UInt64 = 1_000, line: UInt64 = 1_000) throws
        -> BreakStory
    {
        try BreakStory(
            tolerance: 3,
            disputes: DisputeTerms(
                settleOn: .lower,
                budget: ToleranceBudget(perLine: line, perDay: day, perMonth: month),
                rematchDays: 5))
    }

    private static func states(_ story: BreakStory) -> [String] {
        story.house.store.world.breaks.values.sorted {
            ($0.firstDate, $0.key[0]) < ($1.firstDate, $1.key[0])
        }
        .map { "\($0.key[0]) \($0.kind.rawValue) \($0.state.rawValue)" }
    }

    @Test func `cents within tolerance go to the rounding account and are settled`() async throws {
        let story = try Self.story(day: 10)
        try await story.day(
            "2026-01-05", ours: ["P1": 100, "P2": 100], theirs: ["P1": 102, "P2": 99])
        #expect(story.nets == ["01-06 200"], "settled at ours")
        #expect(story.balance(.rounding) == 1)
        #expect(story.balance(.dueToFromHeld) == 0)
        try await story.day("2026-01-06", ours: [:], theirs: [:])
        #expect(story.nets == ["01-06 200", "01-07 1"])
        #expect(try await story.house.verify.checkBreaks() == nil)
        let first = try #require(story.house.store.world.breaks.values.first)
        let events = try await story.house.store.history(of: first.id)
        #expect(events.map(\.event) == ["found", "resolved-by-rule"])
    }

    @Test func `a line beyond its tolerance is no rounding`() async throws {
        let story = try Self.story(day: 100)
        try await story.day("2026-01-05", ours: ["P1": 100], theirs: ["P1": 96])
        #expect(Self.states(story) == ["P1 amount open"])
    }

    @Test func `beyond the day's budget breaks stay open, the largest first`()
        async throws
    {
        let story = try Self.story(day: 4)
        try await story.day(
            "2026-01-05", ours: ["P1": 100, "P2": 100, "P3": 100, "P4": 100],
            theirs: ["P1": 97, "P2": 98, "P3": 99, "P4": 100])
        #expect(
            Self.states(story) == [
                "P1 rounding open", "P2 rounding resolved", "P3 rounding resolved",
            ])
        #expect(story.nets == ["01-06 397"], "P1 settles at the smaller, 3 are held")
        try await story.day("2026-01-06", ours: ["P5": 100], theirs: ["P5": 103])
        #expect(Self.states(story).last == "P5 rounding resolved", "each date has its own")
    }

    @Test func `a line beyond its own budget waits for a person`() async throws {
        let story = try Self.story(day: 100, line: 2)
        try await story.day(
            "2026-01-05", ours: ["P1": 100, "P2": 100], theirs: ["P1": 103, "P2": 102])
        #expect(Self.states(story) == ["P1 rounding open", "P2 rounding resolved"])
    }

    @Test func `beyond the month's budget breaks stay open until the next month`() async throws {
        let story = try Self.story(day: 100, month: 4)
        try await story.day("2026-01-30", ours: ["P1": 100], theirs: ["P1": 103])
        try await story.day("2026-01-31", ours: ["P2": 100], theirs: ["P2": 98])
        try await story.day("2026-02-01", ours: ["P3": 100], theirs: ["P3": 98])
        #expect(
            Self.states(story) == [
                "P1 rounding resolved", "P2 rounding open", "P3 rounding resolved",
            ])
    }

    @Test func `a rounding that vanishes is taken back`() async throws {
        let story = try Self.story(day: 10)
        try await story.day("2026-01-05", ours: ["P1": 100], theirs: ["P1": 102])
        try await story.answer(SampleLoan.date("2026-01-05"), ["P1": 100])
        #expect(Self.states(story) == ["P1 rounding superseded"])
        #expect(story.balance(.rounding) == 0)
        #expect(try await story.house.verify.checkBreaks() == nil)
    }
}
