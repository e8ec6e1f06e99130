// CSV to the letter of RFC 4180, with the place of every departure.

import Operations
import PartnerGateway
import Testing

@Suite struct CSVTests {
    private static func read(_ text: String) throws -> ImportTable {
        try CSVReader.read(Array(text.utf8), file: "loans.csv")
    }

    struct Good: Sendable, CustomTestStringConvertible {
        let text: String
        let columns: [String]
        let rows: [[String]]
        var testDescription: String { String(reflecting: text) }

        init(_ text: String, _ columns: [String], _ rows: [[String]]) {
            (self.text, self.columns, self.rows) = (text, columns, rows)
        }
    }

    @Test(arguments: [
        Good("a,b\n1,2\n", ["a", "b"], [["1", "2"]]),
        Good("a,b\r\n1,2\r\n3,4\r\n", ["a", "b"], [["1", "2"], ["3", "4"]]),
        Good("a,b\n1,2", ["a", "b"], [["1", "2"]]),
        Good("a,b", ["a", "b"], []),
        Good("a,b\n", ["a", "b"], []),
        Good("\u{FEFF}a,b\n1,2\n", ["a", "b"], [["1", "2"]]),
        Good("a,b\n,\n", ["a", "b"], [["", ""]]),
        Good("a\n\n", ["a"], [[""]]),
        Good("a,b\n\"x,y\",\"say \"\"hi\"\"\"\n", ["a", "b"], [["x,y", "say \"hi\""]]),
        Good("a,b\n\"line\nbreak\",\"\"\n", ["a", "b"], [["line\nbreak", ""]]),
        Good("\"a\",b\n 1 ,2\n", ["a", "b"], [[" 1 ", "2"]]),
        Good("a,b\n中文,😀\n", ["a", "b"], [["中文", "😀"]]),
    ])
    func `a well-formed file is taken apart`(good: Good) throws {
        let table = try Self.read(good.text)
        #expect(table.columns == good.columns)
        #expect(table.rows.map { $0.fields.map(\.text) } == good.rows)
    }

    @Test func `rows and fields know their places, counted in characters`() throws {
        let table = try Self.read("a,b,c\n\"x\ny\",é中,3\n4,5,6\n")
        #expect(table.rows.map(\.line) == [2, 4])
        #expect(table.rows[0].fields.map(\.column) == [1, 4, 7])
        #expect(table.rows[1].fields.map(\.column) == [1, 3, 5])
    }

    struct Bad: Sendable, CustomTestStringConvertible {
        let bytes: [UInt8]
        let faults: [String]
        var testDescription: String { String(reflecting: String(decoding: bytes, as: UTF8.self)) }

        init(_ text: String, _ faults: String...) {
            (bytes, self.faults) = (Array(text.utf8), faults)
        }

        init(bytes: [UInt8], _ faults: String...) {
            (self.bytes, self.faults) = (bytes, faults)
        }
    }

    @Test(arguments: [
        Bad("", "FILE-005 1:1"), Bad("\u{FEFF}", "FILE-005 1:1"),
        Bad("a,b\n1\n", "FILE-004 2:1"), Bad("a,b\n1,2,3\n", "FILE-004 2:1"),
        Bad("a,b\n1,2\n\n3,4\n", "FILE-004 3:1"), Bad("a,b\n1,2\n3", "FILE-004 3:1"),
        Bad("a,b\n1,\"2\n3,4\n", "FILE-002 2:3"), Bad("a,b\n1,\"", "FILE-002 2:3"),
        Bad("a,b\n1,2\"3\n", "FILE-003 2:4"), Bad("a,b\n\"1\"x,2\n", "FILE-003 2:4"),
        Bad("a,b\n1,2\r3,4\n", "FILE-003 2:4"), Bad("\"a,b\n", "FILE-002 1:1"),
        Bad("a,b\n1\n5,6\nx\"y,2\n", "FILE-004 2:1", "FILE-003 4:2"),
        Bad(bytes: Array("a,b\n中,".utf8) + [0xC3, 0x28, 0x0A], "FILE-001 2:3"),
        Bad(bytes: Array("a,b\n\"x".utf8) + [0xFF] + Array("\",2\n".utf8), "FILE-001 2:1"),
        Bad(bytes: [0xFF, 0xFE, 0x61, 0x00], "FILE-001 1:1"),
    ])
    func `a malformed file is refused with the place of every fault`(bad: Bad) {
        let refused = #expect(throws: ImportRefused.self) {
            try CSVReader.read(bad.bytes, file: "loans.csv")
        }
        #expect(refused?.faults.map { "\($0.code) \($0.line):\($0.column)" } == bad.faults)
        #expect(refused?.faults.allSatisfy { $0.file == "loans.csv" } == true)
    }

    @Test func `a file that is broken throughout reports a hundred faults, not all`() {
        let text = "a,b\n" + String(repeating: "1\n", count: 5_000)
        let refused = #expect(throws: ImportRefused.self) { try Self.read(text) }
        #expect(refused?.faults.count == 100)
    }

    @Test func `what is written comes back, whatever the fields hold`() throws {
        let fields = ["", "plain", "a,b", "say \"hi\"", "two\r\nlines", " blank ", "中", "\"", "\r"]
        var writer = CSVWriter(columns: ["x", "y,z"])
        for field in fields { writer.row([field, field]) }
        let table = try CSVReader.read(writer.bytes, file: "x")
        #expect(table.columns == ["x", "y,z"])
        #expect(table.rows.map { $0.fields.map(\.text) } == fields.map { [$0, $0] })
        #expect(writer.rows == fields.count)
    }

    @Test func `only fields that need quotes get them and lines end with a line feed`() {
        var writer = CSVWriter(columns: ["a", "b"])
        writer.row(["1", "x,\"y\""])
        #expect(String(decoding: writer.bytes, as: UTF8.self) == "a,b\n1,\"x,\"\"y\"\"\"\n")
    }
}
