import Bookkeeping
import BusinessCalendar
import LendingRules
import Operations
import Reconciling
import TestSupport
import Testing

/// A line that was accepted and the loan's own fact that comes for it, in both orders.
struct AcceptedLineTests {
    /// Their line of the fifth, accepted by two persons.
    private static func accepted(
        _ acceptance: Acceptance = .theirs, tolerance: Int64 = 0,
        ours: BreakStory.Lines = [:], theirs: BreakStory.Lines = ["P1": 70_00]
    ) async throws -> BreakStory {
        let story = try BreakStory(tolerance: tolerance)
        try await story.day("2026-01-05", ours: ours, theirs: theirs)
        let change = try story.desk.propose(
            try story.only(), acceptance, note: "", by: try Person("ann"))
        try await story.desk.apply(change)
        let approval = try story.desk.approve(try story.only(), note: "", by: try Person("bob"))
        try await story.desk.apply(approval)
        return story
    }

    private static func first(_ story: BreakStory) throws -> KeptBreak {
        try #require(
            story.house.store.world.breaks.values.min { $0.firstDate < $1.firstDate })
    }

    @Test func `the loan's own fact takes back what stood in for it, however late`() async throws {
        let story = try await Self.accepted()
        #expect(story.balance(.acceptedDifferences) == 70_00)
        try await story.day("2026-01-15", ours: ["P1": 70_00], theirs: [:])
        let kept = try Self.first(story)
        #expect(kept.state == .resolved && kept.lifecycle.resolution == .booked)
        #expect(kept.lifecycle.healedBy == SampleLoan.date("2026-01-15"))
        #expect(kept.posted == KeptBreak.PostedAmounts())
        #expect(story.balance(.acceptedDifferences) == 0)
        let moved = try await story.house.store.movements(of: kept.id)
        #expect(
            moved.map { "\($0.bookedOn) \($0.movement.kind.rawValue) \($0.movement.amount)" } == [
                "2026-01-06 correction 7000", "2026-01-16 correction -7000",
            ])
        let late = try #require(
            story.house.store.world.breaks.values.first { $0.kind == .oursOnly })
        #expect(late.cause == .arrivedLate && late.state == .resolved)
        #expect(late.sentence.contains("it closes \(kept.id)"))
        try await story.day("2026-01-16", ours: [:], theirs: [:])
        #expect(story.nets == ["01-07 7000", "01-16 7000", "01-17 -7000"], "settled once in all")
        #expect(story.balance(.dueToFrom) == 0)
        #expect(try await story.house.verify.checkBreaks() == nil)
        #expect(try await story.house.verifySettlements() == nil)
    }

    @Test func `the fact that comes first leaves nothing to accept`() async throws {
        let story = try BreakStory()
        try await story.day("2026-01-05", ours: [:], theirs: ["P1": 70_00])
        let change = try story.desk.propose(
            try story.only(), .theirs, note: "", by: try Person("ann"))
        try await story.desk.apply(change)
        try await story.day("2026-01-06", ours: ["P1": 70_00], theirs: [:])
        let kept = try Self.first(story)
        #expect(kept.lifecycle.resolution == .healed)
        #expect(throws: BreakFault.self) {
            try story.desk.approve(kept, note: "", by: try Person("bob"))
        }
        #expect(story.balance(.acceptedDifferences) == 0)
        #expect(story.nets == ["01-07 7000"])
        #expect(try await story.house.verify.checkBreaks() == nil)
    }

    @Test func `what was given up is taken back too`() async throws {
        let story = try await Self.accepted(.writeOff)
        #expect(story.balance(.rounding) == 70_00)
        try await story.day("2026-01-08", ours: ["P1": 70_00], theirs: [:])
        #expect(try Self.first(story).lifecycle.resolution == .booked)
        #expect(story.balance(.rounding) == 0)
        #expect(try await story.house.verify.checkBreaks() == nil)
    }

    @Test func `our line that was given up is taken back when theirs comes after all`()
        async throws
    {
        let story = try await Self.accepted(ours: ["P1": 70_00], theirs: [:])
        #expect(story.balance(.acceptedDifferences) == -70_00)
        try await story.day("2026-01-20", ours: [:], theirs: ["P1": 70_00])
        #expect(try Self.first(story).lifecycle.resolution == .booked)
        #expect(story.balance(.acceptedDifferences) == 0)
        try await story.day("2026-01-21", ours: [:], theirs: [:])
        #expect(story.balance(.dueToFrom) == 0)
        #expect(try await story.house.verify.checkBreaks() == nil)
    }

    @Test func `a break that was closed on our figure waits for nothing`() async throws {
        let story = try await Self.accepted(.ours)
        try await story.day("2026-01-08", ours: ["P1": 70_00], theirs: [:])
        #expect(try Self.first(story).lifecycle.resolution == .approval)
        let late = try #require(
            story.house.store.world.breaks.values.first { $0.kind == .oursOnly })
        #expect(late.state == .open && late.posted.held == 70_00)
    }

    @Test func `a fact of other money is a break of its own`() async throws {
        let story = try await Self.accepted()
        try await story.day("2026-01-08", ours: ["P1": 60_00], theirs: [:])
        #expect(try Self.first(story).lifecycle.resolution == .approval)
        #expect(story.balance(.acceptedDifferences) == 70_00)
        #expect(story.balance(.dueToFromHeld) == -60_00, "nothing is settled twice")
    }

    @Test func `the cents between the two are rounding`() async throws {
        let story = try await Self.accepted(tolerance: 2)
        try await story.day("2026-01-08", ours: ["P1": 69_99], theirs: [:])
        #expect(try Self.first(story).lifecycle.resolution == .booked)
        #expect(story.balance(.acceptedDifferences) == 0)
        #expect(story.balance(.rounding) == 1)
        try await story.day("2026-01-09", ours: [:], theirs: [:])
        #expect(story.nets.last == "01-10 -6999")
        #expect(story.balance(.dueToFrom) == 0)
        #expect(try await story.house.verify.checkBreaks() == nil)
    }

    @Test func `a second run changes nothing, and a file that undoes it brings it back`()
        async throws
    {
        let story = try await Self.accepted()
        try await story.day("2026-01-08", ours: ["P1": 70_00], theirs: [:])
        let before = story.house.store.world
        _ = try await story.house.reconcile.run(openDate: before.open, again: true)
        #expect(story.house.store.world.difference(from: before) == nil)
        try await story.answer(SampleLoan.date("2026-01-08"), ["P1": 70_00])
        let kept = try Self.first(story)
        #expect(kept.lifecycle.resolution == .approval && kept.lifecycle.healedBy == nil)
        #expect(story.balance(.acceptedDifferences) == 70_00)
        #expect(try await story.house.verify.checkBreaks() == nil)
        // Their file no longer has the line: there is nothing left to accept.
        try await story.answer(SampleLoan.date("2026-01-05"), [:])
        #expect(try Self.first(story).state == .superseded)
        #expect(story.balance(.acceptedDifferences) == 0)
        #expect(try await story.house.verify.checkBreaks() == nil)
    }

    @Test func `verify finds an accepted amount that was not taken back`() async throws {
        let story = try await Self.accepted()
        try await story.day("2026-01-08", ours: ["P1": 70_00], theirs: [:])
        let id = try Self.first(story).id
        story.house.store.write { world in
            world.breaks[id]?.posted.corrected = 70_00
            world.breakMovements.removeAll { $0.breakID == id && $0.movement.amount < 0 }
        }
        #expect(try await story.house.verify.checkBreaks()?.law == .breaks)
    }
}
