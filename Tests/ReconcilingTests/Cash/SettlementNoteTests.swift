import Monetary
import Reconciling
import Testing

/// What the settlement desk says of a statement, as findings with a place in the file.
struct SettlementNoteTests {
    private static func note(
        _ kind: SettlementNote.Kind, expected: Int64? = -100, _ line: Record? = nil
    ) -> SettlementNote {
        SettlementNote(
            kind, settlement: "S1", currency: Samples.dollar, expected: expected,
            shown: line?.amounts[0], line: line, reason: "why")
    }

    private static let line = CashSamples.credit("S1", -60, ref: "B1")

    @Test(
        arguments: [
            (.underWay(isSeenLater: false), "ours-only S1 in-transit open", -100, false),
            (.underWay(isSeenLater: true), "ours-only S1 in-transit resolved", -100, false),
            (.short, "amount S1 paid-in-part resolved", -40, true),
            (.excess, "amount S1 transfer-differs open", -40, true),
            (.back, "theirs-only S1 sent-back resolved", -40, true),
            (.early, "theirs-only S1 not-instructed open", -40, true),
            (.unknown, "theirs-only B1 unknown-receipt open", -40, true),
            (.changed, "theirs-only B1 changed-line open", -40, true),
            (.currency, "field B1 other-currency open", nil, true),
        ] as [(SettlementNote.Kind, String, Int64?, Bool)])
    func `each is a finding of its kind, key and cause`(
        kind: SettlementNote.Kind, words: String, difference: Int64?, hasLine: Bool
    ) throws {
        let match = try CashSamples.statement([Self.line], [])
        let findings = match.findings(
            unexplained: [:], settlements: [Self.note(kind, hasLine ? Self.line : nil)])
        let told = findings.map {
            "\($0.kind.rawValue) \($0.key.joined()) \($0.cause.rawValue) "
                + ($0.isResolved ? "resolved" : "open")
        }
        #expect(told == [words])
        #expect(
            findings.flatMap(\.differences).map(\.minorUnits) == (difference.map { [$0] } ?? []))
        #expect(findings.allSatisfy { $0.sentence.hasSuffix("; likely cause: why") })
    }

    @Test func `a finding claims its line, and no other`() throws {
        let lines = [
            CashSamples.credit("A", 5), CashSamples.credit("S1", -60, ref: "B1"),
            CashSamples.credit("S2", -1, ref: "B2"), CashSamples.credit("X", 1, ref: "B3"),
        ]
        let match = try CashSamples.statement(lines, [CashSamples.expect("A", 4)])
        let notes = [Self.note(.underWay(isSeenLater: false)), Self.note(.short, lines[1])]
        let findings = match.findings(unexplained: [:], settlements: notes)
        let claims = match.claims(findings, settlements: notes)
        let taken = claims.map { claim in
            "\(claim.key.joined()) \(claim.finding.map { findings[$0].cause.rawValue } ?? "-")"
        }
        #expect(
            taken.sorted() == [
                "B1 paid-in-part", "B2 -", "B3 unknown-receipt", "BK-A transfer-differs",
            ])
    }

    @Test func `findings of one kind and key are numbered`() throws {
        let match = try CashSamples.statement([], [])
        let notes = [Self.note(.excess), Self.note(.short), Self.note(.excess), Self.note(.back)]
        let findings = match.findings(unexplained: [:], settlements: notes)
        #expect(findings.map(\.ordinal) == [1, 2, 3, 1])
    }

    @Test func `the largest amounts there are make no overflow`() throws {
        let match = try CashSamples.statement([], [])
        let line = CashSamples.credit("S1", .max)
        let findings = match.findings(
            unexplained: [:], settlements: [Self.note(.excess, expected: .min, line)])
        #expect(findings.flatMap(\.differences).map(\.minorUnits) == [.max])
    }
}
