import TestSupport
import Testing

/// `colend cover` to the letter of its description, and by hand.
struct CoverTests {
    private func cover(_ cover: String, _ events: String) async throws -> Colend.Outcome {
        try await Colend.run(
            "cover", "-",
            input: """
                {"currency":"INR","cover":{\(cover)},
                "events":[\(events)]}
                """)
    }

    @Test func `the case of the RBI gives its documented bytes`() async throws {
        let outcome = try await Colend.run(
            "cover", "-",
            input: """
                {"currency":"INR","cover":{"kind":"frozen-set","percent":"5","setLimit":"40"},\
                "events":[{"disbursed":"10"},{"disbursed":"10"},{"matured":"5"},\
                {"defaulted":"2"},{"recovered":"1"}]}
                """)
        #expect(outcome.exit == 0, "\(outcome.errors)")
        #expect(
            outcome.output == """
                [{"ceiling":"2.00","available":"0.50","invoked":"0.00","unabsorbed":"0.00"},\
                {"ceiling":"2.00","available":"1.00","invoked":"0.00","unabsorbed":"0.00"},\
                {"ceiling":"2.00","available":"1.00","invoked":"0.00","unabsorbed":"0.00"},\
                {"ceiling":"2.00","available":"0.00","invoked":"1.00","unabsorbed":"1.00"},\
                {"ceiling":"2.00","available":"0.00","invoked":"1.00","unabsorbed":"1.00"}]

                """)
    }

    @Test func `the example of its help is a file that it reads`() async throws {
        let help = try await Colend.run("cover", "--help")
        let start = try #require(help.output.firstIndex(of: "{"))
        let end = try #require(help.output.lastIndex(of: "}"))
        let outcome = try await Colend.run(
            "cover", "-", input: String(help.output[start...end]))
        #expect(outcome.exit == 0, "\(outcome.errors)")
        #expect(
            outcome.output.contains(
                #"{"ceiling":"2.00","available":"0.00","invoked":"1.00","unabsorbed":"1.00"}"#))
    }

    /// Lines of `ceiling available invoked unabsorbed` after each event.
    @Test(arguments: [
        (
            #""kind":"frozen-set","percent":"5","setLimit":"40""#,
            [
                "disbursed 20", "defaulted 2", "disbursed 10", "disbursed 20", "writtenOff 1",
                "toppedUp 9", "defaulted 3",
            ],
            [
                "2.00 1.00 0.00 0.00", "2.00 0.00 1.00 1.00", "2.00 0.50 1.00 1.00",
                "2.00 1.00 1.00 1.00", "2.00 1.00 1.00 1.00", "2.00 1.00 1.00 1.00",
                "2.00 0.00 2.00 3.00",
            ]
        ),
        (
            #""kind":"outstanding","percent":"5""#,
            [
                "disbursed 100.19", "matured 40", "defaulted 1.2", "recovered 0.2",
                "writtenOff 39.99", "defaulted 0.07", "matured 50",
            ],
            [
                "5.00 5.00 0.00 0.00", "3.00 3.00 0.00 0.00", "3.00 1.80 1.20 0.00",
                "2.99 1.79 1.20 0.00", "1.00 0.00 1.20 0.00", "1.00 0.00 1.20 0.07",
                "0.00 0.00 1.20 0.07",
            ]
        ),
        (
            #""kind":"reserve","amount":"10","replenish":true"#,
            [
                "disbursed 900", "recovered 3", "defaulted 8", "defaulted 7", "recovered 4",
                "toppedUp 2.5",
            ],
            [
                "10.00 10.00 0.00 0.00", "10.00 10.00 0.00 0.00", "13.00 5.00 8.00 0.00",
                "13.00 0.00 13.00 2.00", "17.00 4.00 13.00 2.00", "19.50 6.50 13.00 2.00",
            ]
        ),
        (
            #""kind":"reserve","amount":"10""#,
            ["defaulted 8", "recovered 5", "toppedUp 1", "defaulted 4"],
            [
                "10.00 2.00 8.00 0.00", "10.00 2.00 8.00 0.00", "11.00 3.00 8.00 0.00",
                "11.00 0.00 11.00 1.00",
            ]
        ),
    ])
    func `each event leaves what a person computes`(
        terms: String, events: [String], expected: [String]
    ) async throws {
        let objects = events.map { event in
            let words = event.split(separator: " ")
            return #"{"\#(words[0])":"\#(words[1])"}"#
        }
        let outcome = try await cover(terms, objects.joined(separator: ","))
        #expect(outcome.exit == 0, "\(outcome.errors)")
        let found = try outcome.json(as: [Object].self).map { line in
            ["ceiling", "available", "invoked", "unabsorbed"]
                .map { line[$0] as? String ?? "" }.joined(separator: " ")
        }
        #expect(found == expected)
    }

    @Test func `a table has a line for each event, and no events are no lines`() async throws {
        let folder = try TemporaryFolder()
        try folder.write(
            #"{"currency":"JPY","cover":{"kind":"reserve","amount":"7"},"#
                + #""events":[{"defaulted":"9"}]}"#, to: "cover.json")
        let table = try await Colend.run("cover", "cover.json", "--output", "table", in: folder)
        let lines = table.output.split(separator: "\n").map { $0.split(separator: " ") }
        #expect(
            lines.first == ["event", "amount", "ceiling", "available", "invoked", "unabsorbed"])
        #expect(lines.last == ["defaulted", "9", "7", "0", "7", "2"])
        let none = try await cover(#""kind":"reserve","amount":"7""#, "")
        #expect(none.exit == 0 && none.output == "[]\n")
        let rows = try await Colend.run("cover", "cover.json", "--output", "csv", in: folder)
        #expect(rows.output == "ceiling,available,invoked,unabsorbed\r\n7,0,7,2\r\n")
    }

    private static let sound = #""kind":"reserve","amount":"7""#

    @Test(arguments: [
        ("CALC-004", "1:27", "", "", "'kind' is missing"),
        ("CALC-005", "1:35", #""kind":"mezzanine""#, "", "none of frozen-set, outstanding"),
        ("CALC-002", "1:28", #""size":"7""#, "", "unknown field 'size'"),
        ("CALC-004", "1:27", #""kind":"frozen-set","percent":"5""#, "", "'setLimit' is missing"),
        (
            "CALC-012", "1:72", #""kind":"outstanding","percent":"5","amount":"7""#, "",
            "amount has no meaning: the cover is outstanding"
        ),
        ("CALC-005", "1:59", #""kind":"outstanding","percent":"5%""#, "", "no percentage above 0"),
        ("CALC-005", "1:59", #""kind":"outstanding","percent":"101""#, "", "at most 100"),
        ("CALC-005", "1:59", #""kind":"outstanding","percent":"0""#, "", "above 0"),
        ("CALC-003", "1:59", #""kind":"outstanding","percent":5"#, "", "must be a text in quotes"),
        ("CALC-005", "1:54", #""kind":"reserve","amount":"-7""#, "", "-7.00 is not above zero"),
        ("CALC-005", "1:54", #""kind":"reserve","amount":"7.001""#, "", "more than 2 decimals"),
        (
            "CALC-003", "1:70", #""kind":"reserve","amount":"7","replenish":"yes""#, "",
            "must be true or false"
        ),
        ("CALC-003", "2:11", sound, "7", "an object is needed"),
        ("CALC-004", "2:11", sound, "{}", "an event is missing"),
        ("CALC-002", "2:12", sound, #"{"lost":"1"}"#, "unknown field 'lost'; allowed: disbursed"),
        (
            "CALC-012", "2:40", sound, #"{"disbursed":"1","defaulted":"1"}"#,
            "defaulted stands beside disbursed"
        ),
        ("CALC-005", "2:24", sound, #"{"defaulted":"-1"}"#, "-1.00 is not above zero"),
        ("CALC-005", "2:24", sound, #"{"defaulted":"0"}"#, "0.00 is not above zero"),
        ("CALC-005", "2:24", sound, #"{"defaulted":"1.001"}"#, "more than 2 decimals"),
        (
            "CALC-009", "2:59", sound,
            #"{"toppedUp":"92233720368547751.07"},{"toppedUp":"0.01"}"#, "beyond the range"
        ),
    ])
    func `a faulty cover or event is named with its place`(
        code: String, place: String, terms: String, events: String, words: String
    ) async throws {
        let outcome = try await cover(terms, events)
        #expect(outcome.exit == 65)
        #expect(outcome.output == "")
        #expect(outcome.codes == [code], "\(outcome.errors)")
        #expect(outcome.errors.contains("(-:\(place))"), "\(outcome.errors)")
        #expect(outcome.errors.contains(words), "\(outcome.errors)")
    }
}
