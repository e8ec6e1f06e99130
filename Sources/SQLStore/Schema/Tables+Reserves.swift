extension Table {
    /// What lenders have paid into their deposits with the platform, and been paid back of them:
    /// minor units, positive in, each movement once for ever.
    package static let reserveMovement = Table(
        "reserve_movement", .reference, .business,
        [
            .text("party"), .text("movement"), .text("currency"), .int64("amount"),
            .int64("booked_on"),
        ],
        key: ["party", "movement"],
        indexes: [
            Index(
                name: "reserve_movement_by_currency", columns: ["party", "currency", "movement"])
        ])
}
