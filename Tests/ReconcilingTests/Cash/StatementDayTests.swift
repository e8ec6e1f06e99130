import Monetary
import Reconciling
import TestSupport
import Testing

/// Money that should be on the account against what the statement shows.
struct StatementDayTests {
    @Test func `an expectation takes the line that carries its name`() throws {
        let match = try CashSamples.statement(
            [CashSamples.credit("A", 5), CashSamples.credit("B", 7)],
            [CashSamples.expect("A", 5), CashSamples.expect("C", 9, dueOn: 1)])
        #expect(match.arrivals.map(\.line.fields[0]) == ["A"])
        let findings = match.findings(unexplained: [:])
        #expect(findings.map(\.cause) == [.unknownReceipt])
        #expect(findings.map(\.key) == [["BK-B"]])
        #expect(match.claims(findings).map(\.finding) == [nil, 0])
    }

    @Test func `of several lines the one with the amount is taken`() throws {
        let match = try CashSamples.statement(
            [CashSamples.credit("A", 4, ref: "1"), CashSamples.credit("A", 5, ref: "2")],
            [CashSamples.expect("A", 5)])
        #expect(match.arrivals.map(\.line.key) == [["2"]])
        #expect(match.findings(unexplained: [:]).map(\.cause) == [.bookedTwice])
    }

    @Test(
        arguments: [(0, [Cause.inTransit]), (-2, [.inTransit]), (1, []), (nil, [])]
            as [(Int?, [Cause])])
    func `money is late from its date on`(due: Int?, causes: [Cause]) throws {
        let match = try CashSamples.statement([], [CashSamples.expect("A", 5, dueOn: due)])
        let findings = match.findings(unexplained: [:])
        #expect(findings.map(\.cause) == causes)
        #expect(findings.allSatisfy { $0.cause.isTiming && $0.severity == .info })
    }

    @Test func `what waits already opens no second break`() throws {
        let match = try CashSamples.statement(
            [], [CashSamples.expect("A", 5)], waiting: ["A"])
        #expect(match.findings(unexplained: [:]).isEmpty)
    }

    @Test func `an amount is a difference unless lines account for it`() throws {
        let match = try CashSamples.statement(
            [CashSamples.credit("A", 4)], [CashSamples.expect("A", 5)])
        #expect(match.findings(unexplained: [:]).map(\.cause) == [.transferDiffers])
        #expect(match.findings(unexplained: ["A": 0]).isEmpty)
        let finding = match.findings(unexplained: ["A": -3]).first
        #expect(finding?.differences == [CashFinding.Amount("amount", 3)])
    }

    @Test func `a payout that came back is told until a fact says so`() throws {
        func match(_ loan: String) throws -> StatementMatch {
            try CashSamples.statement(
                [CashSamples.credit("RETURN L1.payout", 5)],
                [
                    CashExpectation(
                        kind: .returned, remittance: "RETURN L1.payout",
                        currency: Samples.dollar, amount: 5, dueOn: nil, unbookedLoan: loan)
                ])
        }
        let open = try match("L1")
        let findings = open.findings(unexplained: [:])
        #expect(findings.map(\.cause) == [.payoutReturned])
        #expect(findings.map(\.loan) == ["L1"])
        #expect(findings.map(\.key) == [["RETURN L1.payout"]])
        #expect(open.claims(findings).map(\.finding) == [0])
        #expect(open.arrivals.count == 1, "the money is ours all the same")
        #expect(try match("").findings(unexplained: [:]).isEmpty)
    }

    @Test(arguments: [
        ("PAYOUT L1.payout", CashExpectation.Kind.payout, "L1.payout"),
        ("RETURN L1.payout", .returned, "L1.payout"),
    ])
    func `a remittance names its payout`(text: String, kind: CashExpectation.Kind, key: String) {
        let named = CashExpectation.payoutKey(in: text)
        #expect(named?.kind == kind && named?.key == key)
        #expect(CashExpectation.payoutKey(in: "CHANNEL 2026-01-01 USD") == nil)
        #expect(CashExpectation.payoutKey(in: "payout L1") == nil)
    }

    @Test func `a missing statement is one break, whatever was expected`() throws {
        let match = try CashSamples.statement(nil, [CashSamples.expect("A", 5)])
        #expect(match.findings(unexplained: [:]).map(\.kind) == [.missingFile])
    }

    @Test func `settlements are another desk's, their copies are not`() throws {
        let match = try CashSamples.statement(
            [CashSamples.credit("S1", 4), CashSamples.credit("S1", 4)], [])
        #expect(match.elsewhere.count == 1)
        #expect(match.findings(unexplained: [:]).map(\.cause) == [.writtenTwice])
    }

    @Test func `the order of lines changes nothing, and each is claimed once`() throws {
        try Property.check(10_000) { generator in
            let lines = (0..<8).map { number in
                CashSamples.credit(
                    "\(["A", "B", "S", "X"].randomElement(using: &generator) ?? "A")",
                    Int64.random(in: -1..<2, using: &generator),
                    ref: "R\(Int.random(in: 0..<4, using: &generator))", line: number)
            }
            let expectations = ["A", "B", "C"].map { CashSamples.expect($0, 1) }
            let one = try CashSamples.statement(lines, expectations)
            let two = try CashSamples.statement(
                lines.shuffled(using: &generator), expectations.shuffled(using: &generator))
            func words(_ match: StatementMatch) -> [String] {
                match.findings(unexplained: [:]).map { "\($0.key) \($0.ordinal) \($0.sentence)" }
            }
            try hold(words(one) == words(two), "not the same in another order")
            let claims = one.claims(one.findings(unexplained: [:]))
            try hold(claims.count == lines.count, "not the same in another order")
            try hold(
                Set(claims.map { "\($0.key) \($0.occurrence)" }).count == lines.count,
                "not the same in another order")
            try hold(
                Set(claims) == Set(two.claims(two.findings(unexplained: [:]))),
                "not the same in another order")
        }
    }
}
