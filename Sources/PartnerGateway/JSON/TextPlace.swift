// Where something stands in a text, as editors count.

/// A line and a column, both from 1; a column is one character (Unicode scalar).
package struct TextPlace: Hashable, Sendable, CustomStringConvertible {
    package let line: Int
    package let column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// The place of a byte offset; offsets beyond the end mean the end.
    package init(offset: Int, in bytes: [UInt8], firstLine: Int = 1) {
        var (line, column) = (firstLine, 1)
        for byte in bytes.prefix(offset) {
            if byte == UInt8(ascii: "\n") {
                (line, column) = (line + 1, 1)
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        self.init(line: line, column: column)
    }

    /// `line:column`.
    package var description: String { "\(line):\(column)" }
}
