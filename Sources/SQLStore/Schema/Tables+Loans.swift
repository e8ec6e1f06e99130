extension Table.Reference {
    /// To the loan a row belongs to.
    static let loan = Table.Reference(
        columns: ["shard", "loan"], table: "loan", key: ["shard", "loan"])
}

extension Table {
    /// The approved loans: terms as agreed, the snapshot in force, the state of the lifecycle.
    package static let loan = Table(
        "loan", .loanAnchored, .business,
        [
            .int64("shard"), .text("loan"), .text("borrower"), .text("product"),
            .text("product_version"), .text("agreement"), .text("agreement_version"),
            .text("currency"), .int64("principal"), .int64("annual_rate"),
            .int64("instalments"), .int64("approved_at"), .int64("booked_on"),
            .int64("first_due_on").orNull, .int64("disbursed_on").orNull, .int64("state"),
            .text("region").orNull, .text("grade").orNull, .text("channel").orNull,
            .text("purpose").orNull, .blob("content_hash"),
        ],
        key: ["shard", "loan"], anchor: ["shard", "loan"])

    /// Who funds a loan with how much; `position` is the order in the agreement.
    package static let fundingShare = Table(
        "funding_share", .loanAnchored, .business,
        [
            .int64("shard"), .text("loan"), .int64("position"), .text("lender"),
            .int64("amount"),
        ],
        key: ["shard", "loan", "position"], anchor: ["shard", "loan"], references: [.loan])

    /// What the close needs of a loan: written on a fact, a due date or a change of state only.
    package static let loanAnchor = Table(
        "loan_anchor", .loanAnchored, .business,
        [
            .int64("shard"), .text("loan"), .int64("anchored_on"), .int64("instalment"),
            .int64("principal"), .int64("paid_principal"), .int64("paid_interest"),
            .int64("paid_penalty"), .int64("oldest_unpaid_due"), .int64("unallocated"),
            .int64("state"),
        ],
        key: ["shard", "loan"], anchor: ["shard", "loan"])
}
