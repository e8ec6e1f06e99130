import Reconciling
import Testing

/// What two files of `id,amount,value_date,status` must say of each other.
struct MatchCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let ours: [String]
    let theirs: [String]
    var tolerance = "0"
    var window = 0
    let lines: [String]
    var matched = 0
}

@Suite struct MatchKindTests {
    private static let header = "id,amount,value_date,status\n"

    static let cases: [MatchCase] = [
        MatchCase(
            testDescription: "equal lines", ours: ["1,10.00,2026-01-01,ok"],
            theirs: ["1,10.00,2026-01-01,ok"], lines: [], matched: 1),
        MatchCase(
            testDescription: "widths of decimals mix", ours: ["1,1.5,2026-01-01,ok"],
            theirs: ["1,1.50,2026-01-01,ok"], lines: [], matched: 1),
        MatchCase(
            testDescription: "one side each", ours: ["1,10.00,2026-01-01,ok"],
            theirs: ["2,7,2026-01-01,ok"],
            lines: ["ours-only 1 2/- 10.00", "theirs-only 2 -/2 -7"]),
        MatchCase(
            testDescription: "an amount", ours: ["1,10.00,2026-01-01,ok"],
            theirs: ["1,10.01,2026-01-01,ok"], lines: ["amount 1 2/2 -0.01"]),
        MatchCase(
            testDescription: "an amount within tolerance", ours: ["1,10.00,2026-01-01,ok"],
            theirs: ["1,10.01,2026-01-01,ok"], tolerance: "0.01", lines: ["rounding 1 2/2 -0.01"],
            matched: 1),
        MatchCase(
            testDescription: "an amount just beyond a finer tolerance",
            ours: ["1,10.00,2026-01-01,ok"], theirs: ["1,10.010,2026-01-01,ok"],
            tolerance: "0.0099", lines: ["amount 1 2/2 -0.010"]),
        MatchCase(
            testDescription: "a date", ours: ["1,10.00,2026-01-31,ok"],
            theirs: ["1,10.00,2026-02-02,ok"], window: 1, lines: ["date 1 2/2 0.00"]),
        MatchCase(
            testDescription: "a date within the window", ours: ["1,10.00,2026-02-02,ok"],
            theirs: ["1,10.00,2026-01-31,ok"], window: 2, lines: ["timing 1 2/2 0.00"],
            matched: 1),
        MatchCase(
            testDescription: "a field", ours: ["1,10.00,2026-01-01,ok"],
            theirs: ["1,10.00,2026-01-01,no"], lines: ["field 1 2/2 0.00"]),
        MatchCase(
            testDescription: "an amount outweighs a date and a field",
            ours: ["1,10.00,2026-01-01,ok"], theirs: ["1,11.00,2026-01-05,no"],
            lines: ["amount 1 2/2 -1.00"]),
        MatchCase(
            testDescription: "a date outweighs a field and rounding",
            ours: ["1,10.00,2026-01-01,ok"], theirs: ["1,10.01,2026-01-05,no"],
            tolerance: "0.01", window: 3, lines: ["date 1 2/2 -0.01"]),
        MatchCase(
            testDescription: "a field outweighs rounding and timing",
            ours: ["1,10.00,2026-01-01,ok"], theirs: ["1,10.01,2026-01-02,no"],
            tolerance: "0.01", window: 3, lines: ["field 1 2/2 -0.01"]),
        MatchCase(
            testDescription: "rounding before timing", ours: ["1,10.00,2026-01-01,ok"],
            theirs: ["1,10.01,2026-01-02,ok"], tolerance: "0.01", window: 3,
            lines: ["rounding 1 2/2 -0.01"], matched: 1),
        MatchCase(
            testDescription: "identical twins meet pairwise",
            ours: ["1,10.00,2026-01-01,ok", "1,10.00,2026-01-01,ok"],
            theirs: ["1,10.00,2026-01-01,ok", "1,10.00,2026-01-01,ok"], lines: [], matched: 2),
        MatchCase(
            testDescription: "one more of ours",
            ours: ["1,10.00,2026-01-01,ok", "1,10.00,2026-01-01,ok"],
            theirs: ["1,10.00,2026-01-01,ok"], lines: ["duplicate-ours 1 3/- 10.00"], matched: 1),
        MatchCase(
            testDescription: "one more of theirs, otherwise dated",
            ours: ["1,10.00,2026-01-01,ok"],
            theirs: ["1,10.00,2026-01-03,ok", "1,10.00,2026-01-01,ok"],
            lines: ["duplicate-theirs 1 -/2 -10.00"], matched: 1),
        MatchCase(
            testDescription: "two of a key that only they have", ours: [],
            theirs: ["1,10.00,2026-01-01,ok", "1,10.00,2026-01-01,ok"],
            lines: ["theirs-only 1 -/2 -10.00", "duplicate-theirs 1 -/3 -10.00"]),
        MatchCase(
            testDescription: "twins meet within tolerance before they meet at all",
            ours: ["1,10.00,2026-01-01,ok", "1,20.00,2026-01-01,ok"],
            theirs: ["1,20.01,2026-01-01,ok"], tolerance: "0.01",
            lines: ["rounding 1 3/2 -0.01", "duplicate-ours 1 2/- 10.00"], matched: 1),
        MatchCase(
            testDescription: "sorted by the bytes of the key",
            ours: ["b,1,2026-01-01,ok", "10,1,2026-01-01,ok", "2,1,2026-01-01,ok"],
            theirs: ["é,1,2026-01-01,ok", "A,1,2026-01-01,ok"],
            lines: [
                "ours-only 10 3/- 1", "ours-only 2 4/- 1", "theirs-only A -/3 -1",
                "ours-only b 2/- 1", "theirs-only é -/2 -1",
            ]),
    ]

