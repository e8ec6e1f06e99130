/// Rows under column heads, for people.
package struct Grid: Hashable, Sendable {
    /// Shown above the rows; empty for none.
    package let title: String
    package let columns: [Column]
    package private(set) var rows: [[String]] = []
    /// How cells are said, row by row, by column.
    private(set) var tones: [[Int: Tone]] = []
    /// The last row under a rule of its own.
    private(set) var totals: [String]?

    /// A column's head and side.
    package struct Column: Hashable, Sendable {
        let name: String
        let isRight: Bool

        /// A column of words.
        package static func words(_ name: String) -> Column { Column(name: name, isRight: false) }

        /// A column of figures, aligned right.
        package static func figures(_ name: String) -> Column { Column(name: name, isRight: true) }
    }

    /// How a cell is said, by colour where there is any.
    enum Tone: String, Sendable {
        case plain, good, warning, bad, quiet

        /// The terminal's colour.
        fileprivate var code: String? {
            switch self {
            case .plain: nil
            case .good: "32"
            case .warning: "33"
            case .bad: "31"
            case .quiet: "2"
            }
        }
    }

    package init(title: String = "", columns: [Column]) {
        self.title = title
        self.columns = columns
    }

    /// Adds a row: one text for each column.
    package mutating func add(_ row: [String]) {
        add(row, tones: [:])
    }

    /// Adds a row some cells of which are said in another tone.
    mutating func add(_ row: [String], tones: [Int: Tone]) {
        precondition(row.count == columns.count, "a row has one text for each column")
        rows.append(row)
        self.tones.append(tones)
    }

    /// A last row under a rule of its own.
    mutating func total(_ row: [String]) {
        precondition(row.count == columns.count, "a row has one text for each column")
        totals = row
    }
}

extension Grid {
    /// Aligned text with a rule under the heads; coloured, the title is bold and cells have their
    /// tones.
    package func text(isColored: Bool) -> String {
        let cells = [columns.map(\.name)] + rows + (totals.map { [$0] } ?? [])
        let widths = columns.indices.map { index in
            cells.map { Grid.width($0[index]) }.max() ?? 0
        }
        let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
        var lines = title.isEmpty ? [] : [isColored ? "\u{1B}[1m\(title)\u{1B}[0m" : title]
        lines += [line(columns.map(\.name), widths), rule]
        lines +=
            rows.isEmpty
            ? ["(none)"]
            : zip(rows, tones).map { line($0, widths, tones: isColored ? $1 : [:]) }
        if let totals { lines += [rule, line(totals, widths)] }
        return lines.joined(separator: "\n")
    }

    private func line(_ cells: [String], _ widths: [Int], tones: [Int: Tone] = [:]) -> String {
        let padded = cells.indices.map { index in
            let blanks = String(
                repeating: " ", count: max(0, widths[index] - Grid.width(cells[index])))
            let code = cells[index].isEmpty ? nil : tones[index]?.code
            let cell = code.map { "\u{1B}[\($0)m\(cells[index])\u{1B}[0m" } ?? cells[index]
            return columns[index].isRight ? blanks + cell : cell + blanks
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
