import Reconciling
import TestSupport
import Testing

@Suite struct SumMatchingTests {
    private func part(_ id: String, _ principal: Int64, _ interest: Int64, loan: String = "L-1")
        -> Record
    {
        Samples.payment(
            id, loan: loan, principal: principal, interest: interest, serviceFee: 0)
    }

    /// `ours = theirs` keys of every sum that was found.
    private func sums(_ result: FileResult) -> [String] {
        result.sums.map { sum in
            [sum.ours, sum.theirs].map { side in
                side.map { $0.record.key[0] }.joined(separator: "+")
            }.joined(separator: " = ")
        }
    }

    @Test func `one line of ours that they wrote in parts is no break`() throws {
        let result = try Samples.match(
            [part("P", 100, 10)], [part("P-a", 60, 10), part("P-b", 40, 0)])
        #expect(sums(result) == ["P = P-a+P-b"])
        #expect(result.breaks.isEmpty)
    }

    @Test func `several lines of ours that they wrote as one are no breaks`() throws {
        let result = try Samples.match(
            [part("a", 60, 1), part("b", 30, 2), part("c", 10, 3), part("d", 7, 7)],
            [part("X", 100, 6)])
        #expect(sums(result) == ["a+b+c = X"])
        #expect(result.breaks.map { $0.key[0] } == ["d"])
    }

    @Test func `the fewest parts win, then the first in key order`() throws {
        let result = try Samples.match(
            [part("P", 100, 0)],
            [
                part("a", 50, 0), part("b", 25, 0), part("c", 25, 0), part("d", 50, 0),
                part("e", 50, 0),
            ])
        #expect(sums(result) == ["P = a+d"])
        #expect(result.breaks.map { $0.key[0] } == ["b", "c", "e"])
    }

    @Test(arguments: [
        ("a cent is missing", 39, 0, "L-1"), ("another column", 40, 1, "L-1"),
        ("another loan", 40, 0, "L-2"),
    ])
    func `what does not add up exactly stays a break`(
        why: String, principal: Int64, interest: Int64, loan: String
    ) throws {
        let result = try Samples.match(
            [part("P", 100, 10)],
            [part("P-a", 60, 10), part("P-b", principal, interest, loan: loan)])
        #expect(result.sums.isEmpty, "\(why)")
        #expect(result.breaks.count == 3)
    }

    @Test func `one line for one, or more parts than are searched, is no sum`() throws {
        #expect(try Samples.match([part("P", 1, 0)], [part("Q", 1, 0)]).sums.isEmpty)
        let many = (1...9).map { part("Q\($0)", 1, 0) }
        #expect(try Samples.match([part("P", 9, 0)], many).sums.isEmpty)
        #expect(sums(try Samples.match([part("P", 8, 0)], Array(many.dropLast()))).count == 1)
    }

    @Test func `the order of the lines changes no sum and every line is claimed once`() throws {
        try Property.check(2_000) { generator in
            let ours = (0..<generator.pick(0...6)).map {
                part("o\($0)", Int64(generator.pick(1...6)), 0)
            }
            let theirs = (0..<generator.pick(0...6)).map {
                part("t\($0)", Int64(generator.pick(1...6)), 0)
            }
            let first = try Samples.match(ours, theirs)
            let other = try Samples.match(
                ours.shuffled(using: &generator), theirs.shuffled(using: &generator))
            try hold(sums(first) == sums(other), "\(sums(first)) \(sums(other))")
            let claims = first.sums.flatMap(\.claims) + first.breaks.flatMap(\.claims)
            try hold(
                Set(claims).count == claims.count && claims.count == ours.count + theirs.count,
                "\(claims)")
        }
    }
}

@Suite struct ToleranceBudgetTests {
    private func breaks(_ cents: Int64...) throws -> [Break] {
        let ours = cents.indices.map { Samples.payment("P\($0)") }
        let theirs = cents.enumerated().map {
            Samples.payment("P\($0)", interest: 10_000 + $1)
        }
        return try Samples.match(ours, theirs, tolerance: Tolerance(minorUnits: 9)).breaks
    }

    /// Keys of what is covered, in order.
    private func covered(
        _ breaks: [Break], _ budget: ToleranceBudget, before: UInt64 = 0
    ) -> [String] {
        let covered = budget.covered(draws(breaks), spentBefore: [Samples.dollar: before])
        return breaks.filter { covered.contains($0.id.text) }.map { $0.key[0] }
    }

    /// What rounding breaks would take.
    private func draws(_ breaks: [Break]) -> [ToleranceBudget.Draw] {
        breaks.filter { $0.kind == .rounding }.map {
            ToleranceBudget.Draw(
                id: $0.id.text, currency: $0.currency ?? Samples.dollar, size: $0.magnitude)
        }
    }

    @Test func `a line above its budget stays a break`() throws {
        let budget = ToleranceBudget(perLine: 2, perDay: 100, perMonth: 100)
        #expect(covered(try breaks(1, 3, -2), budget) == ["P0", "P2"])
    }

    @Test func `a day covers the smallest first`() throws {
        let budget = ToleranceBudget(perLine: 9, perDay: 6, perMonth: 100)
        #expect(covered(try breaks(5, 1, 2, 3), budget) == ["P1", "P2", "P3"])
    }

    @Test func `a month counts what its earlier dates took`() throws {
        let budget = ToleranceBudget(perLine: 9, perDay: 9, perMonth: 10)
        #expect(covered(try breaks(1, 2), budget, before: 8) == ["P0"])
        #expect(covered(try breaks(1, 2), budget, before: 10) == [])
        #expect(covered(try breaks(1, 2), .unlimited, before: .max) == [])
        #expect(covered(try breaks(1, 2), .unlimited, before: 8) == ["P0", "P1"])
    }

    @Test func `of equal ones the first given is covered`() throws {
        let all = try breaks(1, 30, 2, 2, 4)
        let budget = ToleranceBudget(perLine: 9, perDay: 3, perMonth: 9)
        #expect(covered(all, .unlimited) == ["P0", "P2", "P3", "P4"])
        #expect(covered(all, budget) == ["P0", "P2"])
        #expect(covered(all.reversed(), budget) == ["P3", "P0"])
    }

    @Test func `each currency has the budget for itself`() {
        let draws = [("a", Samples.dollar), ("b", Samples.yen), ("c", Samples.dollar)].map {
            ToleranceBudget.Draw(id: $0.0, currency: $0.1, size: 2)
        }
        let budget = ToleranceBudget(perLine: 2, perDay: 3, perMonth: 3)
        #expect(budget.covered(draws, spentBefore: [:]) == ["a", "b"])
        #expect(budget.covered(draws, spentBefore: [Samples.yen: 2]) == ["a"])
    }
}
