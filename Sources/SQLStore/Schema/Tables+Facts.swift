extension Table {
    /// What happened to a loan, append-only, in the order of facts: value date, instant, id.
    /// Amounts are 0 and texts empty where the kind has none; `detail` is who bears a waiver, how
    /// far a charge-off reaches, what a cancellation costs or who holds the claims, or which
    /// shares of them, from then on.
    package static let fact = Table(
        "fact", .loanAnchored, .business,
        [
            .int64("shard"), .text("loan"), .int64("value_date"), .int64("instant"),
            .text("fact"), .int64("kind"), .int64("booking_date"), .int64("amount"),
            .text("reverses"), .text("channel"), .int64("principal"), .int64("interest"),
            .int64("penalty"), .int64("fee"), .text("detail"),
        ],
        key: ["shard", "loan", "value_date", "instant", "fact"], anchor: ["shard", "loan"],
        indexes: [
            Index(name: "fact_by_booking", columns: ["booking_date", "shard", "loan"]),
            .reversal, .undoing, .instructing,
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
            .int64("penalty_interest"), .int64("fee"), .int64("service_fee"),
        ],
        key: ["posted_on", "shard", "loan", "line", "lender"], anchor: ["shard", "loan"],
        indexes: [Index(name: "distribution_by_loan", columns: ["shard", "loan"])])

    /// The same by instalment, for lenders that received or returned something on it.
    package static let distributionPart = Table(
        "distribution_part", .loanAnchored, .business,
        [
            .int64("shard"), .text("loan"), .text("line"), .int64("instalment"),
            .text("lender"), .int64("posted_on"), .int64("principal"),
            .int64("overdue_principal"), .int64("interest"), .int64("overdue_interest"),
            .int64("penalty"), .int64("penalty_interest"), .int64("fee"), .int64("service_fee"),
        ],
        key: ["posted_on", "shard", "loan", "line", "instalment", "lender"],
        anchor: ["shard", "loan"])
}

extension Table {
    /// What a lender gave up, received or took over by a waiver, charge-off, recovery or transfer,
    /// one wide row.
    package static let factLine = Table(
        "fact_line", .loanAnchored, .business,
        [
            .int64("shard"), .text("loan"), .text("line"), .text("lender"), .int64("kind"),
            .int64("posted_on"), .int64("value_date"), .text("corrects"),
            .text("counterparty"), .int64("principal"), .int64("overdue_principal"),
            .int64("interest"), .int64("overdue_interest"), .int64("penalty"),
            .int64("penalty_interest"), .int64("fee"), .int64("price"),
        ],
        key: ["posted_on", "shard", "loan", "line", "lender"], anchor: ["shard", "loan"],
        indexes: [Index(name: "fact_line_by_loan", columns: ["shard", "loan"])])
}

extension Table.Index {
    /// A loan is undone once: cancelled, or its payout failed or came back.
    package static let undoing = Table.Index(
        name: "fact_undoing", columns: ["shard", "loan"], condition: Facts.undoes,
        isUnique: true)

    /// What closes are to decide, by the date whose close does.
    package static let instructing = Table.Index(
        name: "fact_instructing", columns: ["value_date", "shard", "loan"],
        condition: Facts.instructs)

    /// A payment is reversed once.
    package static let reversal = Table.Index(
        name: "fact_reversal", columns: ["shard", "loan", "reverses"],
        condition: "reverses <> ''", isUnique: true)
}
