extension Table {
    /// The net payment of a date, party and currency; the platform pays when `amount` is positive.
    package static let settlement = Table(
        "settlement", .coordination, .business,
        [
            .int64("date"), .text("party"), .text("currency"), .int64("settles_on"),
            .int64("amount"), .int64("held"), .int64("carried"), .int64("state"),
            .text("reference").orNull,
        ],
        key: ["date", "party", "currency"])

    /// What a settlement consists of, by the date and kind of the obligation.
    package static let settlementLine = Table(
        "settlement_line", .coordination, .business,
        [
            .int64("date"), .text("party"), .text("currency"), .int64("obligation_date"),
            .text("kind"), .int64("amount"),
        ],
        key: ["date", "party", "currency", "obligation_date", "kind"])
}
