extension Table {
    /// Posted amounts, debit positive; everything but the amount is the row's id. `agreement` is
    /// empty for settlements, `counterparty` empty but on due to/from accounts.
    package static let ledger = Table(
        "ledger", .loanAnchored, .business,
        [
            .int64("date"), .text("book"), .int64("shard"), .text("kind"),
            .text("agreement"), .int64("account"), .text("counterparty"), .text("currency"),
            .int64("amount"),
        ],
        key: [
            "date", "book", "shard", "kind", "agreement", "account", "counterparty", "currency",
        ],
        anchor: ["shard"])

    /// What is owed between the platform and a party as frozen at a close; the platform pays when
    /// the amount is positive.
    package static let obligation = Table(
        "obligation", .coordination, .business,
        [
            .int64("date"), .text("party"), .text("currency"), .text("kind"), .int64("amount"),
        ],
        key: ["party", "date", "currency", "kind"])
}
