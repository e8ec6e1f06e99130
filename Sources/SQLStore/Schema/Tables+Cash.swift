extension Table {
    /// What borrowers paid on a date, as it goes into transit at the close, and each payout on its
    /// way or back; `remittance` is how a statement names it.
    package static let cashBatch = Table(
        "cash_batch", .coordination, .business,
        [
            .text("remittance"), .int64("date"), .text("currency"), .int64("gross"),
            .int64("fee"), .int64("due_on"), .text("kind"),
        ],
        key: ["remittance"],
        indexes: [Index(name: "cash_batch_by_date", columns: ["date", "remittance"])])

    /// What statements have shown of money under way: a corrected statement adds the difference.
    package static let cashBooking = Table(
        "cash_booking", .coordination, .business,
        [
            .text("remittance"), .text("currency"), .int64("statement"), .int64("booked_on"),
            .text("kind"), .int64("amount"), .int64("fee"),
        ],
        key: ["remittance", "currency", "statement", "booked_on"],
        indexes: [
            Index(
                name: "cash_booking_by_statement",
                columns: ["statement", "remittance", "currency", "booked_on"])
        ])
}
