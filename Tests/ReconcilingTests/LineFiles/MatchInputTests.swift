import Reconciling
import Testing

/// A file that cannot be matched and what is said about it.
struct MatchRefusal: Sendable, CustomTestStringConvertible {
    let ours: [UInt8]
    let theirs: [UInt8]
    let place: String
    var key: [String]? = nil
    var amounts: [String]? = nil
    var testDescription: String {
        "\(place) \(String(reflecting: String(decoding: ours.prefix(60), as: UTF8.self)))"
    }

    init(
        _ ours: String, _ place: String, theirs: String = "id,amount\n1,2\n", key: [String]? = nil,
        amounts: [String]? = nil
    ) {
        self.init(bytes: Array(ours.utf8), place, theirs: theirs)
        self.key = key
        self.amounts = amounts
    }

    init(bytes: [UInt8], _ place: String, theirs: String = "id,amount\n1,2\n") {
        ours = bytes
        self.theirs = Array(theirs.utf8)
        self.place = place
    }
}

@Suite struct MatchInputTests {
    static let refusals: [MatchRefusal] = [
        MatchRefusal("", "FILE-005 ours 1:1"), MatchRefusal("\u{FEFF}", "FILE-005 ours 1:1"),
        MatchRefusal("id,amount\n1\n", "FILE-004 ours 2:1"),
        MatchRefusal("id,amount\n1,2\n\n", "FILE-004 ours 3:1"),
        MatchRefusal("id,amount\n1,2,3\n", "FILE-004 ours 2:1"),
        MatchRefusal("id,amount\n1,\"2\n", "FILE-002 ours 2:3"),
        MatchRefusal("id,amount\n1,2\"3\n", "FILE-003 ours 2:4"),
        MatchRefusal("id,amount\n\"1\"x,2\n", "FILE-003 ours 2:4"),
        MatchRefusal("id,amount\n1,2\r3,4\n", "FILE-003 ours 2:4"),
        MatchRefusal(bytes: Array("id,amount\nx,2\n".utf8) + [0xFF], "FILE-001 ours 3:1"),
        MatchRefusal(bytes: Array("id,amount\né".utf8) + [0, 44, 50, 10], "FILE-021 ours 2:2"),
        MatchRefusal(
            "id,amount\n\(String(repeating: "x", count: 65_537)),2\n", "FILE-022 ours 2:1"),
        MatchRefusal(
            String(repeating: "a,", count: 5_000) + "\n", "FILE-023 ours 1:8193"),
        MatchRefusal("id;amount\n1;2\n", "FILE-024 ours 1:1"),
        MatchRefusal("id\tamount\n1\t2\n", "FILE-024 ours 1:1"),
        MatchRefusal("id,amount,id\n1,2,3\n", "MATCH-001 ours 1:11"),
        MatchRefusal("id,amount\n1,2\n", "MATCH-001 ours 1:1", key: ["id"], amounts: ["id"]),
        MatchRefusal("id,amount\n1,2\n", "MATCH-002 ours 1:1", key: ["loan"]),
        MatchRefusal("id,amount,note\n1,2,x\n", "MATCH-002 ours 1:11"),
        MatchRefusal("id,amount,fee\n1,2,0\n", "MATCH-002 ours 1:11", key: ["id"]),
        MatchRefusal(
            "id\n1\n", "MATCH-002 theirs 1:4", theirs: "id,amount\n1,2\n", key: ["id"]),
        MatchRefusal("amount\n1\n", "MATCH-002 ours 1:1", theirs: "amount\n1\n"),
        MatchRefusal("id,amount\n1,two\n", "MATCH-003 ours 2:3"),
        MatchRefusal("id,amount\n1,\n", "MATCH-003 ours 2:3"),
        MatchRefusal("id,amount\n1,1.\n", "MATCH-003 ours 2:3"),
        MatchRefusal("id,amount\n1,.5\n", "MATCH-003 ours 2:3"),
        MatchRefusal("id,amount\n1,+5\n", "MATCH-003 ours 2:3"),
        MatchRefusal("id,amount\n1,1e3\n", "MATCH-003 ours 2:3"),
        MatchRefusal("id,amount\n\"a\nb\",-\n", "MATCH-003 ours 3:4"),
        MatchRefusal("id,amount\n1,0.0000000000001\n", "MATCH-003 ours 2:3"),
        MatchRefusal("id,amount\n1,92233720368547758.08\n", "MATCH-006 ours 2:3"),
        MatchRefusal(
            "id,amount,currency\n1,1.005,USD\n", "MATCH-003 ours 2:3",
            theirs: "id,amount,currency\n1,1,USD\n"),
        MatchRefusal(
            "id,amount,currency\n1,1,USX\n", "MATCH-004 ours 2:5",
            theirs: "id,amount,currency\n1,1,USD\n"),
        MatchRefusal(
            "id,value_date\n1,2026-01-01\n", "MATCH-005 theirs 3:3",
            theirs: "id,value_date\n1,2026-01-01\n2,2026-02-30\n"),
    ]

