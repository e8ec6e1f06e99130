import BusinessCalendar
import LendingRules
import Operations
import TestSupport
import Testing

/// Weeks of random obligations, late files, rules, statements and returns.
struct SettlementLawTests {
    @Test(arguments: 0..<40)
    func `what was owed is settled, under way, carried or waiting, after every day`(
        number: Int
    ) async throws {
        let seeded = SeededCase(number: number)
        var random = seeded.generator
        let story = try SettlementStory(
            SettlementRules(
                minimum: random.pick([0, 50, 400]), netting: random.pick(NettingRule.allCases),
                ifMissing: random.pick(MissingFilesRule.allCases),
                approval: random.pick(ApprovalRule.allCases)),
            calendar: random.pick(["every-day", "US"]))
        var line = 0
        for day in 5...30 {
            let steps = Self.day(day, story, &random, &line)
            try await story.live(steps)
            try await check(story, "\(seeded), \(steps)")
        }
    }

    /// The steps of one day: obligations of the day before, a run, decisions and statement lines.
    private static func day(
        _ day: Int, _ story: SettlementStory, _ random: inout SeededGenerator, _ line: inout Int
    ) -> String {
        func text(_ day: Int) -> String { day < 10 ? "01-0\(day)" : "01-\(day)" }
        var steps: [String] = []
        for type in ["repayments", "funding-due", "service-fees"] where !random.isOne(in: 3) {
            let amount = random.pick(1...300 as ClosedRange<Int64>)
            steps.append(
                "owe \(text(day - 1)) \(type) \(type == "repayments" ? amount : -amount)")
        }
        if !steps.isEmpty, random.isOne(in: 6) { steps.append("missing \(text(day - 1))") }
        steps.append("run \(text(day))")
        for settlement in story.house.store.world.settlements {
            let set = settlement.id.netting == .all ? "" : "/\(settlement.id.netting)"
            let id = String("\(settlement.id.settlesOn)".dropFirst(5)) + set
            let state = try? settlement.machine().state
            if state == .draft, random.isOne(in: 2) { steps.append("approve \(id) ann") }
            guard random.isOne(in: 2), settlement.amount != 0 else { continue }
            line += 1
            let part = random.isOne(in: 2) ? settlement.amount : settlement.amount / 3
            let isReturn = random.isOne(in: 4)
            steps.append("cash B\(line) \(id) \(isReturn ? part : 0 - part)")
        }
        return steps.joined(separator: "\n")
    }

    private func check(_ story: SettlementStory, _ place: String) async throws {
        let world = story.house.store.world
        let waiting = try await story.house.store.unsettled().flatMap(\.obligations)
        let owed = world.obligations.values.joined().reduce(0) { $0 + $1.amount }
        var settled: Int64 = 0
        var open: Int64 = 0
        for settlement in world.settlements {
            let machine = try settlement.machine()
            settled += machine.received
            open += machine.open + machine.inTransit
            if [.draft, .approved].contains(machine.state) { open += machine.amount }
        }
        let held = waiting.reduce(0) { $0 + $1.amount }
        #expect(owed == settled + open + held, "\(place)")
        #expect(try await story.house.verifySettlements() == nil, "\(place)")
        let days = world.settlements.map(\.id)
        #expect(Set(days).count == days.count, "\(place)")
    }
}
