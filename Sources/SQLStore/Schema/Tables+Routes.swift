extension Table {
    /// What routes have offered to their banks when loans were booked, minor units; `mix` is the
    /// target mix as canonical terms write it, so that another mix counts anew.
    ///
    /// A route's banks get their rows together, when it first gives something to one of them. What
    /// a bank refuses later stays counted as offered.
    package static let routeVolume = Table(
        "route_volume", .reference, .business,
        [
            .text("agreement"), .text("route"), .text("mix"), .text("party"),
            .text("currency"), .int64("offered"),
        ],
        key: ["agreement", "route", "mix", "party", "currency"])

    /// Parts of loans that routes gave to a bank when the loans were booked, whoever lends them in
    /// the end.
    package static let routedShare = Table(
        "routed_share", .loanAnchored, .business,
        [
            .int64("shard"), .text("loan"), .text("route"), .text("party"), .int64("amount"),
        ],
        key: ["shard", "loan", "route", "party"], anchor: ["shard", "loan"],
        references: [.loan])

    /// What rules have warned of: `subject` is what was judged, such as `loan L1`, `about` the
    /// party or key that the figure is of, empty for the whole subject; `relation` says how the
    /// figure stands to the bound, `outcome` what the rule says follows.
    package static let ruleFinding = Table(
        "rule_finding", .coordination, .business,
        [
            .int64("date"), .text("pack"), .text("rule"), .text("subject"), .text("about"),
            .text("citation"), .text("figure"), .text("relation"), .text("bound"),
            .text("outcome"),
        ],
        key: ["date", "pack", "rule", "subject", "about"])
}
