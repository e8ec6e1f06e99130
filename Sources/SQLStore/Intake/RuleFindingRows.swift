internal import LendingRules
internal import Operations

/// How what rules warned of lies in rows.
enum RuleFindingRows {
    /// Keeps findings in key order; what is kept already stays as it is.
    static func insert(
        _ findings: [KeptFinding], _ connection: borrowing Connection
    ) throws(StoreError) {
        if findings.isEmpty { return }
        let rows = findings.sorted()
        try connection.batch(Table.ruleFinding.insertionUnlessPresent, rows: rows.count) {
            index, writer throws(StoreError) in
            let row = rows[index]
            writer.date(row.date)
            for text in [
                row.pack, row.rule, row.subject, row.about, row.citation, row.figure,
                row.relation, row.bound, row.outcome,
            ] {
                writer.text(text)
            }
        }
    }

    /// Everything that is kept, in key order.
    static func all(_ connection: borrowing Connection) throws(StoreError) -> [KeptFinding] {
        try connection.all(Table.ruleFinding.selectionInKeyOrder) { row throws(StoreError) in
            KeptFinding(
                date: try row.date(0), pack: try row.text(1), rule: try row.text(2),
                subject: try row.text(3), about: try row.text(4), citation: try row.text(5),
                figure: try row.text(6), relation: try row.text(7), bound: try row.text(8),
                outcome: try row.text(9))
        }
    }
}
