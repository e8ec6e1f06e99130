import BusinessCalendar
import Monetary
import Reconciling
import Testing

@Suite struct OrderIndependenceTests {
    /// Few keys and few values, so that every kind of clash happens.
    private func records(_ count: Int, _ generator: inout SeededGenerator) -> [Record] {
        (0..<count).map { line in
            Samples.payment(
                "P\(Int.random(in: 0..<12, using: &generator))",
                loan: "L\(Int.random(in: 0..<3, using: &generator))",
                principal: Int64.random(in: 0..<3, using: &generator),
                interest: Int64.random(in: 0..<2, using: &generator),
                currency: Int.random(in: 0..<9, using: &generator) == 0
                    ? Samples.yen : Samples.dollar,
                dayLater: Int.random(in: 0..<2, using: &generator), line: line)
        }
    }

    private func balances(_ generator: inout SeededGenerator) -> [Record] {
        (0..<3).map {
            Samples.balance(
                "L\($0)", principal: 1000 + Int64.random(in: 0..<4, using: &generator), line: $0)
        }
    }

    private func day(_ generator: inout SeededGenerator) -> Day {
        var day = Day()
        day.tolerance = Int64.random(in: 0..<2, using: &generator)
        day.computation = PartnerComputation.allCases.randomElement(using: &generator) ?? .scale
        day.ourPayments = records(Int.random(in: 0..<20, using: &generator), &generator)
        day.theirPayments = records(Int.random(in: 0..<20, using: &generator), &generator)
        day.ourBalances = balances(&generator)
        day.theirBalances = balances(&generator)
        return day
    }

    private func shuffled(_ day: Day, _ generator: inout SeededGenerator) -> Day {
        var other = day
        other.ourPayments.shuffle(using: &generator)
        other.theirPayments.shuffle(using: &generator)
        other.ourBalances.shuffle(using: &generator)
        other.theirBalances?.shuffle(using: &generator)
        return other
    }

    private func renumbered(_ records: [Record]) -> [Record] {
        records.enumerated().map { index, record in
            Record(
                key: record.key, amounts: record.amounts, currency: record.currency,
                valueDate: record.valueDate, fields: record.fields, line: index + 100)
        }
    }

    /// Everything of a break but its lines' numbers.
    private func business(_ explained: [ExplainedBreak]) -> [String] {
        explained.map {
            "\($0.found.id) \($0.found.severity) \($0.explanation.cause) "
                + "\($0.explanation.related) \($0.explanation.sentence)"
        }
    }

    @Test func `the order of the rows changes nothing`() throws {
        var generator = SeededGenerator(seed: runSeed)
        for number in 0..<400 {
            let day = day(&generator)
            let first = try day.reconciled()
            var other = shuffled(day, &generator)
            let comment = "\(repeatCommand("OrderIndependenceTests", runSeed, number))"
            #expect(try other.reconciled() == first, "\(comment)")
            other.ourPayments = renumbered(other.ourPayments)
            other.theirPayments = renumbered(other.theirPayments)
            #expect(business(try other.reconciled()) == business(first), "\(comment)")
        }
    }

    @Test func `every record is claimed exactly once and every break has its own id`() throws {
        var generator = SeededGenerator(seed: runSeed)
        for number in 0..<400 {
            let (ours, theirs) = (records(30, &generator), records(30, &generator))
            let result = try Samples.match(ours, theirs, tolerance: Tolerance(minorUnits: 1))
            let claims = result.matches.flatMap(\.claims) + result.breaks.flatMap(\.claims)
            let comment = "\(repeatCommand("OrderIndependenceTests", runSeed, number))"
            #expect(Set(claims).count == 60 && claims.count == 60, "\(comment)")
            #expect(
                Set(result.breaks.map(\.id)).count == result.breaks.count, "\(comment)")
            let lines =
                result.matches.map(\.ours.record.line)
                + result.breaks.compactMap(\.ours?.record.line)
            #expect(lines.sorted() == Array(0..<30), "\(comment)")
        }
    }

    @Test func `our view and theirs mirror each other`() throws {
        let mirror: [BreakKind: BreakKind] = [
            .oursOnly: .theirsOnly, .theirsOnly: .oursOnly, .duplicateOurs: .duplicateTheirs,
            .duplicateTheirs: .duplicateOurs,
        ]
        var generator = SeededGenerator(seed: runSeed)
        for number in 0..<200 {
            let (ours, theirs) = (records(20, &generator), records(20, &generator))
            let here = try Samples.match(ours, theirs).breaks.map { mirror[$0.kind] ?? $0.kind }
            let there = try Samples.match(theirs, ours).breaks.map(\.kind)
            let comment = "\(repeatCommand("OrderIndependenceTests", runSeed, number))"
            #expect(
                here.map(\.rawValue).sorted() == there.map(\.rawValue).sorted(), "\(comment)")
        }
    }
}
