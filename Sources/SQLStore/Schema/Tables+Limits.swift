extension Table {
    /// What is used of limits: minor units by what is told apart (see `LimitCodes`), agreement
    /// (empty: all of the party's), lender (empty: all of them), span, currency, first date of the
    /// period (0 where nothing begins anew) and the one value that counts, empty for all.
    ///
    /// A key is counted from the first batch that had a limit on it, and for ever after. Values of
    /// a dimension are counted together: where all of them have a row in a period, a value without
    /// one has nothing there.
    package static let limitUse = Table(
        "limit_use", .reference, .business,
        [
            .int64("scope"), .text("agreement"), .text("party"), .int64("span"),
            .text("currency"), .int64("start"), .text("subject"), .int64("used"),
        ],
        key: ["scope", "agreement", "party", "span", "currency", "start", "subject"])
}
