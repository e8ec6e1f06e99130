extension FaultyConfiguration {
    /// The smallest configuration with lines put before its limits, at line 19.
    private static func funded(_ name: String, _ lines: String, _ messages: String)
        -> FaultyConfiguration
    {
        let comment = "# limits:                   # the most that a lender takes on"
        return FaultyConfiguration(
            name, "agreements/harbor-70-30.yaml", comment, lines, messages)
    }

    /// When lenders fund their shares.
    static let fundingModes = [
        funded(
            "a mode of funding nobody knows", "fundingMode: later",
            """
            CONF-010: "later" is no mode of funding, at fundingMode \
            (Config/agreements/harbor-70-30.yaml:19:14); it needs one of before-payout, \
            after-payout
            """),
        funded(
            "a transfer without days", "fundingMode: after-payout",
            """
            CONF-019: no days are named for after-payout, at fundingMode \
            (Config/agreements/harbor-70-30.yaml:19:14); say as transferDays within how many \
            days shares are transferred
            """),
        funded(
            "days without a transfer", "transferDays: 15",
            """
            CONF-019: days of a transfer are named, and shares are funded before-payout, at \
            transferDays (Config/agreements/harbor-70-30.yaml:19:15); transferDays belongs to \
            fundingMode: after-payout
            """),
        funded(
            "a transfer within no day", "fundingMode: after-payout\ntransferDays: 0",
            """
            CONF-011: "0" is outside the limits, at transferDays \
            (Config/agreements/harbor-70-30.yaml:20:15); it needs a whole number of days from 1 \
            to 365
            """),
        funded(
            "a transfer before the payout", "fundingMode: after-payout\ntransferDays: -3",
            """
            CONF-011: "-3" is outside the limits, at transferDays \
            (Config/agreements/harbor-70-30.yaml:20:15); it needs a whole number of days from 1 \
            to 365
            """),
        funded(
            "a transfer within some days", "fundingMode: after-payout\ntransferDays: some",
            """
            CONF-010: "some" is no whole number, at transferDays \
            (Config/agreements/harbor-70-30.yaml:20:15); it needs a whole number of days from 1 \
            to 365
            """),
        funded(
            "lenders that pay the borrower and take over",
            "fundingMode: after-payout\ntransferDays: 15\ndisbursement: direct",
            """
            CONF-019: the way of disbursement is direct, and shares are funded after-payout, at \
            disbursement (Config/agreements/harbor-70-30.yaml:21:15); the platform pays first: \
            disbursement: reimburse
            """),
        funded(
            "a lender that pays everything and takes over",
            "fundingMode: after-payout\ntransferDays: 15\ndisbursement: lender-pays-all\n"
                + "payer: harbor",
            """
            CONF-019: the way of disbursement is lender-pays-all, and shares are funded \
            after-payout, at disbursement (Config/agreements/harbor-70-30.yaml:21:15); the \
            platform pays first: disbursement: reimburse
            """),
        funded(
            "a bank to be asked after the payout",
            "fundingMode: after-payout\ntransferDays: 15\nfallback: [harbor]",
            """
            CONF-019: harbor is to be asked for what another refuses, at fallback[1] \
            (Config/agreements/harbor-70-30.yaml:21:12); with after-payout a refused share stays \
            with the platform: leave fallback out
            """),
        FaultyConfiguration(
            "a loan declined after the payout", "agreements/harbor-70-30.yaml",
            "onRefusal: platform",
            "fundingMode: after-payout\ntransferDays: 15\nonRefusal: decline",
            """
            CONF-019: a refusal is to decline a loan that is paid out already, at onRefusal \
            (Config/agreements/harbor-70-30.yaml:15:12); with after-payout a refused share stays \
            with the platform: onRefusal: platform
            """),
    ]
}
