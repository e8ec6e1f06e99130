// Comma-separated values as RFC 4180 has them: what the bank reads and what it offers.

/// What is wrong with a file, and where.
package struct FileFault: Error, Equatable {
    /// Line in the file, the header is line 1.
    package let line: Int
    /// Column name; empty when the whole line is meant.
    package let column: String
    /// What is wrong.
    package let reason: String
}

enum CSV {
    /// Rows of fields; the header is the first. Quotes, doubled quotes and CRLF are understood.
    static func parse(_ bytes: [UInt8]) throws(FileFault) -> [[String]] {
        var reader = CSVReader(bytes: bytes)
        return try reader.rows()
    }

    static func write(_ rows: [[String]]) -> [UInt8] {
        var output: [UInt8] = []
        for row in rows {
            output += row.map(quoted).joined(separator: ",").utf8
            output.append(UInt8(ascii: "\n"))
        }
        return output
    }

    private static func quoted(_ field: String) -> String {
        let needsQuotes = field.utf8.contains { [34, 44, 10, 13].contains($0) }
        guard needsQuotes else { return field }
        var text = "\""
        for character in field.unicodeScalars {
            text.unicodeScalars.append(character)
            if character == "\"" { text.append("\"") }
        }
        return text + "\""
    }
}

private struct CSVReader {
    let bytes: [UInt8]
    private var offset = 0
    private var line = 1

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func rows() throws(FileFault) -> [[String]] {
        var rows: [[String]] = []
        while offset < bytes.count { rows.append(try row()) }
        return rows
    }

    private mutating func row() throws(FileFault) -> [String] {
        var fields: [String] = []
        while true {
            let isQuoted = offset < bytes.count && bytes[offset] == UInt8(ascii: "\"")
            fields.append(isQuoted ? try quoted() : try plain())
            guard offset < bytes.count else { throw fault("the last line is cut off") }
            let end = bytes[offset]
            offset += 1
            if end == UInt8(ascii: ",") { continue }
            if end == 13, offset < bytes.count, bytes[offset] == 10 { offset += 1 }
            line += 1
            return fields
        }
    }

    private mutating func plain() throws(FileFault) -> String {
        let start = offset
        while offset < bytes.count, ![10, 13, 44].contains(bytes[offset]) {
            if bytes[offset] == UInt8(ascii: "\"") { throw fault("a quote inside a plain field") }
            offset += 1
        }
        return try text(bytes[start..<offset])
    }

    private mutating func quoted() throws(FileFault) -> String {
        var content: [UInt8] = []
        offset += 1
        while offset < bytes.count {
            let byte = bytes[offset]
            offset += 1
            if byte == UInt8(ascii: "\"") {
                guard offset < bytes.count, bytes[offset] == byte else {
                    return try closed(content[...])
                }
                offset += 1
            }
            content.append(byte)
        }
        throw fault("a quoted field without its end")
    }

    private func closed(_ content: ArraySlice<UInt8>) throws(FileFault) -> String {
        if offset < bytes.count, ![10, 13, 44].contains(bytes[offset]) {
            throw fault("text after a quoted field")
        }
        return try text(content)
    }

    private func text(_ slice: ArraySlice<UInt8>) throws(FileFault) -> String {
        guard let text = String(validating: slice, as: UTF8.self) else { throw fault("not UTF-8") }
        return text
    }

    private func fault(_ reason: String) -> FileFault {
        FileFault(line: line, column: "", reason: reason)
    }
}
