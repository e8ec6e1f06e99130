extension Table {
    /// What is used of limits: minor units by agreement (empty: all of the party's), lender, span
    /// (see `LimitCodes`), currency and first date of the period (0 where nothing begins anew).
    ///
    /// A key is counted from the first batch that had a limit on it, and for ever after.
    package static let limitUse = Table(
        "limit_use", .reference, .business,
        [
            .text("agreement"), .text("party"), .int64("span"), .text("currency"),
            .int64("start"), .int64("used"),
        ],
        key: ["agreement", "party", "span", "currency", "start"])
}
