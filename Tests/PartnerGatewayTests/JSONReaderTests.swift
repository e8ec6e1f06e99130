// What is JSON, what is not, and where it stops being it.

import PartnerGateway
import Testing

@Suite struct JSONReaderTests {
    private static func read(_ text: String) throws -> JSONValue {
        try JSONReader.read(Array(text.utf8))
    }

    @Test func `a document keeps its order, its numbers as written and its places`() throws {
        let json = try Self.read(" {\"b\": -12.340e+2, \"a\": [true, false, null, \"x\"]} ")
        #expect(json.members?.map(\.name) == ["b", "a"])
        guard case .number(let number)? = json["b"]?.content else {
            Issue.record("b is no number")
            return
        }
        #expect(number == "-12.340e+2")
        #expect(
            json["a"]?.elements?.map(\.kind) == [
                "a truth value", "a truth value", "null", "a string",
            ])
        #expect(json["a"]?.elements?[0].bool == true)
        #expect(json["a"]?.offset == 24)
        #expect(json["c"] == nil)
    }

    @Test(arguments: [
        ("0", 0), ("-0", 0), ("9223372036854775807", Int64.max),
        ("-9223372036854775808", Int64.min),
    ])
    func `a whole number is read exactly`(text: String, expected: Int64) throws {
        #expect(try Self.read(text).integer == expected)
    }

    @Test(arguments: ["1.0", "1e3", "9223372036854775808", "\"1\"", "null"])
    func `what is not a plain whole number of 64 bits is no integer`(text: String) throws {
        #expect(try Self.read(text).integer == nil)
    }

    @Test func `a number is not a text, so an amount written as one is seen`() throws {
        #expect(try Self.read("{\"amount\":70.00}")["amount"]?.text == nil)
    }

    @Test(arguments: [
        (#""""#, ""), (#""a\"b\\c\/d""#, #"a"b\c/d"#), (#""\b\f\n\r\t""#, "\u{8}\u{C}\n\r\t"),
        (#""\u00e9\u4E2D""#, "é中"), (#""\uD83D\uDE00""#, "😀"), ("\"中😀\"", "中😀"),
        (#""\u0001""#, "\u{1}"),
    ])
    func `a string is read without its escapes`(text: String, expected: String) throws {
        #expect(try Self.read(text).text == expected)
    }

    struct Bad: Sendable, CustomTestStringConvertible {
        let text: String
        let place: String
        let what: String
        var testDescription: String { text }

        init(_ text: String, _ place: String, _ what: String) {
            (self.text, self.place, self.what) = (text, place, what)
        }
    }

    static let bad = [
        Bad("", "1:1", "the text ends where a value is expected"),
        Bad("{\"a\":1", "1:7", "the text ends where ',' or '}' is expected"),
        Bad("{\"a\":", "1:6", "the text ends where a value is expected"),
        Bad("[1,2", "1:5", "the text ends where ',' or ']' is expected"),
        Bad("\"abc", "1:1", "the string that begins here never ends"),
        Bad("1 2", "1:3", "text after the end of the value"),
        Bad("{} {}", "1:4", "text after the end of the value"),
        Bad("[1,]", "1:4", "no JSON value"),
        Bad("{\"a\":1,}", "1:8", "a member's name is expected"),
        Bad("{a:1}", "1:2", "a member's name is expected"),
        Bad("{\"a\" 1}", "1:6", "':' expected"),
        Bad("[1 2]", "1:4", "',' or ']' expected"),
        Bad("{\"a\":1,\n \"a\":2}", "2:2", "the name 'a' stands twice"),
        Bad("{\"a\":1,\"\\u0061\":2}", "1:8", "the name 'a' stands twice"),
        Bad("01", "1:2", "text after the end of the value"),
        Bad("-", "1:2", "the text ends inside a number"),
        Bad("1.", "1:3", "the text ends inside a number"),
        Bad("1.e", "1:3", "a digit is expected"),
        Bad("+1", "1:1", "no JSON value"),
        Bad(".5", "1:1", "no JSON value"),
        Bad("NaN", "1:1", "no JSON value"),
        Bad("nul", "1:1", "no JSON value"),
        Bad("True", "1:1", "no JSON value"),
        Bad("'a'", "1:1", "no JSON value"),
        Bad("[\"中\", tru]", "1:7", "no JSON value"),
        Bad("\"a\nb\"", "1:3", "a control character inside a string"),
        Bad(#""\x""#, "1:2", "no such escape"),
        Bad(#""\u12G4""#, "1:2", "four hexadecimal digits are expected"),
        Bad(#""a\u0000""#, "1:3", "the character zero, which no text holds"),
        Bad(#""\uD83D""#, "1:2", "half a surrogate pair"),
        Bad(#""\uD83D\u0041""#, "1:2", "half a surrogate pair"),
        Bad(#""\uDE00""#, "1:2", "half a surrogate pair"),
        Bad("\u{FEFF}{}", "1:1", "no JSON value"),
        Bad("// x\n1", "1:1", "no JSON value"),
    ]

    @Test(arguments: bad)
    func `what is not JSON is refused with its place`(bad: Bad) {
        let fault = #expect(throws: JSONFault.self) { try Self.read(bad.text) }
        #expect(fault?.what == bad.what)
        #expect(fault?.place.description == bad.place)
    }

    @Test func `bytes that are not UTF-8 are refused`() {
        #expect(throws: JSONFault.self) { try JSONReader.read([0x22, 0xC3, 0x28, 0x22]) }
        #expect(throws: JSONFault.self) { try JSONReader.read([0x22, 0xED, 0xA0, 0x80, 0x22]) }
        #expect(throws: JSONFault.self) { try JSONReader.read([0xFF]) }
    }

    @Test func `nesting is read to 32 and refused beyond`() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(try Self.read(nested(32)).elements?.count == 1)
        let fault = #expect(throws: JSONFault.self) { try Self.read(nested(33)) }
        #expect(fault?.what == "nested deeper than 32")
        #expect(throws: JSONFault.self) { try Self.read(String(repeating: "[", count: 1_000_000)) }
    }

    @Test func `every beginning of a document is refused, never taken for the whole`() throws {
        let text = #"{"key":"L1.harbor.1","state":"accepted","amount":"70.00","n":[1,-2.5e3,null]}"#
        let bytes = Array(text.utf8)
        _ = try JSONReader.read(bytes)
        for length in 0..<bytes.count {
            #expect(throws: JSONFault.self) { try JSONReader.read(Array(bytes[..<length])) }
        }
    }

    @Test func `a line of a larger file reports the file's line`() {
        let fault = #expect(throws: JSONFault.self) {
            try JSONReader.read(Array("{\"id\":}".utf8), firstLine: 17)
        }
        #expect(fault?.place.description == "17:7")
    }
}
