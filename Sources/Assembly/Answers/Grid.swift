/// Rows under column heads, for a terminal, CSV or NDJSON.
package struct Grid: Hashable, Sendable {
    /// Shown above the rows; empty for none.
    package let title: String
    package let columns: [Column]
    package private(set) var rows: [[String]] = []

    /// A column's head and side.
    package struct Column: Hashable, Sendable {
        let name: String
        let isRight: Bool

        /// A column of words.
        package static func words(_ name: String) -> Column { Column(name: name, isRight: false) }

        /// A column of figures, aligned right.
        package static func figures(_ name: String) -> Column { Column(name: name, isRight: true) }
    }

    package init(title: String = "", columns: [Column]) {
        self.title = title
        self.columns = columns
    }

    package mutating func add(_ row: [String]) {
        precondition(row.count == columns.count, "a row has one text for each column")
        rows.append(row)
    }
}

extension Grid {
    /// Aligned text with a rule under the heads.
    package var text: String {
        let cells = [columns.map(\.name)] + rows
        let widths = columns.indices.map { index in
            cells.map { Grid.width($0[index]) }.max() ?? 0
        }
        var lines = title.isEmpty ? [] : [title]
        lines.append(line(columns.map(\.name), widths))
        lines.append(widths.map { String(repeating: "─", count: $0) }.joined(separator: "  "))
        lines += rows.map { line($0, widths) }
        return lines.joined(separator: "\n")
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        let padded = cells.indices.map { index in
            let blanks = String(
                repeating: " ", count: max(0, widths[index] - Grid.width(cells[index])))
            return columns[index].isRight ? blanks + cells[index] : cells[index] + blanks
        }
        var text = padded.joined(separator: "  ")
        while text.last == " " { text.removeLast() }
        return text
    }

    /// Columns on a terminal: East Asian characters take two.
    private static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + ((0x1100...0xFFDC).contains($1.value) && isWide($1) ? 2 : 1) }
    }

    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFF00...0xFF60:
            true
        default: false
        }
    }

    /// RFC 4180 with a header line. Texts that a spreadsheet would run as formulas are quoted
    /// with an apostrophe; numbers are left as they are.
    package var csv: String {
        ([columns.map(\.name)] + rows.map { $0.map(Grid.safe) })
            .map { $0.map(Grid.quoted).joined(separator: ",") + "\r\n" }.joined()
    }

    private static func safe(_ text: String) -> String {
        guard let first = text.first, "=+-@\t\r".contains(first) else { return text }
        let isNumber = text.dropFirst().allSatisfy { $0.isNumber || $0 == "." } && text.count > 1
        return isNumber && (first == "-" || first == "+") ? text : "'" + text
    }

    private static func quoted(_ text: String) -> String {
        let needsQuotes = text.unicodeScalars.contains { "\",\r\n".unicodeScalars.contains($0) }
        guard needsQuotes else { return text }
        let inner = text.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"")
        return "\"\(inner)\""
    }
}