    @Test(arguments: refusals)
    func `what cannot be matched is refused with its place`(_ refusal: MatchRefusal) {
        let fault = #expect(throws: MatchFault.self) {
            try MatchedTexts.match(refusal.ours, refusal.theirs) {
                $0.key = refusal.key
                $0.amounts = refusal.amounts
            }
        }
        let place = fault.map { "\($0.code) \($0.side) \($0.line):\($0.column)" }
        #expect(place == refusal.place, "\(fault?.what ?? "")")
    }

    @Test(arguments: [
        "id,amount\r\n1,2.00\r\n2,\"3\"\r\n", "\u{FEFF}id,amount\n1,2.00\n2,3",
        "\"id\",\"amount\"\n\"1\",2.00\n2,3\n", "amount,id\n3,2\n2.00,1\n",
    ])
    func `files of one content agree however they are written`(text: String) throws {
        let outcome = try MatchedTexts.match(text, "id,amount\n1,2\n2,3.0\n")
        #expect(outcome.breaks.isEmpty)
        #expect(outcome.summary.matched == 2)
    }

    @Test func `keys hold quotes, commas, line breaks and any script`() throws {
        let keys = ["a,b", "say \"hi\"", "two\nlines", "银行", "", " ", "\"", "\"\"", "x\r\ny"]
        func quoted(_ key: String) -> String {
            let parts = key.split(separator: "\"", omittingEmptySubsequences: false)
            return "\"" + parts.joined(separator: "\"\"") + "\""
        }
        let rows = keys.enumerated().map { "\(quoted($1)),\($0)\n" }
        let ours = "id,amount\n" + rows.joined()
        let theirs = "id,amount\n" + rows.reversed().joined()
        let outcome = try MatchedTexts.match(ours, theirs)
        #expect(outcome.breaks.isEmpty)
        #expect(outcome.summary.matched == keys.count)
        let alone = try MatchedTexts.match(ours, "id,amount\n")
        let sorted = keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        #expect(alone.breaks.map { $0.key[0] } == sorted)
    }

    @Test func `a column that is named for one use is not taken for another`() throws {
        let text = "id,fee,value_date,amount\n1,2,2026-01-01,3\n"
        let other = "id,fee,value_date,amount\n1,3,2026-01-02,3\n"
        let outcome = try MatchedTexts.match(text, other) {
            $0.key = ["id", "value_date"]
            $0.fields = ["fee"]
        }
        #expect(
            outcome.lines == ["ours-only 1|2026-01-01 2/- 3", "theirs-only 1|2026-01-02 -/2 -3"])
    }

    @Test func `keys of several columns do not run together`() throws {
        let outcome = try MatchedTexts.match("a,b,amount\nx,yz,1\n", "a,b,amount\nxy,z,1\n")
        #expect(outcome.lines == ["ours-only x|yz 2/- 1", "theirs-only xy|z -/2 -1"])
    }

    @Test func `the widest amounts are compared exactly`() throws {
        let outcome = try MatchedTexts.match(
            "id,amount\n1,92233720368547758.07\n2,-9223372036854775808\n",
            "id,amount\n1,-92233720368547758.08\n2,0.000000000001\n")
        #expect(
            outcome.breaks.map(\.difference) == [
                "184467440737095516.15", "-9223372036854775808.000000000001",
            ])
    }
}
