internal import BusinessCalendar
internal import LendingRules
internal import Operations
internal import Reconciling

/// How a break lies in a row.
enum KeptBreaks {
    /// Selects breaks with their evidence; add a WHERE over `b` and `order`.
    static let select = """
        SELECT b.party, b.first_date, b.break_id, b.file, b.kind, b.record_key, b.loan, b.state,
            b.severity, b.cause, b.sentence, b.rule, b.currency, b.differences, b.ours,
            b.theirs, COALESCE(e.our_line, 0), COALESCE(e.their_line, 0), b.due_ours,
            b.due_theirs, b.owner, b.acceptance, b.proposer, b.round, b.resolution, b.healed_by,
            b.events, b.held, b.rounded, b.corrected, b.written_off, b.claimed
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
            firstDate: try row.date(1), severity: try row.named(8), cause: try row.named(9),
            sentence: try row.text(10),
            rule: try row.text(11), currency: try row.text(12),
            differences: try differences(row), ours: try row.text(14),
            theirs: try row.text(15), ourLine: try row.count(16), theirLine: try row.count(17),
            due: DisputedDue(ours: try row.int64OrNil(18), theirs: try row.int64OrNil(19)),
            lifecycle: try lifecycle(row),
            posted: KeptBreak.PostedAmounts(
                held: try row.int64(27), rounded: try row.int64(28),
                corrected: try row.int64(29), writtenOff: try row.int64(30),
                claimed: try row.int64(31)))
    }

    private static func lifecycle(_ row: borrowing Row) throws(StoreError) -> BreakLifecycle {
        let healedBy = try row.date(25)
        return BreakLifecycle(
            state: try BreakCodes.states.value(row, 7), owner: try row.text(20),
            acceptance: try row.text(21).isEmpty ? nil : try row.named(21),
            proposer: try row.text(22), round: try row.count(23),
            resolution: try row.int64(24) == 0 ? nil : try BreakCodes.resolutions.value(row, 24),
            healedBy: healedBy.dayNumber == 0 ? nil : healedBy, events: try row.count(26))
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
        writer.int64(kept.due.ours)
        writer.int64(kept.due.theirs)
        write(kept.lifecycle, writer)
        writer.int64(kept.posted.held)
        writer.int64(kept.posted.rounded)
        writer.int64(kept.posted.corrected)
        writer.int64(kept.posted.writtenOff)
        writer.int64(kept.posted.claimed)
    }

    private static func write(_ lifecycle: BreakLifecycle, _ writer: any RowWriter) {
        writer.text(lifecycle.owner)
        writer.text(lifecycle.acceptance?.rawValue ?? "")
        writer.text(lifecycle.proposer)
        writer.int64(Int64(lifecycle.round))
        writer.int64(lifecycle.resolution.map { BreakCodes.resolutions.code($0) } ?? 0)
        writer.int64(Int64(lifecycle.healedBy?.dayNumber ?? 0))
        writer.int64(Int64(lifecycle.events))
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
