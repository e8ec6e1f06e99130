import Bookkeeping
import BusinessCalendar
import LendingRules
import Operations
import Reconciling
import TestSupport
import Testing

/// Disputed amounts out of settlement and back, computed by hand.
struct HeldAmountTests {
    @Test func `a one-sided line is held, and settled a day after it healed`() async throws {
        let story = try BreakStory()
        try await story.day(
            "2026-01-05", ours: ["P1": 1000_00, "P2": 200_00], theirs: ["P2": 200_00])
        #expect(story.nets == ["01-06 20000"])
        #expect(story.balance(.dueToFromHeld) == -1000_00)
        #expect(story.balance(.dueToFrom) == 0)
        try await story.day(
            "2026-01-06", ours: ["P3": 50_00], theirs: ["P3": 50_00, "P1": 1000_00])
        let kept = try #require(
            story.house.store.world.breaks.values.first { $0.key == ["P1"] && $0.kind == .oursOnly }
        )
        #expect(kept.state == .resolved && kept.lifecycle.resolution == .healed)
        #expect(kept.posted.held == 0)
        #expect(story.nets == ["01-06 20000", "01-07 5000"])
        #expect(story.balance(.dueToFromHeld) == 0)
        try await story.day("2026-01-07", ours: [:], theirs: [:])
        #expect(story.nets == ["01-06 20000", "01-07 5000", "01-08 100000"])
        #expect(story.balance(.dueToFrom) == 0)
        #expect(try await story.house.verify.checkBreaks() == nil)
        #expect(try await story.house.verifySettlements() == nil)
    }

    /// Ours, theirs, the rule; held, and what settles on the next day.
    @Test(
        arguments: [
            (100, 90, .lower, 10, 90), (90, 100, .lower, 0, 90), (100, 90, .ours, 0, 100),
            (90, 100, .ours, 0, 90), (100, 90, .theirs, 10, 90), (90, 100, .theirs, -10, 100),
        ] as [(Int64, Int64, SettleOn, Int64, Int64)])
    func `of two amounts the partner's rule says which settles`(
        ours: Int64, theirs: Int64, rule: SettleOn, held: Int64, settled: Int64
    ) async throws {
        let story = try BreakStory(
            disputes: DisputeTerms(
                settleOn: rule, budget: ToleranceBudget(perLine: 0, perDay: 0, perMonth: 0),
                rematchDays: 5))
        try await story.day("2026-01-05", ours: ["P1": ours], theirs: ["P1": theirs])
        #expect(try story.only().posted.held == held)
        #expect(story.nets == ["01-06 \(settled)"])
        #expect(story.balance(.dueToFrom) == 0)
        #expect(story.balance(.dueToFromHeld) == -held)
    }

    @Test func `a line only they have makes no entry until it is accepted`() async throws {
        let story = try BreakStory()
        try await story.day("2026-01-05", ours: [:], theirs: ["P1": 70_00])
        let found = try story.only()
        #expect(found.kind == .theirsOnly && found.posted == KeptBreak.PostedAmounts())
        #expect(story.nets == [])
        let change = try story.desk.propose(found, .theirs, note: "", by: try Person("ann"))
        try await story.desk.apply(change)
        let proposed = try story.only()
        try await story.desk.apply(
            story.desk.approve(proposed, note: "", by: try Person("bob")))
        #expect(story.balance(.acceptedDifferences) == 70_00)
        #expect(story.balance(.dueToFrom) == -70_00)
        try await story.day("2026-01-06", ours: [:], theirs: [:])
        #expect(story.nets == ["01-07 7000"])
        #expect(story.balance(.dueToFrom) == 0)
        #expect(try await story.house.verify.checkBreaks() == nil)
    }

    @Test func `a superseding file gives back what the vanished break held`() async throws {
        let story = try BreakStory(settlement: SettlementTerms(lagDays: 3, calendar: "every-day"))
        try await story.day("2026-01-05", ours: ["P1": 100_00], theirs: [:])
        #expect(story.balance(.dueToFromHeld) == -100_00)
        try await story.answer(SampleLoan.date("2026-01-05"), ["P1": 100_00])
        #expect(try story.only().state == .superseded)
        #expect(story.balance(.dueToFromHeld) == 0)
        #expect(story.nets == [])
    }

    @Test func `what is settled is not held any more, and never more than before`() async throws {
        let story = try BreakStory()
        try await story.day("2026-01-05", ours: ["P1": 100], theirs: ["P1": 90])
        #expect(story.nets == ["01-06 90"])
        let date = SampleLoan.date("2026-01-05")
        for (theirs, held) in [(80, 10), (95, 5), (85, 5), (100, 0)] as [(Int64, Int64)] {
            try await story.answer(date, ["P1": theirs])
            #expect(try story.only().posted.held == held, "theirs \(theirs)")
        }
        try await story.day("2026-01-06", ours: [:], theirs: [:])
        #expect(story.nets == ["01-06 90", "01-07 10"])
    }

    @Test func `a file that is matched again moves nothing, and ids stay`() async throws {
        let story = try BreakStory(tolerance: 2)
        let ours: BreakStory.Lines = ["P1": 100_00, "P2": 50_00, "P3": 30_00]
        let theirs: BreakStory.Lines = ["P1": 90_00, "P3": 30_01]
        try await story.day("2026-01-05", ours: ours, theirs: theirs)
        let before = story.house.store.world
        try await story.answer(SampleLoan.date("2026-01-05"), theirs)
        #expect(story.house.store.world.difference(from: before) == nil)
        #expect(story.house.store.world.histories == before.histories)
    }

    /// The fifth closed after a manifest has come that knows of no repayments.
    private static func withoutRepayments(_ ours: BreakStory.Lines) async throws -> BreakStory {
        let story = try BreakStory()
        let (party, date) = (TestTerms.harbor, SampleLoan.date("2026-01-05"))
        try await story.day("2026-01-04", ours: [:], theirs: [:])
        let files = story.house.store.world.testFiles(of: party, on: date).filter {
            $0.layout.name != "repayments"
        }
        for file in TestFile.manifest(of: files, party: party, on: date) {
            story.house.exchange.offer(file.name, file.bytes, from: party, on: date)
        }
        try await story.closeOnly("2026-01-05", ours: ours)
        return story
    }

    @Test func `a missing file holds all of ours, a date without any holds nothing`() async throws {
        let story = try await Self.withoutRepayments(["P1": 100])
        #expect(try story.only().kind == .missingFile)
        #expect(try story.only().key == ["repayments"])
        #expect(try story.only().posted.held == 100)
        #expect(story.nets == ["01-06 0"])
    }

    @Test func `a missing file with lines in two currencies holds both`() async throws {
        let ours: BreakStory.Lines = ["P1": 100, "P2": 20, "Y1": 7000]
        let story = try await Self.withoutRepayments(ours)
        let breaks = story.house.store.world.breaks.values.sorted { $0.currency < $1.currency }
        #expect(breaks.map(\.kind) == [.missingFile, .missingFile])
        #expect(breaks.map(\.key) == [["repayments", "JPY"], ["repayments", "USD"]])
        #expect(breaks.map(\.currency) == ["JPY", "USD"])
        #expect(breaks.map(\.posted.held) == [7000, 120])
        #expect(breaks[0].sentence.hasPrefix("repayments/JPY, missing-file; first at rows: "))
        #expect(story.nets == ["01-06 0", "01-06 0"])
        #expect(try await story.house.verify.checkBreaks() == nil)
        try await story.answer(SampleLoan.date("2026-01-05"), ours)
        #expect(story.house.store.world.breaks.values.allSatisfy { $0.state == .superseded })
        #expect(story.balance(.dueToFromHeld) == 0)
        #expect(try await story.house.verify.checkBreaks() == nil)
    }
}
