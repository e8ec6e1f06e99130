extension Table {
    /// The requests to lenders; `number` counts the routes of one share. Version and attempts are
    /// the outbox's, since they differ after a crash.
    package static let fundingRequest = Table(
        "funding_request", .loanAnchored, .business,
        [
            .int64("shard"), .text("loan"), .text("lender"), .int64("number"),
            .text("request_key"), .int64("amount"), .text("currency"), .int64("state"),
            .int64("value_date"), .int64("booked_on"), .int64("resolved_on").orNull,
            .text("reason_code").orNull, .text("reference").orNull,
        ],
        key: ["shard", "loan", "lender", "number"], anchor: ["shard", "loan"],
        references: [.loan])

    /// Which loan a request key belongs to, unique for ever; the shard is the key's.
    package static let requestKey = Table(
        "request_key", .keyAnchored, .business,
        [.int64("shard"), .text("request_key"), .text("loan")],
        key: ["shard", "request_key"], anchor: ["shard", "request_key"])

    /// What must leave the house, claimed by a lease: `state` 0 waiting, 1 sending, 2 done.
    package static let outbox = Table(
        "outbox", .loanAnchored, .operational,
        [
            .int64("shard"), .text("loan"), .text("request_key"), .int64("kind"),
            .text("party"), .int64("state"), .int64("attempt"), .int64("version"),
            .text("holder").orNull, .int64("lease_until").orNull,
        ],
        key: ["shard", "loan", "request_key", "kind"], anchor: ["shard", "loan"],
        indexes: [Index(name: "outbox_by_state", columns: ["state", "shard", "loan"])])

    /// What each attempt to send met with.
    package static let requestAttempt = Table(
        "request_attempt", .loanAnchored, .operational,
        [
            .int64("shard"), .text("loan"), .text("request_key"), .int64("kind"),
            .int64("attempt"), .int64("started_at"), .int64("ended_at").orNull,
            .text("outcome").orNull, .text("detail").orNull,
        ],
        key: ["shard", "loan", "request_key", "kind", "attempt"], anchor: ["shard", "loan"])
}
