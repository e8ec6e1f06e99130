extension FaultyConfiguration {
    private static let clearing = """
        party: clearing
        name: Tideway
        kind: clearing
        endpoint: http://127.0.0.1:8104
        signing: {profile: hmac-sha256, secretEnv: COLEND_CLEARING_SECRET}
        timeouts: {}
        account: tideway-account
        fee: {fixed: "0.10", rate: "0.25%"}

        """

    private static func added(
        _ name: String, _ text: String, _ other: String, _ messages: String
    ) -> FaultyConfiguration {
        FaultyConfiguration(
            name, "parties/clearing.yaml", .added(clearing.replacing(text, with: other)), messages)
    }

    /// Values of the party through which cash runs.
    static let clearings = [
        added(
            "a fee with too many decimals", "0.10", "0.101",
            """
            CONF-010: "0.101" has more than 2 decimals, at fee.fixed \
            (Config/parties/clearing.yaml:8:14); it needs an amount with at most 2 decimals, no \
            grouping
            """),
        added(
            "a fee of more than all", "0.25%", "101%",
            """
            CONF-011: "101%" is outside the limits, at fee.rate \
            (Config/parties/clearing.yaml:8:28); it needs more than 0% and at most 100%
            """),
        added(
            "a key of banks at a clearing", "account: tideway-account",
            "account: tideway-account\ninFlight: 4",
            """
            CONF-007: unknown key, at inFlight (Config/parties/clearing.yaml:8:1); \
            allowed here: party, name, kind, endpoint, signing, timeouts, line, account, \
            from, fee, transitDays, lateDays, filesDeadlineDays, payouts
            """),
        added(
            "a payout that is never tried", "account: tideway-account",
            "account: tideway-account\npayouts: {tries: 0}",
            """
            CONF-011: "0" is outside the limits, at payouts.tries \
            (Config/parties/clearing.yaml:8:18); it needs a whole number of \
            tries from 1 to 30
            """),
        added(
            "a first date that is none", "account: tideway-account",
            "account: tideway-account\nfrom: 2026-02-30",
            """
            CONF-010: "2026-02-30" is no date, at from (Config/parties/clearing.yaml:8:7); it \
            needs a date YYYY-MM-DD from 1970 to 2199
            """),
        added(
            "an account with a party's name", "tideway-account", "harbor",
            """
            CONF-019: the account has the name of the party harbor, at account \
            (Config/parties/clearing.yaml:1:8); give the account a name of its own
            """),
        FaultyConfiguration(
            "a clearing that lends", "parties/harbor.yaml",
            .whole(clearing.replacing("party: clearing", with: "party: harbor")),
            """
            CONF-019: harbor is of kind clearing, at lenders[2].party \
            (Config/agreements/harbor-70-30.yaml:7:13); a clearing does not lend
            """),
    ]
}
