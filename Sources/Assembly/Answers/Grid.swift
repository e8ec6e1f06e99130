/// Rows under column heads, for people.
package struct Grid: Hashable, Sendable {
    /// Shown above the rows; empty for none.
    package let title: String
    package let columns: [Column]
    package private(set) var rows: [[String]] = []
    private var totals: [String]?

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

    /// Adds a row: one text for each column.
    package mutating func add(_ row: [String]) {
        precondition(row.count == columns.count, "a row has one text for each column")
        rows.append(row)
    }

    /// A last row under a rule of its own.
    mutating func total(_ row: [String]) {
        precondition(row.count == columns.count, "a row has one text for each column")
        totals = row
    }
}

extension Grid {
    /// Aligned text with a rule under the heads; the title is bold when coloured.
    package func text(isColored: Bool) -> String {
        let cells = [columns.map(\.name)] + rows + (totals.map { [$0] } ?? [])
        let widths = columns.indices.map { index in
            cells.map { Grid.width($0[index]) }.max() ?? 0
        }
        let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
        var lines = title.isEmpty ? [] : [isColored ? "\u{1B}[1m\(title)\u{1B}[0m" : title]
        lines += [line(columns.map(\.name), widths), rule]
        lines += rows.isEmpty ? ["(none)"] : rows.map { line($0, widths) }
        if let totals { lines += [rule, line(totals, widths)] }
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
        text.unicodeScalars.reduce(0) { $0 + (isWide($1) ? 2 : 1) }
    }

    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFF00...0xFF60:
            true
        default: false
        }
    }
}
