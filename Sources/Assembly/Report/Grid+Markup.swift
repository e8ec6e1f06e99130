extension Grid {
    /// The rows as a table; the title stands in the section's own heading.
    ///
    /// - Parameter long: a column of sentences, which may break over lines.
    func markup(caption: String, long: Int? = nil) -> Markup {
        let body = rows.enumerated().map { row, cells in
            Markup.tag(
                "tr", [:],
                cells.enumerated().map { index, cell in
                    let tone = tones[row][index].map { "\($0)" }
                    let style = [
                        columns[index].isRight ? "n" : nil, index == long ? "long" : nil, tone,
                    ].compactMap { $0 }.joined(separator: " ")
                    return .tag("td", ["class": style.isEmpty ? nil : style], cell)
                })
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

    private static func head(_ column: Column) -> Markup {
        .tag("th", ["scope": "col", "class": column.isRight ? "n" : nil], column.name)
    }
}
