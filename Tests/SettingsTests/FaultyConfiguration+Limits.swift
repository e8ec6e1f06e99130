extension FaultyConfiguration {
    private static let comment =
        "# limits:                   # the most that a lender takes on"

    /// The smallest configuration with limits in its agreement, from line 19 on.
    private static func limited(_ name: String, _ entries: String, _ messages: String)
        -> FaultyConfiguration
    {
        FaultyConfiguration(
            name, "agreements/harbor-70-30.yaml", comment, "limits:\n\(entries)", messages)
    }

    private static func owned(_ name: String, _ entries: String, _ messages: String)
        -> FaultyConfiguration
    {
        let party = Sample.minimal["parties/harbor.yaml"] ?? ""
        return FaultyConfiguration(
            name, "parties/harbor.yaml", .whole("\(party)limits:\n\(entries)\n"), messages)
    }

    private static let ownBook = """
        agreement: harbor-70-30
        effectiveFrom: 2026-01-01
        currency: USD
        products: [instalment-loan]
        lenders: [{party: platform, share: "100%"}]
        onRefusal: platform
        settlement: {lagDays: 1, calendar: US}
        limits:
          - {party: platform, per: day, amount: 5}
          - {party: harbor, per: day, amount: 5}

        """

    /// Limits of lenders and parties.
    static let limits = [
        limited(
            "a limit of nobody", "  - {party: habor, per: day, amount: \"500.00\"}",
            """
            CONF-012: no party is called habor, at limits[1].party \
            (Config/agreements/harbor-70-30.yaml:20:13); did you mean harbor? known are harbor, \
            platform
            """),
        limited(
            "a limit of nothing", "  - {party: harbor, per: day, amount: \"0.00\"}",
            """
            CONF-011: "0.00" is outside the limits, at limits[1].amount \
            (Config/agreements/harbor-70-30.yaml:20:39); it needs an amount above zero with at \
            most 2 decimals, no grouping
            """),
        limited(
            "a limit below zero", "  - {party: harbor, per: month, amount: -5}",
            """
            CONF-011: "-5" is outside the limits, at limits[1].amount \
            (Config/agreements/harbor-70-30.yaml:20:41); it needs an amount above zero with at \
            most 2 decimals, no grouping
            """),
        limited(
            "a limit with too many decimals", "  - {party: harbor, per: day, amount: 1.001}",
            """
            CONF-010: "1.001" has more than 2 decimals, at limits[1].amount \
            (Config/agreements/harbor-70-30.yaml:20:39); it needs an amount above zero with at \
            most 2 decimals, no grouping
            """),
        limited(
            "a limit twice",
            "  - {party: harbor, per: day, amount: 5}\n  - {party: harbor, per: day, amount: 6}",
            """
            CONF-014: the limit of harbor per day stands twice, at limits[2].per \
            (Config/agreements/harbor-70-30.yaml:21:26); keep one
            """),
        limited(
            "a span nobody knows", "  - {party: harbor, per: week, amount: 5}",
            """
            CONF-010: "week" is no span of a limit, at limits[1].per \
            (Config/agreements/harbor-70-30.yaml:20:26); it needs one of day, month, outstanding
            """),
        limited(
            "a limit without an amount", "  - {party: harbor, per: day}",
            """
            CONF-008: a key is missing, at limits[1].amount \
            (Config/agreements/harbor-70-30.yaml:20:5); it needs an amount above zero with at \
            most 2 decimals, no grouping
            """),
        limited(
            "a currency where the agreement has it",
            "  - {party: harbor, per: day, amount: 5, currency: USD}",
            """
            CONF-007: unknown key, at limits[1].currency \
            (Config/agreements/harbor-70-30.yaml:20:42); allowed here: party, per, each, \
            borrower, region, grade, product, atMost, amount, of, leastBase
            """),
        limited(
            "limits that are no list", "  harbor: 5",
            """
            CONF-009: a mapping stands there, at limits \
            (Config/agreements/harbor-70-30.yaml:20:3); it needs a list; each entry is keys with \
            values
            """),
        FaultyConfiguration(
            "a limit of a party that does not lend", "agreements/harbor-70-30.yaml",
            .whole(ownBook),
            """
            CONF-019: harbor has no part in the agreement, at limits[2].party \
            (Config/agreements/harbor-70-30.yaml:10:13); a limit is of a lender or the platform: \
            platform
            """),
        owned(
            "a party's limit in another currency", "  - {per: day, amount: 5, currency: EUR}",
            """
            CONF-019: the limit is in EUR, at limits[1].currency \
            (Config/parties/harbor.yaml:33:37); the platform and its agreements are in USD \
            (Config/platform.yaml:7:11)
            """),
        owned(
            "a party's limit without a currency", "  - {per: day, amount: 5}",
            """
            CONF-008: a key is missing, at limits[1].currency (Config/parties/harbor.yaml:33:5); \
            it needs an ISO 4217 code such as USD
            """),
        owned(
            "a party's limit twice",
            "  - {per: day, amount: 5, currency: USD}\n  - {per: day, amount: 5, currency: USD}",
            """
            CONF-014: the limit of harbor per day stands twice, at limits[2].per \
            (Config/parties/harbor.yaml:34:11); keep one
            """),
    ]
}