    @Test(arguments: cases)
    func `every difference has its kind`(_ example: MatchCase) throws {
        let outcome = try MatchedTexts.match(
            Self.header + example.ours.map { $0 + "\n" }.joined(),
            Self.header + example.theirs.map { $0 + "\n" }.joined()
        ) {
            $0.fields = ["status"]
            $0.tolerance = MatchedTexts.tolerance(example.tolerance)
            $0.windowDays = example.window
        }
        #expect(outcome.lines == example.lines)
        #expect(outcome.summary.matched == example.matched)
        #expect(outcome.summary.ours.rows == example.ours.count)
        #expect(outcome.summary.theirs.rows == example.theirs.count)
        let isLeft = outcome.breaks.contains { $0.kind != .rounding && $0.kind != .timing }
        #expect(outcome.summary.hasBreaks == isLeft)
    }

    @Test func `the summary sums columns, differences and the amounts of single lines`() throws {
        let outcome = try MatchedTexts.match(
            "id,principal,fee\n1,10.00,1\n2,5.25,0\n3,1,1.125\n",
            "id,principal,fee\n1,9.00,1\n4,7,0.5\n5,1,0\n")
        #expect(
            outcome.summary.ours.sums.map { "\($0.column) \($0.amount)" } == [
                "principal 16.25", "fee 2.125",
            ])
        #expect(
            outcome.summary.kinds.map { "\($0.kind.rawValue) \($0.count) \($0.sum)" } == [
                "ours-only 2 7.375", "theirs-only 2 8.5", "amount 1 1.00",
            ])
        #expect(outcome.breaks.map(\.difference) == ["1.00", "5.25", "2.125", "-7.5", "-1"])
    }

    @Test func `a currency decides the decimals and is compared when it is no key`() throws {
        let ours = "id,amount,currency\n1,5,JPY\n2,1.5,USD\n3,10.00,USD\n"
        let theirs = "id,currency,amount\n1,JPY,5.00\n2,USD,1.50\n3,EUR,10.00\n"
        let outcome = try MatchedTexts.match(ours, theirs) { $0.key = ["id"] }
        #expect(outcome.lines == ["field 3 4/4 null"])
        #expect(outcome.summary.matched == 2)
    }

    @Test func `files of another column order show each its own columns`() throws {
        let outcome = try MatchedTexts.match(
            "id,amount,note,value_date\n1,2,x,2026-01-01\n",
            "value_date,note,amount,id,more\n2026-01-01,y,3,1,z\n"
        ) { $0.key = ["id"] }
        #expect(outcome.lines == ["amount 1 2/2 -1"])
        #expect(outcome.breaks[0].ours?.values == ["2", "x", "2026-01-01"])
        #expect(outcome.breaks[0].theirs?.values == ["2026-01-01", "y", "3", "z"])
    }

    @Test func `without amounts a difference is null`() throws {
        let outcome = try MatchedTexts.match("id,s\n1,a\n2,a\n", "id,s\n1,b\n") {
            $0.key = ["id"]
            $0.fields = ["s"]
        }
        #expect(outcome.lines == ["field 1 2/2 null", "ours-only 2 3/- null"])
        #expect(outcome.summary.ours.sums.isEmpty)
        #expect(outcome.summary.kinds.map(\.sum) == [.single("0"), .single("0")])
    }
}
