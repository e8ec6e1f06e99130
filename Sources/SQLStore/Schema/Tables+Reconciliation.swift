extension Table {
    /// The state of run 2 for a partner and a date, see `ReconciliationCodes`.
    package static let reconciliation = Table(
        "reconciliation", .coordination, .business,
        [.text("party"), .int64("date"), .int64("state")], key: ["party", "date"])

    /// A line that a match or a break has taken: `side` 0 ours, 1 theirs; `occurrence` numbers
    /// identical lines; `break_id` is empty for a match; `read_by` is the partner's own loan number
    /// by which the line was read. Each line once, by this key.
    package static let lineClaim = Table(
        "line_claim", .coordination, .business,
        [
            .text("party"), .int64("date"), .text("file"), .int64("side"),
            .text("record_key"), .int64("occurrence"), .text("break_id"),
            .text("read_by"),
        ],
        key: ["party", "date", "file", "side", "record_key", "occurrence"])

    /// Differences, under an id that a second run finds again, and where each stands: `events`
    /// counts what happened to it, `held` to `claimed` what it has moved in the books.
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
            .int64("corrected"), .int64("written_off"), .int64("claimed"),
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
            Index(
                name: "recon_break_accepted", columns: ["party", "first_date"],
                condition: BreakCodes.isAccepted),
            Index(
                name: "recon_break_funding", columns: ["party", "first_date"],
                condition: BreakCodes.isFunding),
        ],
        isNarrow: false)

    /// Which loan a partner's own number stands for, as its files of a date said.
    package static let partnerLoanNumber = Table(
        "partner_loan_number", .coordination, .business,
        [.text("party"), .int64("date"), .text("number"), .text("loan")],
        key: ["party", "date", "number", "loan"],
        indexes: [
            Index(name: "partner_loan_number_by_number", columns: ["party", "number", "date"])
        ])

    /// What a partner's balances file of a date said of a loan's principal, and what it should
    /// have said by the balance before and the partner's own lines.
    package static let statedBalance = Table(
        "stated_balance", .coordination, .business,
        [
            .text("party"), .int64("date"), .text("loan"), .text("currency"),
            .int64("stated"), .int64("expected"),
        ],
        key: ["party", "date", "loan"],
        indexes: [Index(name: "stated_balance_by_loan", columns: ["party", "loan", "date"])])

    /// Where in the files the records of a break stood, 0 where a side has none.
    package static let breakEvidence = Table(
        "break_evidence", .coordination, .operational,
        [
            .text("party"), .int64("first_date"), .text("break_id"), .int64("our_line"),
            .int64("their_line"),
        ],
        key: ["party", "first_date", "break_id"])
}
