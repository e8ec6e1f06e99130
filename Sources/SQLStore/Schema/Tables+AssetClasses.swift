extension Table {
    /// By what a lender's claims are classed from the close of a date on, as canonical text; empty
    /// for nothing any more.
    package static let assetRule = Table(
        "asset_rule", .reference, .business,
        [.text("lender"), .int64("date"), .text("content")], key: ["lender", "date"],
        isNarrow: false, isUnseenWhenEmpty: true)

    /// How the class of a lender's claim changed on a date, see `AssetClassCodes`: the class held
    /// before and after, that of the claim by itself, until when it is observed (0 for not), and
    /// the loan's status. The first row of a claim follows on normal.
    package static let assetClass = Table(
        "asset_class", .loanAnchored, .business,
        [
            .int64("shard"), .text("loan"), .text("lender"), .int64("date"),
            .int64("class_before"), .int64("class_after"), .int64("cause"), .int64("own_class"),
            .int64("observed_until"), .int64("standing"), .int64("days_past_due"),
            .int64("accrual_status"),
        ],
        key: ["shard", "loan", "lender", "date"], anchor: ["shard", "loan"],
        indexes: [
            Index(name: "asset_class_of_date", columns: ["date"]),
            Index(
                name: "asset_class_observed", columns: ["observed_until"],
                condition: AssetClassCodes.isObserved),
        ], isUnseenWhenEmpty: true)

    /// What a lender keeps for a claim from a date on, in all; a row for each change.
    package static let provision = Table(
        "provision", .loanAnchored, .business,
        [
            .int64("shard"), .text("loan"), .text("lender"), .int64("date"), .text("currency"),
            .int64("amount"),
        ],
        key: ["shard", "loan", "lender", "date"], anchor: ["shard", "loan"],
        indexes: [Index(name: "provision_of_date", columns: ["date"])], isUnseenWhenEmpty: true)
}
