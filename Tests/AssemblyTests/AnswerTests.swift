import Assembly
import Testing

/// One answer in every format.
struct AnswerTests {
    private var answer: Answer {
        var grid = Grid(title: "Banks", columns: [.words("bank"), .figures("amount")])
        grid.add(["harbor", "1200.00"])
        grid.add(["北京", "7.50"])
        return Answer(
            .array([
                .object(["bank": .text("harbor"), "owes": .object(["USD": .text("1200.00")])]),
                .object(["bank": .text("北京"), "note": .null, "is": .flag(true)]),
            ]),
            heading: ["Who owes what"], grids: [grid], lines: ["2 banks"])
    }

    @Test func `json is one line and ndjson one line each`() {
        let lines = [
            #"{"bank":"harbor","owes":{"USD":"1200.00"}}"#,
            #"{"bank":"北京","note":null,"is":true}"#,
        ]
        #expect(answer.rendered(.json) == "[\(lines.joined(separator: ","))]\n")
        #expect(answer.rendered(.ndjson) == lines.map { $0 + "\n" }.joined())
    }

    @Test func `csv has the members of all records, those of members by their path`() {
        #expect(
            answer.rendered(.csv) == "bank,owes.USD,note,is\r\nharbor,1200.00,,\r\n北京,,,true\r\n")
    }

    @Test func `a table aligns figures and wide characters`() {
        #expect(
            answer.rendered(.table) == """
                Who owes what

                Banks
                bank     amount
                ──────  ───────
                harbor  1200.00
                北京       7.50

                2 banks

                """)
    }

    @Test func `colour touches titles only`() {
        #expect(answer.rendered(.table, isColored: true).contains("\u{1B}[1mBanks\u{1B}[0m\nbank"))
        #expect(!answer.rendered(.csv, isColored: true).contains("\u{1B}"))
    }

    @Test func `a table without rows says so`() {
        let empty = Answer(.array([]), grids: [Grid(columns: [.words("loan")])])
        #expect(empty.rendered(.table) == "loan\n────\n(none)\n")
        #expect(empty.rendered(.csv) == "")
        #expect(empty.rendered(.ndjson) == "")
    }

    @Test func `a list has the columns it states, whatever its records hold`() {
        let full = Node.object([
            "key": .array([.text("L1"), .text("P1"), .count(3)]), "extra": .text("x"),
            "side": .object(["line": .count(3)]), "is": .flag(false),
        ])
        let bare = Node.object(["key": .array([]), "side": .null, "is": .null])
        let columns = ["key", "is", "side.line"]
        let header = "key,is,side.line\r\n"
        func csv(_ records: [Node]) -> String {
            Answer(.array(records), columns: columns).rendered(.csv)
        }
        #expect(csv([full, bare]) == header + "L1;P1;3,false,3\r\n,,\r\n")
        #expect(csv([bare]) == header + ",,\r\n")
        #expect(csv([]) == header)
    }

    @Test func `what is nested deeper than a list of values stays JSON`() {
        let records = Node.array([.object(["n": .array([.object(["a": .null]), .text("b")])])])
        #expect(
            Answer(records).rendered(.csv) == "n\r\n\"[{\"\"a\"\":null},\"\"b\"\"]\"\r\n")
    }

    @Test(arguments: [
        ("=1+1", "'=1+1"), ("@cmd", "'@cmd"), ("-5.00", "-5.00"), ("+86", "+86"), ("-a", "'-a"),
        ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""), ("a\nb", "\"a\nb\""), ("-", "'-"),
    ])
    func `csv is quoted and no formula for a spreadsheet`(text: String, field: String) {
        #expect(Answer(.object(["t": .text(text)])).rendered(.csv) == "t\r\n\(field)\r\n")
    }

    @Test func `a null beside an object has the object's columns`() {
        let answer = Answer(
            .array([.object(["side": .null]), .object(["side": .object(["line": .count(3)])])]))
        #expect(answer.rendered(.csv) == "side.line\r\n\r\n3\r\n")
    }

    @Test func `control characters in texts do not break json`() {
        let answer = Answer(.object(["t": .text("a\"\\\n\u{01}é")]))
        #expect(answer.rendered(.json) == #"{"t":"a\"\\\n\u0001é"}"# + "\n")
    }
}
