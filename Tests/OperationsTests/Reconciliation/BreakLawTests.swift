import Bookkeeping
import BusinessCalendar
import LendingRules
import Operations
import Reconciling
import TestSupport
import Testing

/// Weeks of random lines, faults, late lines, files sent anew and decisions.
struct BreakLawTests {
    @Test(arguments: 0..<30)
    func `what was frozen and corrected is settled, held or waiting, after every day`(
        number: Int
    ) async throws {
        let seeded = SeededCase(number: number)
        var random = seeded.generator
        let story = try BreakStory(
            tolerance: random.pick(0...3 as ClosedRange<Int64>),
            disputes: DisputeTerms(
                settleOn: random.pick(SettleOn.allCases),
                budget: ToleranceBudget(
                    perLine: UInt64(random.pick(0...6)), perDay: UInt64(random.pick(0...6)),
                    perMonth: UInt64(random.pick(0...20))),
                rematchDays: random.pick(0...3)),
            settlement: SettlementTerms(
                lagDays: random.pick(1...2), calendar: random.pick(["every-day", "US"])))
        var life = RandomBreaks()
        for day in 1...18 {
            let date = SampleLoan.date(day < 10 ? "2026-01-0\(day)" : "2026-01-\(day)")
            let (ours, theirs) = life.day(day, &random)
            try await story.day(date, ours: ours, theirs: theirs)
            try check(story, "\(seeded), \(date)")
            if random.isOne(in: 4) {
                try await story.answer(date, life.distorted(ours, &random))
                try check(story, "\(seeded), \(date) anew")
            }
            for found in story.house.store.world.breaks.values.sorted(by: { $0.id < $1.id })
            where random.isOne(in: 5) {
                try await decide(story, found, &random)
            }
            try check(story, "\(seeded), \(date) decided")
            #expect(try await story.house.verify.checkBreaks() == nil, "\(seeded), \(date)")
            #expect(try await story.house.verifySettlements() == nil, "\(seeded), \(date)")
        }
    }

    private func decide(
        _ story: BreakStory, _ found: KeptBreak, _ random: inout SeededGenerator
    ) async throws {
        let (ann, bob) = (try Person("ann"), try Person("bob"))
        switch found.state {
        case .open, .investigating:
            let change = try story.desk.propose(
                found, random.pick(Acceptance.allCases), note: "", by: ann)
            try await story.desk.apply(change)
        case .proposed where random.isOne(in: 4):
            try await story.desk.apply(try story.desk.reject(found, note: "", by: bob))
        case .proposed:
            try await story.desk.apply(try story.desk.approve(found, note: "", by: bob))
        default: break
        }
    }

    private func check(_ story: BreakStory, _ place: String) throws {
        let world = story.house.store.world
        let ofDisputes: Set<ObligationType> = [.released, .rounding, .breakCorrections]
        let obligations = world.obligations.values.joined()
        let frozen = obligations.filter { !ofDisputes.contains($0.type) }
            .reduce(0) { $0 + $1.amount }
        func moved(_ kinds: [DisputeMovementKind], on date: BusinessDate? = nil) -> Int64 {
            world.breakMovements.filter {
                kinds.contains($0.movement.kind) && (date == nil || $0.bookedOn == date)
            }.reduce(0) { $0 + $1.movement.amount }
        }
        let corrections = moved([.rounding, .correction, .writeOff])
        let settled = world.settlements.flatMap(\.lines)
            .filter { [.obligation, .held].contains($0.kind) }.reduce(0) { $0 + $1.amount }
        let covered = Set(world.covered.map(\.date))
        let waiting =
            obligations.filter { !covered.contains($0.date) }.reduce(0) { $0 + $1.amount }
            - world.breakMovements.filter {
                $0.movement.kind == .held && !covered.contains($0.firstDate)
            }.reduce(0) { $0 + $1.movement.amount }
        let unfrozen = moved([.released, .rounding, .correction, .writeOff], on: world.open)
        let held = world.breaks.values.reduce(0) { $0 + $1.posted.held }
        #expect(frozen + corrections == settled + held + waiting + unfrozen, "\(place)")
        #expect(story.balance(.dueToFromHeld) == -held, "\(place)")
        for kept in world.breaks.values where !kept.state.isOpen {
            #expect(kept.posted.held == 0, "\(place) \(kept.id)")
        }
    }
}

/// Draws what either side says of a day.
struct RandomBreaks {
    private var late: BreakStory.Lines = [:]
    /// Lines that only they had; some of them we learn of some days later.
    private var unknown: BreakStory.Lines = [:]

    mutating func day(_ day: Int, _ random: inout SeededGenerator) -> (
        ours: BreakStory.Lines, theirs: BreakStory.Lines
    ) {
        var ours: BreakStory.Lines = [:]
        for number in 0..<random.pick(0...4) {
            let amount = random.pick(1...500 as ClosedRange<Int64>)
            ours["P\(day)-\(number)"] = random.isOne(in: 8) ? 0 - amount : amount
        }
        for (key, amount) in unknown.sorted(by: { $0.key < $1.key }) where random.isOne(in: 4) {
            ours[key] = amount + random.pick(-1...1 as ClosedRange<Int64>)
            unknown[key] = nil
        }
        let learned = ours.filter { $0.key.hasPrefix("X") }
        var theirs = distorted(ours.filter { learned[$0.key] == nil }, &random)
        theirs.merge(late) { first, _ in first }
        late = ours.filter {
            theirs[$0.key] == nil && learned[$0.key] == nil && random.isOne(in: 2)
        }
        unknown.merge(theirs.filter { $0.key.hasPrefix("X") }) { first, _ in first }
        return (ours, theirs)
    }

    /// Ours with some lines left out, changed or added.
    mutating func distorted(_ ours: BreakStory.Lines, _ random: inout SeededGenerator)
        -> BreakStory.Lines
    {
        var theirs: BreakStory.Lines = [:]
        for (key, amount) in ours.sorted(by: { $0.key < $1.key }) {
            switch random.pick(0...9) {
            case 0: continue
            case 1: theirs[key] = amount + random.pick(-3...3 as ClosedRange<Int64>)
            case 2: theirs[key] = random.pick(-300...300 as ClosedRange<Int64>)
            case 3:
                theirs[key] = amount
                theirs["X\(key)"] = random.pick(1...300 as ClosedRange<Int64>)
            default: theirs[key] = amount
            }
        }
        return theirs
    }
}
