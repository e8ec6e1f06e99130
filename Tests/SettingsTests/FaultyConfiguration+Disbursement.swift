extension FaultyConfiguration {
    /// The smallest configuration with lines put before its limits, at line 19.
    private static func paid(_ name: String, _ lines: String, _ messages: String)
        -> FaultyConfiguration
    {
        let comment = "# limits:                   # the most that a lender takes on"
        return FaultyConfiguration(
            name, "agreements/harbor-70-30.yaml", comment, lines, messages)
    }

    /// Who pays the borrower.
    static let disbursements = [
        paid(
            "a way of disbursement nobody knows", "disbursement: cash",
            """
            CONF-010: "cash" is no way of disbursement, at disbursement \
            (Config/agreements/harbor-70-30.yaml:19:15); it needs one of reimburse, reserve, \
            escrow, direct, lender-pays-all
            """),
        paid(
            "a lender that pays everything and has no name", "disbursement: lender-pays-all",
            """
            CONF-019: no payer is named for lender-pays-all, at disbursement \
            (Config/agreements/harbor-70-30.yaml:19:15); name the lender that pays as payer
            """),
        paid(
            "a payer where each pays its own", "disbursement: direct\npayer: harbor",
            """
            CONF-019: a payer is named, and the way of disbursement is direct, at payer \
            (Config/agreements/harbor-70-30.yaml:20:8); a payer belongs to disbursement: \
            lender-pays-all
            """),
        paid(
            "a payer without a way", "payer: harbor",
            """
            CONF-019: a payer is named, and the way of disbursement is reimburse, at payer \
            (Config/agreements/harbor-70-30.yaml:19:8); a payer belongs to disbursement: \
            lender-pays-all
            """),
        paid(
            "a payer that does not lend", "disbursement: lender-pays-all\npayer: summit",
            """
            CONF-019: summit cannot pay everything, at payer \
            (Config/agreements/harbor-70-30.yaml:20:8); the payer is a lender other than the \
            platform: harbor
            """),
        paid(
            "the platform as payer", "disbursement: lender-pays-all\npayer: platform",
            """
            CONF-019: platform cannot pay everything, at payer \
            (Config/agreements/harbor-70-30.yaml:20:8); the payer is a lender other than the \
            platform: harbor
            """),
    ]
}
