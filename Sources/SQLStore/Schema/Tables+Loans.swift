extension Table.Reference {
    /// To the loan a row belongs to.
    static let loan = Table.Reference(
        columns: ["shard", "loan"], table: "loan", key: ["shard", "loan"])
}

extension Table {
    /// The approved loans: what was imported, the versions in force, the state of the lifecycle;
    /// `line_id` is the line of a note, empty of a loan of its own; `calculation` is the version of
    /// the arithmetic.
    package static let loan = Table(
        "loan", .loanAnchored, .business,
        [
            .int64("shard"), .text("loan"), .text("borrower"), .text("product"),
            .text("product_version"), .text("agreement"), .text("agreement_version"),
            .text("currency"), .int64("principal"), .int64("annual_rate"),
            .int64("instalments"), .int64("first_due_on").orNull, .int64("approved_at"),
            .int64("booked_on"), .text("region"), .text("grade"), .text("channel"),
            .text("purpose"), .text("content_hash"), .text("line_id"), .int64("calculation"),
            .int64("state"), .int64("disbursed_on").orNull,
        ],
        key: ["shard", "loan"], anchor: ["shard", "loan"],
        indexes: [
            Index(name: "loan_by_id", columns: ["loan"]),
            Index(name: "loan_by_borrower", columns: ["borrower", "loan"]),
            Index(name: "loan_booked_on", columns: ["booked_on"]),
            Index(
                name: "loan_undecided", columns: ["loan"],
                condition: LoanCodes.isUndecided),
            Index(
                name: "loan_transferring", columns: ["loan"],
                condition: LoanCodes.isTransferring),
            Index(
                name: "loan_by_line", columns: ["line_id", "loan"],
                condition: LoanRecords.isNote),
        ])

    /// Lines of credit: what was imported. What is drawn or bought under one is a loan with its
    /// `line_id`; `agreement` is empty where the import named none.
    package static let creditLine = Table(
        "credit_line", .loanAnchored, .business,
        [
            .int64("shard"), .text("line"), .text("borrower"), .text("product"),
            .text("agreement"), .text("currency"), .int64("line_limit"), .int64("annual_rate"),
            .int64("instalments"), .int64("approved_at"), .int64("booked_on"), .text("region"),
            .text("grade"), .text("channel"), .text("purpose"), .text("content_hash"),
        ],
        key: ["shard", "line"], anchor: ["shard", "line"],
        indexes: [Index(name: "credit_line_by_id", columns: ["line"])])

    /// Who funds a loan with how much; `position` is the order in the agreement.
    package static let fundingShare = Table(
        "funding_share", .loanAnchored, .business,
        [
            .int64("shard"), .text("loan"), .int64("position"), .text("lender"),
            .int64("amount"),
        ],
        key: ["shard", "loan", "position"], anchor: ["shard", "loan"], references: [.loan])

    /// What the close needs of a loan: written on a fact, a due date or a change of state only.
    /// `shares` is the list of lenders with their funded amounts, see `ShareList`.
    package static let loanAnchor = Table(
        "loan_anchor", .loanAnchored, .business,
        [
            .int64("shard"), .text("loan"), .text("agreement"), .text("currency"),
            .blob("shares"), .int64("starts_on"), .int64("due_on"),
            .int64("opening_balance"), .int64("annual_rate"), .int64("fraction_numerator"),
            .int64("fraction_denominator"), .int64("interest_before"), .int64("rounding"),
            .int64("is_quiet"), .int64("is_live"), .blob("income_weights"),
        ],
        key: ["shard", "loan"], anchor: ["shard", "loan"])

    /// A lender's buckets at the end of a date, for loans that moved on it.
    package static let lenderBalance = Table(
        "lender_balance", .loanAnchored, .business,
        [
            .int64("shard"), .text("loan"), .text("lender"), .int64("date"),
            .text("currency"), .int64("principal"), .int64("overdue_principal"),
            .int64("interest"), .int64("overdue_interest"), .int64("penalty"),
            .int64("penalty_interest"), .int64("fee"), .int64("days_past_due"),
            .int64("accrual_status"), .int64("accrued_interest"), .int64("accrued_penalty"),
            .int64("accrued_penalty_interest"),
        ],
        key: ["date", "shard", "loan", "lender"], anchor: ["shard", "loan"],
        indexes: [Index(name: "lender_balance_by_loan", columns: ["shard", "loan"])])

    /// How a loan's status changed on a date, see `StandingCodes`.
    package static let statusChange = Table(
        "status_change", .loanAnchored, .business,
        [
            .int64("shard"), .text("loan"), .int64("date"), .int64("from_standing"),
            .int64("to_standing"), .int64("days_past_due"), .int64("accrual_status"),
        ],
        key: ["date", "shard", "loan"], anchor: ["shard", "loan"])
}
