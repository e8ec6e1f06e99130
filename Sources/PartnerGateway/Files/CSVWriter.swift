// RFC 4180, lines ended with LF as Unix tools like them.

/// Writes a CSV file row by row; only fields that need quotes get them.
package struct CSVWriter {
    /// What has been written so far.
    package private(set) var bytes: [UInt8] = []
    /// Rows after the header.
    package private(set) var rows = 0
    private let width: Int

    /// Writes the header line.
    package init(columns: [String]) {
        precondition(!columns.isEmpty, "a file needs a column")
        width = columns.count
        append(columns)
    }

    /// Writes one row; requires as many fields as there are columns.
    package mutating func row(_ fields: [String]) {
        precondition(fields.count == width, "a row has one field per column")
        append(fields)
        rows += 1
    }

    private mutating func append(_ fields: [String]) {
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            append(field)
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func append(_ field: String) {
        let quote = UInt8(ascii: "\"")
        guard field.utf8.contains(where: { [quote, 0x2C, 0x0A, 0x0D].contains($0) }) else {
            bytes += field.utf8
            return
        }
        bytes.append(quote)
        for byte in field.utf8 {
            if byte == quote { bytes.append(quote) }
            bytes.append(byte)
        }
        bytes.append(quote)
    }
}
