extension Table {
    /// The requests to lenders and what became of them: `held_amount` is what a lender has
    /// accepted, or is asked for until then; with `accepts_part` it may be less. Versions and
    /// attempts stand in the outbox, since they differ after a crash.
    package static let fundingRequest = Table(
        "funding_request", .loanAnchored, .business,
        [
            .int64("shard"), .text("loan"), .text("request_key"), .text("lender"),
            .int64("amount"), .int64("value_date"), .int64("expires_at"), .int64("state"),
            .text("reference"), .text("reason_code"), .text("reason"),
            .int64("accepts_part"), .int64("held_amount"),
        ],
        key: ["shard", "loan", "request_key"], anchor: ["shard", "loan"],
        indexes: [
            Index(
                name: "funding_request_open", columns: ["shard", "loan", "request_key"],
                condition: RequestCodes.isOpen),
            Index(
                name: "funding_request_planned",
                columns: ["lender", "shard", "loan", "request_key"],
                condition: "state = 0"),
            Index(
                name: "funding_request_refused_reversal", columns: ["request_key"],
                condition: "state = 10"),
            Index(
                name: "funding_request_in_flight", columns: ["lender", "request_key"],
                condition: "state = 6"),
        ],
        references: [.loan])

    /// Which loan a request key belongs to, unique for ever; the shard is the key's.
    package static let requestKey = Table(
        "request_key", .keyAnchored, .business,
        [.int64("shard"), .text("request_key"), .text("loan")],
        key: ["shard", "request_key"], anchor: ["shard", "request_key"])

    /// The payment of a loan over the payment channel: one key for life, whichever try it is.
    /// `answered_on` is the channel's date of its answer to the try, null while there is none.
    package static let payout = Table(
        "payout", .loanAnchored, .business,
        [
            .int64("shard"), .text("loan"), .text("request_key"), .int64("amount"),
            .int64("try_number"), .int64("planned_on"), .int64("state"),
            .int64("answered_on").orNull, .text("reference"), .text("reason"),
        ],
        key: ["shard", "loan", "request_key"], anchor: ["shard", "loan"],
        indexes: [
            Index(
                name: "payout_open", columns: ["request_key"], condition: PayoutCodes.isOpen),
            Index(name: "payout_by_loan", columns: ["loan"], condition: PayoutCodes.isOpen),
            Index(
                name: "payout_planned", columns: ["shard", "loan", "request_key"],
                condition: "state = 0"),
        ],
        references: [.loan])

    /// Who works on a request or a payout: a claim is a lease, a result counts only under its
    /// version.
    package static let outbox = Table(
        "outbox", .loanAnchored, .operational,
        [
            .int64("shard"), .text("loan"), .text("request_key"), .int64("attempt"),
            .int64("version"), .text("holder"), .int64("lease_until"),
            .int64("last_attempt_at"),
        ],
        key: ["shard", "loan", "request_key"], anchor: ["shard", "loan"])

    /// What each exchange about a request showed, under the version it was stored at.
    package static let requestEvidence = Table(
        "request_evidence", .loanAnchored, .operational,
        [
            .int64("shard"), .text("loan"), .text("request_key"), .int64("version"),
            .int64("state"), .int64("at"), .text("evidence"),
        ],
        key: ["shard", "loan", "request_key", "version"], anchor: ["shard", "loan"])

    /// What partners said of requests on their own, each word once: whether it came, and before or
    /// after an answer, differs after a crash. `outcome` is what it came to.
    package static let requestCallback = Table(
        "request_callback", .loanAnchored, .operational,
        [
            .int64("shard"), .text("loan"), .text("request_key"), .int64("sequence"),
            .text("digest"), .int64("word"), .int64("outcome"), .int64("at"), .text("content"),
            .text("nonce"), .text("signature"),
        ],
        key: ["shard", "loan", "request_key", "sequence", "digest"], anchor: ["shard", "loan"],
        indexes: [
            Index(
                name: "request_callback_contradiction", columns: ["request_key"],
                condition: CallbackCodes.isContradiction)
        ],
        isNarrow: false)

    /// What persons said became of a request that its partner cannot be asked about any more: one
    /// proposes and another decides. `state` is where the request stood; `number` counts from 1.
    package static let requestResolution = Table(
        "request_resolution", .loanAnchored, .business,
        [
            .int64("shard"), .text("loan"), .text("request_key"), .int64("number"),
            .int64("state"), .int64("outcome"), .text("person"), .text("reason"),
            .int64("is_decision"), .int64("booked_on"),
        ],
        key: ["shard", "loan", "request_key", "number"], anchor: ["shard", "loan"],
        isNarrow: false)

    /// The nonces that partners have used, so that no message of theirs counts twice; `expires_at`
    /// in Unix seconds. The shard is that of party and nonce together.
    package static let nonce = Table(
        "nonce", .keyAnchored, .operational,
        [.int64("shard"), .text("party"), .text("nonce"), .int64("expires_at")],
        key: ["shard", "party", "nonce"], anchor: ["shard", "party", "nonce"],
        indexes: [Index(name: "nonce_expiry", columns: ["expires_at"])])
}
