extension Table {
    /// Files of a business date: `direction` 0 ours, 1 theirs; new content is a new version.
    /// `position` is the order of sending.
    package static let partnerFile = Table(
        "partner_file", .coordination, .business,
        [
            .text("party"), .int64("date"), .int64("direction"), .text("name"),
            .int64("version"), .int64("position"), .blob("sha256"), .blob("content"),
        ],
        key: ["party", "date", "direction", "name", "version"], isNarrow: false)

    /// The dates whose files a partner has taken.
    package static let fileDelivery = Table(
        "file_delivery", .coordination, .operational, [.text("party"), .int64("date")],
        key: ["party", "date"])

    /// A line that a match has taken: `side` 0 ours, 1 theirs; `twin` numbers identical lines.
    package static let matchClaim = Table(
        "match_claim", .coordination, .business,
        [
            .text("party"), .int64("date"), .text("file"), .int64("side"),
            .text("record_key"), .int64("twin"), .int64("matched_date"),
        ],
        key: ["party", "file", "date", "side", "record_key", "twin"])

    /// Differences, under an id that a second run finds again.
    package static let reconciliationBreak = Table(
        "recon_break", .coordination, .business,
        [
            .text("party"), .text("break_id"), .text("file"), .int64("first_on"),
            .text("record_key"), .text("kind"), .int64("state"), .int64("last_on"),
            .int64("closed_on").orNull, .text("currency").orNull, .int64("difference"),
            .text("ours").orNull, .text("theirs").orNull, .text("cause"),
        ],
        key: ["party", "break_id"], isNarrow: false)

    /// Where in the files the records of a break stood.
    package static let breakEvidence = Table(
        "break_evidence", .coordination, .operational,
        [
            .text("party"), .text("break_id"), .int64("date"), .int64("side"),
            .int64("line"), .text("detail").orNull,
        ],
        key: ["party", "break_id", "date", "side"])

    /// The state of run 2 for a partner and a date.
    package static let reconciliation = Table(
        "reconciliation", .coordination, .business,
        [.int64("date"), .text("party"), .int64("state")], key: ["date", "party"])
}
