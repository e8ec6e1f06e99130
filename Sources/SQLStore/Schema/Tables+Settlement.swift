extension Table {
    /// The payment that clears a netting set; the platform pays when `amount` is positive.
    ///
    /// A day may see two of one partner, when files arrive after the first: the oldest date that
    /// each covers tells them apart.
    package static let settlement = Table(
        "settlement", .coordination, .business,
        [
            .text("party"), .text("currency"), .int64("settles_on"),
            .int64("instructed_on"), .int64("first_date"), .int64("amount"),
        ],
        key: ["party", "currency", "settles_on", "instructed_on", "first_date"])

    /// The business dates that a settlement covers: each once.
    package static let settledDate = Table(
        "settled_date", .coordination, .business,
        [
            .text("party"), .text("currency"), .int64("date"), .int64("settles_on"),
            .int64("instructed_on"), .int64("first_date"),
        ],
        key: ["party", "currency", "date"])
}
