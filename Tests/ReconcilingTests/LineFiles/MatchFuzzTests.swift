import Reconciling
import TestSupport
import Testing

/// Spoiled files: none may crash the matcher, and what it takes it must account for.
@Suite struct MatchFuzzTests {
    private static let file = Array(
        #"""
        id,amount,currency,value_date,note
        P1,10.00,USD,2026-01-05,plain
        P2,-5,JPY,2026-01-06,"quoted, with ""quotes"""
        P2,-5,JPY,2026-01-06,"two
        lines"
        P3,0.125,KWD,2026-01-07,银行

        """#.utf8)

    @Test(.timeLimit(.minutes(5)))
    func `no spoiled file crashes a match or loses a line`() throws {
        try Property.check(200_000) { generator in
            let ours = Mutation.of(Self.file, &generator)
            let theirs = generator.isOne(in: 2) ? Self.file : Mutation.of(Self.file, &generator)
            do {
                let outcome = try MatchedTexts.match(ours, theirs) {
                    if generator.isOne(in: 2) { $0.key = ["id"] }
                    if generator.isOne(in: 3) { $0.fields = ["note"] }
                    if generator.isOne(in: 3) { $0.tolerance = MatchedTexts.tolerance("0.01") }
                }
                try check(outcome)
            } catch let fault as MatchFault {
                try check(fault, in: fault.side == .ours ? ours : theirs)
            }
        }
    }

    private func check(_ outcome: MatchedTexts.Outcome) throws {
        let summary = outcome.summary
        let within = outcome.breaks.filter { $0.kind == .rounding || $0.kind == .timing }.count
        for (rows, lines) in [
            (summary.ours.rows, outcome.breaks.compactMap(\.ours)),
            (summary.theirs.rows, outcome.breaks.compactMap(\.theirs)),
        ] {
            try hold(lines.count - within + summary.matched == rows, "\(summary)")
        }
        let counted = summary.kinds.reduce(0) { $0 + $1.count }
        try hold(counted == outcome.breaks.count, "\(summary)")
    }

    /// A place lies inside its file, and says what was found.
    private func check(_ fault: MatchFault, in bytes: [UInt8]) throws {
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        try hold(fault.line >= 1 && fault.line <= lines.count, "\(fault)")
        try hold(
            fault.column >= 1 && fault.column <= lines[fault.line - 1].count + 1,
            "\(fault) in \(lines[fault.line - 1].count) bytes")
        try hold(!fault.what.isEmpty && fault.code.contains("-"), "\(fault)")
    }
}
