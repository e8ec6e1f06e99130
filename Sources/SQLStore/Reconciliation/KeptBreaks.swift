internal import LendingRules
internal import Operations
internal import Reconciling

/// How a break lies in a row.
enum KeptBreaks {
    /// Selects breaks with their evidence; add a WHERE over `b` and `order`.
    static let select = """
        SELECT b.party, b.first_date, b.break_id, b.file, b.kind, b.record_key, b.loan, b.state,
            b.severity, b.cause, b.sentence, b.rule, b.currency, b.differences, b.ours,
            b.theirs, COALESCE(e.our_line, 0), COALESCE(e.their_line, 0)
        FROM recon_break b LEFT JOIN break_evidence e ON e.party = b.party
            AND e.first_date = b.first_date AND e.break_id = b.break_id

        """

    /// Party, first date, id.
    static let order = " ORDER BY b.party, b.first_date, b.break_id"

    /// The break in a row of `select`.
    static func read(_ row: borrowing Row) throws(StoreError) -> KeptBreak {
        KeptBreak(
            id: try row.text(2), party: try row.party(0), file: try row.text(3),
            kind: try row.named(4), key: KeyText.split(try row.text(5)), loan: try row.text(6),
            firstDate: try row.date(1), state: try BreakCodes.states.value(row, 7),
            severity: try row.named(8), cause: try row.named(9), sentence: try row.text(10),
            rule: try row.text(11), currency: try row.text(12),
            differences: try differences(row), ours: try row.text(14),
            theirs: try row.text(15), ourLine: try row.count(16), theirLine: try row.count(17))
    }

    private static func differences(
        _ row: borrowing Row
    ) throws(StoreError) -> [KeptBreak.ColumnDifference] {
        var differences: [KeptBreak.ColumnDifference] = []
        for word in KeyText.split(try row.text(13)) {
            guard let end = word.lastIndex(of: "="),
                let amount = Int64(word[word.index(after: end)...])
            else {
                throw .unexpectedValue(column: 13, expected: "column=amount", found: word)
            }
            differences.append(
                KeptBreak.ColumnDifference(column: String(word[..<end]), minorUnits: amount))
        }
        return differences
    }

    /// Writes a row of the table `recon_break`.
    static func write(_ kept: KeptBreak, _ writer: any RowWriter) {
        writer.text(kept.party.name)
        writer.date(kept.firstDate)
        writer.text(kept.id)
        writer.text(kept.file)
        writer.text(kept.kind.rawValue)
        writer.text(KeyText.join(kept.key))
        writer.text(kept.loan)
        writer.int64(BreakCodes.states.code(kept.state))
        writer.text(kept.severity.rawValue)
        writer.text(kept.cause.rawValue)
        writer.text(kept.sentence)
        writer.text(kept.rule)
        writer.text(kept.currency)
        writer.text(KeyText.join(kept.differences.map { "\($0.column)=\($0.minorUnits)" }))
        writer.text(kept.ours)
        writer.text(kept.theirs)
    }

    /// Writes a row of the table `break_evidence`.
    static func writeEvidence(_ kept: KeptBreak, _ writer: any RowWriter) {
        writer.text(kept.party.name)
        writer.date(kept.firstDate)
        writer.text(kept.id)
        writer.int64(Int64(kept.ourLine))
        writer.int64(Int64(kept.theirLine))
    }
}
