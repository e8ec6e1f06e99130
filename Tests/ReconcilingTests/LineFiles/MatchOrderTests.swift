import Reconciling
import TestSupport
import Testing

@Suite struct MatchOrderTests {
    /// Few keys and values, so that every kind of clash happens; a column that is not compared.
    private func rows(_ count: Int, _ generator: inout SeededGenerator) -> [String] {
        (0..<count).map { _ in
            let amount = generator.pick(["1", "1.0", "1.01", "2.00", "2.01", "-3"])
            return "\(generator.pick(0...7)),\(amount),2026-01-0\(generator.pick(1...4)),"
                + "\(generator.pick(["x", "y"])),\(generator.pick(["m", "n"]))"
        }
    }

    private static let header = "id,amount,value_date,status,note"

    private func text(_ rows: [String]) -> String {
        ([Self.header] + rows).map { $0 + "\n" }.joined()
    }

    private func match(_ ours: [String], _ theirs: [String], seed: UInt64 = 1) throws
        -> MatchedTexts.Outcome
    {
        try MatchedTexts.match(text(ours), text(theirs), seed: seed) {
            $0.key = ["id"]
            $0.fields = ["status"]
            $0.tolerance = MatchedTexts.tolerance("0.01")
            $0.windowDays = 1
        }
    }

    @Test func `two hundred orders of the rows give the same breaks and summary`() throws {
        var generator = SeededCase(number: 0).generator
        let (ours, theirs) = (rows(60, &generator), rows(60, &generator))
        let first = try match(ours, theirs)
        #expect(first.breaks.count > 20)
        for shuffle in 1...200 {
            let other = try match(
                ours.shuffled(using: &generator), theirs.shuffled(using: &generator),
                seed: UInt64(shuffle))
            #expect(other.business == first.business, "shuffle \(shuffle)")
        }
    }

    @Test func `every line is in one pair or break, whatever the rows`() throws {
        try Property.check(20_000) { generator in
            let ours = rows(generator.pick(0...12), &generator)
            let theirs = rows(generator.pick(0...12), &generator)
            let outcome = try match(ours, theirs)
            let pairs = outcome.breaks.filter { $0.ours != nil && $0.theirs != nil }.count
            let within = outcome.breaks.filter { $0.kind == .rounding || $0.kind == .timing }.count
            let agreed = outcome.summary.matched - within
            for (side, count) in [
                (outcome.breaks.compactMap(\.ours?.line), ours.count),
                (outcome.breaks.compactMap(\.theirs?.line), theirs.count),
            ] {
                try hold(Set(side).count == side.count, "a line is in two breaks")
                try hold(side.count + agreed == count, "\(side.count) and \(agreed) of \(count)")
            }
            try hold(pairs + agreed <= min(ours.count, theirs.count), "too many pairs")
        }
    }

    @Test func `our view and theirs mirror each other`() throws {
        let mirror: [BreakKind: BreakKind] = [
            .oursOnly: .theirsOnly, .theirsOnly: .oursOnly, .duplicateOurs: .duplicateTheirs,
            .duplicateTheirs: .duplicateOurs,
        ]
        try Property.check(5_000) { generator in
            let (ours, theirs) = (rows(10, &generator), rows(10, &generator))
            let here = try match(ours, theirs).breaks.map { mirror[$0.kind] ?? $0.kind }
            let there = try match(theirs, ours).breaks.map(\.kind)
            let (left, right) = (Set(here), Set(there))
            // Which twins meet may differ; that lines are left over on a side may not.
            try hold(
                left.intersection(mirror.keys) == right.intersection(mirror.keys),
                "ours \(here), theirs \(there)")
        }
    }

    /// Keys that stand once a side need no pairing: a dictionary tells the kinds.
    @Test func `unique keys are judged as a dictionary judges them`() throws {
        try Property.check(20_000) { generator in
            func unique() -> [Int: (cents: Int, day: Int, status: String)] {
                (0..<generator.pick(0...10)).reduce(into: [:]) { rows, _ in
                    rows[generator.pick(0...9)] = (
                        generator.pick(98...102), generator.pick(1...4), generator.pick(["x", "y"])
                    )
                }
            }
            let (ours, theirs) = (unique(), unique())
            func lines(_ rows: [Int: (cents: Int, day: Int, status: String)]) -> [String] {
                rows.sorted { $0.value < $1.value }.map { key, row in
                    let cents = row.cents % 100 < 10 ? "0\(row.cents % 100)" : "\(row.cents % 100)"
                    return "\(key),\(row.cents / 100).\(cents),2026-01-0\(row.day),\(row.status),-"
                }
            }
            var kinds: [String] = []
            for key in 0...9 {
                switch (ours[key], theirs[key]) {
                case (nil, nil): continue
                case (_, nil): kinds.append("\(key) ours-only")
                case (nil, _): kinds.append("\(key) theirs-only")
                case (let one?, let other?):
                    let (cents, days) = (abs(one.cents - other.cents), abs(one.day - other.day))
                    if cents > 1 {
                        kinds.append("\(key) amount")
                    } else if days > 1 {
                        kinds.append("\(key) date")
                    } else if one.status != other.status {
                        kinds.append("\(key) field")
                    } else if cents > 0 {
                        kinds.append("\(key) rounding")
                    } else if days > 0 {
                        kinds.append("\(key) timing")
                    }
                }
            }
            let found = try match(lines(ours), lines(theirs)).breaks
            try hold(
                found.map { "\($0.key[0]) \($0.kind.rawValue)" } == kinds,
                "\(found.map { "\($0.key[0]) \($0.kind.rawValue)" }) instead of \(kinds)")
        }
    }
}
