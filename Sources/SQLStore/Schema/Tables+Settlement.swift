extension Table {
    /// The settlement of a party and currency on a settlement day; `netting` is `net`, or a type
    /// of obligation where types are settled apart. The platform pays when `amount` is positive.
    package static let settlement = Table(
        "settlement", .coordination, .business,
        [
            .text("party"), .text("currency"), .int64("settles_on"), .text("netting"),
            .int64("amount"),
        ],
        key: ["party", "currency", "settles_on", "netting"])

    /// What makes the amount of a settlement; `type` is empty and `source` names the earlier
    /// settlement where something is carried.
    package static let settlementLine = Table(
        "settlement_line", .coordination, .business,
        [
            .text("party"), .text("currency"), .int64("settles_on"), .text("netting"),
            .text("kind"), .int64("date"), .text("type"), .text("source"), .int64("amount"),
        ],
        key: ["party", "currency", "settles_on", "netting", "kind", "date", "type", "source"])

    /// The life of a settlement, by which its state is told; `person` is empty for the rule,
    /// `reference` names a statement line or a later settlement.
    package static let settlementEvent = Table(
        "settlement_event", .coordination, .business,
        [
            .text("party"), .text("currency"), .int64("settles_on"), .text("netting"),
            .int64("number"), .text("kind"), .int64("booked_on"), .text("person"),
            .text("reference"), .int64("amount"),
        ],
        key: ["party", "currency", "settles_on", "netting", "number"])

    /// The business dates that a settlement covers: each once.
    package static let settledDate = Table(
        "settled_date", .coordination, .business,
        [.text("party"), .text("currency"), .int64("date"), .int64("settles_on")],
        key: ["party", "currency", "date"])

    /// Statement lines that settled something: each once for ever.
    package static let settlementReceipt = Table(
        "settlement_receipt", .keyAnchored, .business,
        [
            .int64("shard"), .text("bank_ref"), .int64("amount"), .text("currency"),
            .int64("value_date"), .text("remittance"),
        ],
        key: ["shard", "bank_ref"], anchor: ["shard", "bank_ref"])

    /// The instructions that the account's bank has taken of each date: SHA-256 of its file.
    package static let instructionDelivery = Table(
        "instruction_delivery", .coordination, .operational,
        [.int64("date"), .blob("sha256")], key: ["date"])
}
