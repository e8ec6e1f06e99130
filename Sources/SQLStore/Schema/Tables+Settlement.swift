extension Table {
    /// The payment that clears a netting set; the platform pays when `amount` is positive.
    package static let settlement = Table(
        "settlement", .coordination, .business,
        [
            .text("party"), .text("currency"), .int64("settles_on"),
            .int64("instructed_on"), .int64("amount"),
        ],
        key: ["party", "currency", "settles_on", "instructed_on"])

    /// The business dates that a settlement covers: each once.
    package static let settledDate = Table(
        "settled_date", .coordination, .business,
        [
            .text("party"), .text("currency"), .int64("date"), .int64("settles_on"),
            .int64("instructed_on"),
        ],
        key: ["party", "currency", "date"])
}
