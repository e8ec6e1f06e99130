extension Table {
    /// The state of run 2 for a partner and a date, see `ReconciliationCodes`.
    package static let reconciliation = Table(
        "reconciliation", .coordination, .business,
        [.text("party"), .int64("date"), .int64("state")], key: ["party", "date"])

    /// A line that a match or a break has taken: `side` 0 ours, 1 theirs; `occurrence` numbers
    /// identical lines; `break_id` is empty for a match. Each line once, by this key.
    package static let lineClaim = Table(
        "line_claim", .coordination, .business,
        [
            .text("party"), .int64("date"), .text("file"), .int64("side"),
            .text("record_key"), .int64("occurrence"), .text("break_id"),
        ],
        key: ["party", "date", "file", "side", "record_key", "occurrence"])

    /// Differences, under an id that a second run finds again, and where each stands: `events`
    /// counts what happened to it, `held` to `written_off` what it has moved in the books.
    package static let reconciliationBreak = Table(
        "recon_break", .coordination, .business,
        [
            .text("party"), .int64("first_date"), .text("break_id"), .text("file"),
            .text("kind"), .text("record_key"), .text("loan"), .int64("state"),
            .text("severity"), .text("cause"), .text("sentence"), .text("rule"),
            .text("currency"), .text("differences"), .text("ours"), .text("theirs"),
            .int64("due_ours").orNull, .int64("due_theirs").orNull, .text("owner"),
            .text("acceptance"), .text("proposer"), .int64("round"), .int64("resolution"),
            .int64("healed_by"), .int64("events"), .int64("held"), .int64("rounded"),
            .int64("corrected"), .int64("written_off"),
        ],
        key: ["party", "first_date", "break_id"],
        indexes: [
            Index(name: "recon_break_by_id", columns: ["break_id"]),
            Index(
                name: "recon_break_open", columns: ["party", "first_date"],
                condition: BreakCodes.isOpen),
            Index(
                name: "recon_break_healed", columns: ["party", "healed_by"],
                condition: BreakCodes.isHealed),
        ],
        isNarrow: false)

    /// Where in the files the records of a break stood, 0 where a side has none.
    package static let breakEvidence = Table(
        "break_evidence", .coordination, .operational,
        [
            .text("party"), .int64("first_date"), .text("break_id"), .int64("our_line"),
            .int64("their_line"),
        ],
        key: ["party", "first_date", "break_id"])
}
