extension Table {
    /// Posted amounts, debit positive: one row per date, book, kind, source, account, counterparty
    /// and currency in a shard. `source` is the agreement's name or the loan's id.
    package static let ledger = Table(
        "ledger", .loanAnchored, .business,
        [
            .int64("shard"), .int64("date"), .text("book"), .text("kind"), .text("source"),
            .text("account"), .text("counterparty"), .text("currency"), .int64("amount"),
        ],
        key: [
            "date", "shard", "book", "kind", "source", "account", "counterparty", "currency",
        ],
        anchor: ["shard"])

    /// What is owed between the platform and a party as frozen at a close; the platform pays when
    /// the amount is positive.
    package static let obligation = Table(
        "obligation", .coordination, .business,
        [
            .int64("date"), .text("party"), .text("currency"), .text("kind"), .int64("amount"),
        ],
        key: ["date", "party", "currency", "kind"])
}
