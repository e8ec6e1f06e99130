extension Table {
    /// How a cover stood at the end of each date on which something moved it: sums of all events so
    /// far, minor units; `cover_key` is a vintage, a period or a lender, empty for a pool.
    package static let coverState = Table(
        "cover_state", .coordination, .business,
        [
            .text("agreement"), .text("layer"), .text("cover_key"), .int64("date"),
            .int64("disbursed"), .int64("matured"), .int64("recovered"), .int64("written_off"),
            .int64("topped_up"), .int64("invoked"), .int64("unabsorbed"), .int64("forgone"),
            .int64("ceiling"), .int64("available"),
        ],
        key: ["agreement", "layer", "cover_key", "date"], isNarrow: false,
        isUnseenWhenEmpty: true)

    /// What a layer was asked to pay a lender for a loan at the close of a date, and what it paid;
    /// `way` 0 is an invocation, 1 a compensation, 2 one by instalments; `shortfall` says why it
    /// paid less.
    package static let lossDraw = Table(
        "loss_draw", .loanAnchored, .business,
        [
            .int64("shard"), .text("loan"), .int64("date"), .text("layer"), .text("lender"),
            .text("provider"), .int64("way"), .text("cover"), .int64("asked_principal"),
            .int64("asked_interest"), .int64("paid_principal"), .int64("paid_interest"),
            .text("shortfall"),
        ],
        key: ["shard", "loan", "date", "layer", "lender"], anchor: ["shard", "loan"],
        references: [.loan], isUnseenWhenEmpty: true)
}
