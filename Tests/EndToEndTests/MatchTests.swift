import Foundation
import TestSupport
import Testing

/// `colend match` from outside.
struct MatchTests {
    private static let ours = """
        loan_id,payment_id,principal,interest,currency,value_date
        L1,P1,100.00,1.00,USD,2026-01-05
        L1,P2,50.00,0.50,USD,2026-01-05
        L2,P3,10.00,0.10,USD,2026-01-06

        """
    private static let theirs = """
        payment_id,loan_id,currency,principal,interest,value_date
        P3,L2,USD,10.00,0.11,2026-01-07
        P2,L1,USD,50.00,0.50,2026-01-05
        P9,L9,USD,7.00,0.00,2026-01-05

        """

    private func run(_ words: String..., ours: String = ours, theirs: String = theirs) async throws
        -> Colend.Outcome
    {
        let folder = try TemporaryFolder()
        try folder.write(ours, to: "ours.csv")
        try folder.write(theirs, to: "theirs.csv")
        return try await Colend.run(
            ["match", "--ours", "ours.csv", "--theirs", "theirs.csv"] + words, in: folder)
    }

    private static let summary =
        #"{"summary":{"ours":{"rows":3,"sum":{"principal":"160.00","interest":"1.60"}},"#
        + #""theirs":{"rows":3,"sum":{"principal":"67.00","interest":"0.61"}},"matched":1,"#
        + #""breaks":{"ours-only":{"count":1,"sum":"101.00"},"#
        + #""theirs-only":{"count":1,"sum":"7.00"},"amount":{"count":1,"sum":"-0.01"}}}}"#

    private static let lines = [
        #"{"kind":"ours-only","key":{"loan_id":"L1","payment_id":"P1","currency":"USD"},"#
            + #""ours":{"line":2,"principal":"100.00","#
            + #""interest":"1.00","value_date":"2026-01-05"},"#
            + #""theirs":null,"difference":"101.00"}"#,
        #"{"kind":"amount","key":{"loan_id":"L2","payment_id":"P3","currency":"USD"},"#
            + #""ours":{"line":4,"principal":"10.00","#
            + #""interest":"0.10","value_date":"2026-01-06"},"#
            + #""theirs":{"line":2,"principal":"10.00","#
            + #""interest":"0.11","value_date":"2026-01-07"},"#
            + #""difference":"-0.01"}"#,
        #"{"kind":"theirs-only","key":{"loan_id":"L9","payment_id":"P9","currency":"USD"},"#
            + #""ours":null,"#
            + #""theirs":{"line":4,"principal":"7.00","#
            + #""interest":"0.00","value_date":"2026-01-05"},"#
            + #""difference":"-7.00"}"#,
    ]

    @Test(arguments: ["json", "ndjson"])
    func `breaks come as lines in key order, the summary last`(format: String) async throws {
        let outcome = try await run("--output", format)
        #expect(outcome.exit == 2)
        #expect(outcome.errors == "")
        #expect(outcome.output == (Self.lines + [Self.summary]).map { $0 + "\n" }.joined())
    }

