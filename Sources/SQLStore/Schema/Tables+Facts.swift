extension Table {
    /// What happened to a loan, append-only, in the order of facts: value date, instant, id.
    /// `amount` is 0 and `reverses` empty where the kind has none.
    package static let fact = Table(
        "fact", .loanAnchored, .business,
        [
            .int64("shard"), .text("loan"), .int64("value_date"), .int64("instant"),
            .text("fact"), .int64("kind"), .int64("booking_date"), .int64("amount"),
            .text("reverses"), .text("channel"),
        ],
        key: ["shard", "loan", "value_date", "instant", "fact"], anchor: ["shard", "loan"],
        indexes: [
            Index(name: "fact_by_booking", columns: ["booking_date", "shard", "loan"]),
            .reversal,
        ],
        references: [.loan])

    /// Which loan an outside id (a payment) belongs to and what it said, unique for ever.
    package static let factKey = Table(
        "fact_key", .keyAnchored, .business,
        [.int64("shard"), .text("fact"), .text("loan"), .text("content_hash")],
        key: ["shard", "fact"], anchor: ["shard", "fact"])

    /// What a lender received of a payment line, one wide row; journal lines are a view over it.
    package static let distribution = Table(
        "distribution", .loanAnchored, .business,
        [
            .int64("shard"), .text("loan"), .text("line"), .text("lender"),
            .int64("posted_on"), .int64("value_date"), .text("reverses"),
            .text("correction_of"), .int64("principal"), .int64("overdue_principal"),
            .int64("interest"), .int64("overdue_interest"), .int64("penalty"),
            .int64("service_fee"),
        ],
        key: ["posted_on", "shard", "loan", "line", "lender"], anchor: ["shard", "loan"],
        indexes: [Index(name: "distribution_by_loan", columns: ["shard", "loan"])])
}

extension Table.Index {
    /// A payment is reversed once.
    package static let reversal = Table.Index(
        name: "fact_reversal", columns: ["shard", "loan", "reverses"],
        condition: "reverses <> ''", isUnique: true)
}
