import Bookkeeping
import BusinessCalendar
import LendingRules
import Operations
import Reconciling
import TestSupport
import Testing

/// What two persons approved, once the partner's files say something else.
struct ReopenedBreakTests {
    private static let date = SampleLoan.date("2026-01-05")

    /// Ours 100 on the fifth, theirs accepted by two persons on the sixth.
    private static func accepted(
        theirs: Int64, as acceptance: Acceptance = .theirs, lag: Int = 3, tolerance: Int64 = 0,
        line: UInt64 = 10
    ) async throws -> BreakStory {
        let story = try BreakStory(
            tolerance: tolerance,
            disputes: DisputeTerms(
                settleOn: .lower,
                budget: ToleranceBudget(perLine: line, perDay: 10, perMonth: 100),
                rematchDays: 5),
            settlement: SettlementTerms(lagDays: lag, calendar: "every-day"))
        try await story.day("2026-01-05", ours: ["P1": 100], theirs: ["P1": theirs])
        let proposal = try story.desk.propose(
            try story.only(), acceptance, note: "", by: try Person("ann"))
        try await story.desk.apply(proposal)
        let approval = try story.desk.approve(try story.only(), note: "", by: try Person("bob"))
        try await story.desk.apply(approval)
        return story
    }

    private static func life(_ story: BreakStory, _ kind: BreakKind) throws -> KeptBreak {
        try #require(story.house.store.world.breaks.values.first { $0.kind == kind })
    }

    /// Everything that was settled by the twelfth, and that nothing is left over.
    private static func settled(_ story: BreakStory) async throws -> Int64 {
        try await story.day("2026-01-12", ours: [:], theirs: [:])
        #expect(story.balance(.dueToFrom) == 0)
        #expect(try await story.house.verify.checkBreaks() == nil)
        #expect(try await story.house.verifySettlements() == nil)
        return story.house.store.world.settlements.reduce(0) { $0 + $1.amount }
    }

    /// Days until the date is settled; what theirs says then, what is held of it and settles.
    @Test(
        arguments: [(3, 95, 5, 95), (3, 80, 20, 80), (1, 95, 0, 100), (1, 80, 0, 100)]
            as [(Int, Int64, Int64, Int64)])
    func `a break that reopens takes its correction back and holds anew`(
        lag: Int, theirs: Int64, held: Int64, settled: Int64
    ) async throws {
        let story = try await Self.accepted(theirs: 90, lag: lag)
        #expect(try story.only().posted == KeptBreak.PostedAmounts(corrected: -10))
        try await story.answer(Self.date, ["P1": theirs])
        let kept = try story.only()
        #expect(kept.state == .investigating && kept.lifecycle.acceptance == nil)
        #expect(kept.posted == KeptBreak.PostedAmounts(held: held))
        #expect(story.balance(.acceptedDifferences) == 0)
        #expect(try await Self.settled(story) == settled)
        #expect(story.balance(.dueToFromHeld) == -held)
    }

    @Test(arguments: [1, 3], [[90, 95, 100], [90, 100]] as [[Int64]])
    func `once the partner agrees with us nothing of the correction stands`(
        lag: Int, files: [Int64]
    ) async throws {
        let story = try await Self.accepted(theirs: files[0], lag: lag)
        for theirs in files.dropFirst() { try await story.answer(Self.date, ["P1": theirs]) }
        let kept = try story.only()
        #expect(kept.state == .superseded && kept.posted == KeptBreak.PostedAmounts())
        let events = try await story.house.store.history(of: kept.id).map(\.event)
        #expect(events.last == "vanished")
        #expect(story.balance(.acceptedDifferences) == 0)
        #expect(try await Self.settled(story) == 100)
        #expect(story.balance(.dueToFromHeld) == 0)
    }

    @Test func `a second approval after a reopening is the only one that counts`() async throws {
        let story = try await Self.accepted(theirs: 90)
        try await story.answer(Self.date, ["P1": 95])
        let proposal = try story.desk.propose(
            try story.only(), .writeOff, note: "", by: try Person("bob"))
        try await story.desk.apply(proposal)
        let approval = try story.desk.approve(try story.only(), note: "", by: try Person("ann"))
        try await story.desk.apply(approval)
        #expect(try story.only().posted == KeptBreak.PostedAmounts(writtenOff: -5))
        #expect(story.balance(.acceptedDifferences) == 0)
        #expect(try await Self.settled(story) == 95)
    }

    @Test func `cents that a rule resolves then are not written off as well`() async throws {
        let story = try await Self.accepted(theirs: 97, as: .writeOff, tolerance: 3, line: 2)
        #expect(try story.only().posted == KeptBreak.PostedAmounts(writtenOff: -3))
        try await story.answer(Self.date, ["P1": 98])
        let kept = try story.only()
        #expect(kept.lifecycle.resolution == .rule)
        #expect(kept.posted == KeptBreak.PostedAmounts(rounded: -2))
        #expect(try await Self.settled(story) == 98)
        #expect(story.balance(.rounding) == -2)
    }

    @Test func `a difference that became rounding is another break, the first is over`()
        async throws
    {
        let story = try await Self.accepted(theirs: 90, tolerance: 3)
        try await story.answer(Self.date, ["P1": 99])
        #expect(try Self.life(story, .amount).state == .superseded)
        #expect(try Self.life(story, .amount).posted == KeptBreak.PostedAmounts())
        #expect(try Self.life(story, .rounding).posted == KeptBreak.PostedAmounts(rounded: -1))
        #expect(try await Self.settled(story) == 99)
    }

    @Test func `the same file again leaves what was approved`() async throws {
        let story = try await Self.accepted(theirs: 90)
        let before = story.house.store.world
        try await story.answer(Self.date, ["P1": 90])
        #expect(story.house.store.world.difference(from: before) == nil)
        #expect(try await Self.settled(story) == 90)
    }

    @Test func `verify finds a correction that outlived its approval`() async throws {
        let story = try await Self.accepted(theirs: 90, lag: 1)
        try await story.day("2026-01-06", ours: [:], theirs: [:])
        try await story.answer(Self.date, ["P1": 95])
        let (id, today) = (try story.only().id, story.house.store.world.open)
        story.house.store.write { world in
            world.breaks[id]?.posted.corrected = -10
            world.breakMovements.removeAll { $0.bookedOn == today }
            world.ledger = world.ledger.filter {
                $0.key.date != today || $0.key.kind != .breakCorrection
            }
        }
        let found = try #require(try await story.house.verify.checkBreaks())
        #expect(found.law == .breaks && found.subject == id)
        #expect(found.detail.contains("-10 corrected"))
    }
}
