/// What came of two files.
package struct MatchedFiles {
    package let summary: MatchSummary
    private let match: LineFileMatch
    private let breaks: [FoundBreak]
    private let order: KeyIndex

    init(summary: MatchSummary, match: LineFileMatch, breaks: [FoundBreak]) {
        self.summary = summary
        self.match = match
        self.breaks = breaks
        var cursor = RowCursor(match.plan, ours: match.ours, theirs: match.theirs)
        order = KeyIndex(count: breaks.count) { index, key in
            cursor.move(to: breaks[index].row)
            for column in cursor.columns.key {
                key.append(cursor.view.content(of: cursor.field(column)))
            }
        }
    }

    /// The columns of the key, in the order in which they sort the breaks.
    package var keyNames: [String] { match.plan.keyNames }

    /// Columns outside the key, as a side's lines show them.
    package func shownNames(of side: Side) -> [String] {
        let columns = match.plan.columns(of: side)
        return columns.others.map { columns.names[$0] }
    }

    /// Hands over every break in key order; inside a key pairs first, then ours, then theirs.
    package func forEach(_ body: (MatchedBreak) throws -> Void) rethrows {
        var cursor = RowCursor(match.plan, ours: match.ours, theirs: match.theirs)
        for entry in order.entries {
            let found = breaks[entry.index]
            cursor.move(to: found.row)
            let key = cursor.columns.key.map { cursor.text($0) }
            try body(
                MatchedBreak(
                    kind: found.kind, key: key, ours: line(.ours, found.ours, &cursor),
                    theirs: line(.theirs, found.theirs, &cursor),
                    difference: found.difference?.text))
        }
    }

    private func line(_ side: Side, _ entry: RowEntry?, _ cursor: inout RowCursor)
        -> MatchedBreak.Line?
    {
        guard let entry else { return nil }
        cursor.move(to: SideRow(side: side, entry: entry))
        return MatchedBreak.Line(
            line: Int(entry.line), values: cursor.columns.others.map { cursor.text($0) })
    }
}

extension FoundBreak {
    /// A line that tells the key.
    fileprivate var row: SideRow {
        if let ours { return SideRow(side: .ours, entry: ours) }
        guard let theirs else { preconditionFailure("a break has a line") }
        return SideRow(side: .theirs, entry: theirs)
    }

    /// Ours − theirs, an absent side counting zero.
    fileprivate var difference: WideAmount? { ours == nil ? amount?.negated : amount }
}

/// One break of two files, in texts.
package struct MatchedBreak: Hashable, Sendable {
    package let kind: BreakKind
    /// One text per key column.
    package let key: [String]
    package let ours: Line?
    package let theirs: Line?
    /// Ours − theirs over all amount columns, an absent side counting zero; nil when no column is
    /// an amount or the currencies differ.
    package let difference: String?

    /// One side's line.
    package struct Line: Hashable, Sendable {
        /// From 1, the header counted.
        package let line: Int
        /// One text per shown column.
        package let values: [String]
    }
}

/// Counts and sums of a whole match.
package struct MatchSummary: Hashable, Sendable {
    /// One side.
    package struct Totals: Hashable, Sendable {
        package let rows: Int
        package let sums: [Sum]
    }

    /// One amount column.
    package struct Sum: Hashable, Sendable {
        package let column: String
        package let amount: SummedAmount
    }

    /// One kind of break.
    package struct Kind: Hashable, Sendable {
        package let kind: BreakKind
        package let count: Int
        /// Σ difference; of a kind that only one side has, Σ of the lines' amounts.
        package let sum: SummedAmount
    }

    package let ours: Totals
    package let theirs: Totals
    /// Pairs that agree, also within tolerance and window.
    package let matched: Int
    /// Kinds that occur, in a fixed order.
    package let kinds: [Kind]

    /// Whether a break is left that neither tolerance nor window covers.
    package var hasBreaks: Bool { kinds.contains { !$0.kind.isMatched } }
}
