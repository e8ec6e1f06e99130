extension Grid {
    /// The rows as a table; the title stands in the section's own heading.
    ///
    /// - Parameter sentences: what is said under each row, over its whole width; nil for nothing.
    func markup(caption: String, sentences: [String]? = nil) -> Markup {
        let body = rows.indices.flatMap { row in
            let said = sentences.map { sentences in
                Markup.tag(
                    "tr", ["class": "said"],
                    [.tag("td", ["colspan": "\(columns.count)"], sentences[row])])
            }
            let cells = Markup.tag("tr", ["class": said == nil ? nil : "told"], self.cells(of: row))
            return [cells] + (said.map { [$0] } ?? [])
        }
        let empty = Markup.tag(
            "tr", [:],
            [.tag("td", ["colspan": "\(columns.count)", "class": "quiet"], "None.")])
        let parts: [Markup] = [
            .tag("caption", [:], caption),
            .tag("thead", [:], [.tag("tr", [:], columns.map(Grid.head))]),
            .tag("tbody", [:], rows.isEmpty ? [empty] : body),
        ]
        let foot = totals.map { cells in
            Markup.tag(
                "tfoot", [:],
                [
                    .tag(
                        "tr", [:],
                        cells.enumerated().map { index, cell in
                            .tag("td", ["class": columns[index].isRight ? "n" : nil], cell)
                        })
                ])
        }
        return .tag(
            "div", ["class": "scroll"], [.tag("table", [:], parts + (foot.map { [$0] } ?? []))])
    }

    private func cells(of row: Int) -> [Markup] {
        rows[row].enumerated().map { index, cell in
            let tone = tones[row][index].map { "\($0)" }
            let style = [columns[index].isRight ? "n" : nil, tone].compactMap { $0 }
                .joined(separator: " ")
            return .tag("td", ["class": style.isEmpty ? nil : style], cell)
        }
    }

    private static func head(_ column: Column) -> Markup {
        .tag("th", ["scope": "col", "class": column.isRight ? "n" : nil], column.name)
    }
}