    @Test func `as CSV the summary goes to standard error`() async throws {
        let outcome = try await run("--output", "csv", "--quiet")
        #expect(outcome.exit == 2)
        #expect(outcome.errors == Self.summary + "\n")
        let rows = outcome.output.split(separator: "\r\n")
        #expect(
            rows[0] == "kind,key.loan_id,key.payment_id,key.currency,ours.line,ours.principal,"
                + "ours.interest,ours.value_date,theirs.line,theirs.principal,theirs.interest,"
                + "theirs.value_date,difference")
        #expect(
            rows.dropFirst() == [
                "ours-only,L1,P1,USD,2,100.00,1.00,2026-01-05,,,,,101.00",
                "amount,L2,P3,USD,4,10.00,0.10,2026-01-06,2,10.00,0.11,2026-01-07,-0.01",
                "theirs-only,L9,P9,USD,,,,,4,7.00,0.00,2026-01-05,-7.00",
            ])
    }

    @Test func `a person sees a table`() async throws {
        let outcome = try await run("--output", "table")
        #expect(outcome.exit == 2)
        #expect(outcome.output.contains("ours-only"))
        #expect(outcome.output.contains("theirs: 3 rows, principal 67.00, interest 0.61"))
    }

    @Test func `what tolerance and window cover is no finding`() async throws {
        let outcome = try await run(
            "--key", "payment_id", "--tolerance", "0.01", "--window", "1",
            ours: "payment_id,amount,value_date\nA,1.00,2026-01-01\nB,1.00,2026-01-01\n",
            theirs: "payment_id,amount,value_date\nB,1.00,2026-01-02\nA,1.01,2026-01-02\n")
        #expect(outcome.exit == 0, "\(outcome.errors)")
        #expect(outcome.output.contains(#"{"kind":"rounding","key":{"payment_id":"A"}"#))
        #expect(outcome.output.contains(#"{"kind":"timing","key":{"payment_id":"B"}"#))
        #expect(
            outcome.output.hasSuffix(
                #""matched":2,"breaks":{"rounding":{"count":1,"sum":"-0.01"},"#
                    + #""timing":{"count":1,"sum":"0.00"}}}}"# + "\n"))
    }

    @Test func `several currencies have a sum each`() async throws {
        let (ours, theirs) = (
            "id,amount,currency\n1,1.00,USD\n2,500,JPY\n",
            "id,amount,currency\n1,1.50,USD\n3,7,JPY\n"
        )
        let summary =
            #"{"summary":{"ours":{"rows":2,"sum":{"amount":{"JPY":"500","USD":"1.00"}}},"#
            + #""theirs":{"rows":2,"sum":{"amount":{"JPY":"7","USD":"1.50"}}},"matched":0,"#
            + #""breaks":{"ours-only":{"count":1,"sum":{"JPY":"500"}},"#
            + #""theirs-only":{"count":1,"sum":{"JPY":"7"}},"#
            + #""amount":{"count":1,"sum":{"USD":"-0.50"}}}}}"# + "\n"
        let json = try await run("--key", "id", ours: ours, theirs: theirs)
        #expect(json.output.hasSuffix("\n" + summary))
        let csv = try await run("--key", "id", "--output", "csv", ours: ours, theirs: theirs)
        #expect(csv.errors == summary)
        let table = try await run("--key", "id", "--output", "table", ours: ours, theirs: theirs)
        #expect(table.output.contains("ours: 2 rows, amount JPY 500, USD 1.00"))
    }

    @Test(arguments: [
        ("--tolerance", "-1", "USAGE-021", "'-1' is no amount from 0"),
        ("--window", "-1", "USAGE-022", "--window -1 is not from 0 to 3652059"),
        ("--window", "99999999999", "USAGE-022", "is not from 0 to 3652059, the days"),
    ])
    func `a limit that makes no sense is told as it was written`(
        option: String, text: String, code: String, words: String
    ) async throws {
        let outcome = try await run(option, text)
        #expect(outcome.exit == 64 && outcome.codes == [code], "\(outcome.errors)")
        #expect(outcome.errors.contains(words), "\(outcome.errors)")
    }

    @Test(arguments: [("1", "1 field where"), ("1,2,3", "3 fields where")])
    func `a line of another width says how many fields it has`(line: String, words: String)
        async throws
    {
        let outcome = try await run(ours: "id,amount\n\(line)\n", theirs: "id,amount\n1,2\n")
        #expect(outcome.codes == ["FILE-004"])
        #expect(outcome.errors.contains(words), "\(outcome.errors)")
    }

    @Test func `one file may be standard input, and not both`() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Self.ours, to: "ours.csv")
        let same = try await Colend.run(
            "match", "--ours", path, "--theirs", "-", input: Self.ours)
        #expect(same.exit == 0, "\(same.errors)")
        let both = try await Colend.run("match", "--ours", "-", "--theirs", "-")
        #expect(both.exit == 64)
        #expect(both.codes == ["USAGE-024"])
    }

    @Test(arguments: [
        ("USAGE-021", 64, ["--tolerance", "a cent"]), ("USAGE-021", 64, ["--tolerance=-0.01"]),
        ("USAGE-022", 64, ["--window=-1"]), ("USAGE-007", 64, ["--window", "soon"]),
        ("USAGE-023", 64, ["--key", ""]), ("USAGE-023", 64, ["--key", "a,,b"]),
        ("USAGE-023", 64, ["--fields", "a,a"]), ("USAGE-007", 64, ["--colour", "red"]),
        ("MATCH-001", 65, ["--key", "loan_id", "--amount", "loan_id"]),
        ("MATCH-002", 65, ["--key", "loan"]), ("MATCH-002", 65, ["--date", "paid_on"]),
        ("MATCH-003", 65, ["--amount", "loan_id"]), ("MATCH-005", 65, ["--date", "interest"]),
    ])
    func `a word or column that is not understood has its code`(
        code: String, exit: Int, words: [String]
    ) async throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.ours, to: "ours.csv")
        try folder.write(Self.theirs, to: "theirs.csv")
        let outcome = try await Colend.run(
            ["match", "--ours", "ours.csv", "--theirs", "theirs.csv"] + words, in: folder)
        #expect(outcome.exit == exit)
        #expect(outcome.codes == [code], "\(outcome.errors)")
        #expect(outcome.output == "")
    }

    @Test(arguments: [
        ("MATCH-003", "2:4", "id,amount\nP1,1O\n"), ("FILE-004", "3:1", "id,amount\nP1,1\nP2\n"),
        ("FILE-002", "2:4", "id,amount\nP1,\"1\n"), ("FILE-005", "1:1", ""),
        ("FILE-024", "1:1", "id;amount\n"), ("MATCH-006", "2:4", "id,amount\nP1,1\(zeros)\n"),
    ])
    func `a faulty line is named with its place`(code: String, place: String, text: String)
        async throws
    {
        let outcome = try await run(ours: text, theirs: "id,amount\n")
        #expect(outcome.exit == 65)
        #expect(outcome.codes == [code])
        #expect(outcome.errors.contains("(ours.csv:\(place)); "), "\(outcome.errors)")
        #expect(outcome.output == "")
    }

    private static let zeros = String(repeating: "0", count: 19)

    @Test func `a file that is not there is an error of input and output`() async throws {
        let folder = try TemporaryFolder()
        for missing in ["none.csv", "."] {
            let outcome = try await Colend.run(
                "match", "--ours", missing, "--theirs", missing, in: folder)
            #expect(outcome.exit == 74)
            #expect(outcome.codes == ["IO-001"])
        }
    }

    @Test func `files in two hundred orders give the same bytes, line numbers aside`() async throws
    {
        var generator = SeededCase(number: 0).generator
        var rows = (0..<30).map { _ in
            "\(generator.pick(0...9)),\(generator.pick(["1", "1.0", "2"])),"
                + "2026-01-0\(generator.pick(1...3)),\(generator.pick(["x", "y"]))"
        }
        var others = rows.shuffled(using: &generator).dropLast(5) + ["99,5,2026-01-01,z"]
        var first = ""
        // One process a shuffle would take minutes in debug.
        for shuffle in 0..<shuffles {
            let outcome = try await run(
                "--key", "id", "--fields", "note", ours: text(rows), theirs: text(Array(others)))
            let business = outcome.output.replacing(/"line":[0-9]+/, with: "")
            if shuffle == 0 { first = business }
            #expect(business == first, "shuffle \(shuffle)")
            rows.shuffle(using: &generator)
            others.shuffle(using: &generator)
        }
        #expect(first.split(separator: "\n").count > 5)
    }

    private func text(_ rows: [String]) -> String {
        (["id,amount,value_date,note"] + rows).map { $0 + "\n" }.joined()
    }

    private var shuffles: Int {
        #if DEBUG
            20
        #else
            200
        #endif
    }

    @Test func `the bench names its files and counts what it did`() async throws {
        let folder = try TemporaryFolder()
        let outcome = try await Colend.run(
            "bench", "match", "--rows", "2000", "--directory", folder.path("bench"))
        #expect(outcome.exit == 0, "\(outcome.errors)")
        let answer = try outcome.json(as: Object.self)
        #expect(answer["rows"] as? Int == 2000)
        #expect(answer["seconds"] as? Double ?? 0 > 0)
        #expect(answer["rowsPerSecond"] as? Int ?? 0 > 0)
        #expect(answer["peakMemoryMiB"] as? Int ?? 0 > 0)
        #expect(
            folder.files(below: "bench").keys.sorted() == [
                "breaks.ndjson", "ours.csv", "theirs.csv",
            ])
        let wrong = try await Colend.run("bench", "match", "--rows", "0")
        #expect(wrong.exit == 64)
        #expect(wrong.codes == ["USAGE-025"])
    }

    @Test(arguments: [
        "--requests 0", "--kills 100001", "--partners 1", "--partners 17", "--round-requests 49",
        "--side-by-side 0", "--round 0", "--round 3", "--requests 10000001",
    ])
    func `a bench of chaos asks for numbers that make one`(options: String) async throws {
        let words = options.split(separator: " ").map(String.init)
        let wrong = try await Colend.run(["bench", "chaos"] + words)
        #expect(wrong.exit == 64)
        #expect(wrong.codes == ["USAGE-025"])
    }

    @Test func `a bench of chaos leaves alone what is not its own`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("mine", to: "round-1/precious")
        let wrong = try await Colend.run(
            "bench", "chaos", "--directory", folder.path, "--requests", "50", in: folder)
        #expect(wrong.exit == 74 && wrong.codes == ["IO-002"], "\(wrong.errors)")
        #expect(folder.files(below: "round-1").keys.sorted() == ["precious"])
    }

    @Test(arguments: ["sqlite:books.db", "postgres://127.0.0.1/x?options=-csearch_path%3Da"])
    func `a bench of chaos makes its own books`(store: String) async throws {
        let wrong = try await Colend.run("bench", "chaos", "--store", store)
        #expect(wrong.exit == 64)
        #expect(wrong.codes == ["USAGE-006"])
    }
}
