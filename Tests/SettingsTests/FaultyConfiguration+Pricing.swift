extension FaultyConfiguration {
    /// Rates, spreads and what is left of the lenders' own computations.
    static let pricings = [
        FaultyConfiguration(
            "an unknown way of pricing", "agreements/harbor-70-30.yaml",
            .text("settlement:\n", with: "pricing: {way: borrowers-rate}\nsettlement:\n"),
            """
            CONF-010: "borrowers-rate" is no way of pricing, at pricing.way \
            (Config/agreements/harbor-70-30.yaml:16:16); did you mean borrower-rate? it needs \
            one of borrower-rate, own-rates, blended
            """),
        FaultyConfiguration(
            "a lender without a rate", "agreements/harbor-70-30.yaml",
            .texts([
                (
                    "  - {party: platform, share: \"30%\"}",
                    with: "  - {party: platform, share: \"30%\", rate: 6}"
                ),
                (
                    "  - {party: harbor, share: \"70%\"}",
                    with: "  - {party: harbor, share: \"70%\"}"
                ),
                ("settlement:\n", with: "pricing: {way: own-rates}\nsettlement:\n"),
            ]),
            """
            CONF-019: harbor may lend without a rate of its own, and the pricing is own-rates, \
            at lenders[2].party (Config/agreements/harbor-70-30.yaml:7:13); whoever may lend is \
            one of lenders, each with a rate
            """),
        FaultyConfiguration(
            "rates that the pricing does not use", "agreements/harbor-70-30.yaml",
            .text(
                "  - {party: harbor, share: \"70%\"}",
                with: "  - {party: harbor, share: \"70%\", rate: \"6.5\"}"),
            """
            CONF-019: harbor has a rate of its own, and the pricing is borrower-rate, at \
            lenders[2].rate (Config/agreements/harbor-70-30.yaml:7:41); a lender's rate belongs \
            to pricing: own-rates or blended
            """),
        FaultyConfiguration(
            "a rate of a lender that is none", "agreements/harbor-70-30.yaml",
            .text(
                "  - {party: harbor, share: \"70%\"}",
                with: "  - {party: harbor, share: \"70%\", rate: -1}"),
            """
            CONF-011: "-1" is outside the limits, at lenders[2].rate \
            (Config/agreements/harbor-70-30.yaml:7:41); it needs a yearly rate in percent from 0 \
            to 10000 with at most 6 decimals
            """),
        FaultyConfiguration(
            "a rate beyond arithmetic", "agreements/harbor-70-30.yaml",
            .text(
                "  - {party: harbor, share: \"70%\"}",
                with: "  - {party: harbor, share: \"70%\", rate: 10001}"),
            """
            CONF-011: "10001" is outside the limits, at lenders[2].rate \
            (Config/agreements/harbor-70-30.yaml:7:41); it needs a yearly rate in percent from 0 \
            to 10000 with at most 6 decimals
            """),
        FaultyConfiguration(
            "a spread where rates are the borrower's", "agreements/harbor-70-30.yaml",
            .text(
                "settlement:\n", with: "pricing: {spreadOwner: harbor, spread: last}\nsettlement:\n"
            ),
            """
            CONF-019: a spread is spoken of, and the pricing is borrower-rate, at \
            pricing.spreadOwner (Config/agreements/harbor-70-30.yaml:16:24); a spread belongs to \
            pricing: own-rates
            CONF-019: a spread is spoken of, and the pricing is borrower-rate, at pricing.spread \
            (Config/agreements/harbor-70-30.yaml:16:40); a spread belongs to pricing: own-rates
            """),
        FaultyConfiguration(
            "a spread that goes to a stranger", "agreements/harbor-70-30.yaml",
            .texts([
                (
                    "  - {party: platform, share: \"30%\"}",
                    with: "  - {party: platform, share: \"30%\", rate: 6}"
                ),
                (
                    "  - {party: harbor, share: \"70%\"}",
                    with: "  - {party: harbor, share: \"70%\", rate: 6}"
                ),
                (
                    "settlement:\n",
                    with: "pricing: {way: own-rates, spreadOwner: meridian}\nsettlement:\n"
                ),
            ]),
            """
            CONF-023: the lenders' rates come to 6.00%, and instalment-loan is lent at 0.00% to \
            10000.00%, at pricing.way (Config/agreements/harbor-70-30.yaml:16:16); no loan may \
            bring less than its lenders are owed: raise rate.minimum of the product, or lower \
            their rates
            CONF-019: meridian has no part in the agreement, at pricing.spreadOwner \
            (Config/agreements/harbor-70-30.yaml:16:40); the spread goes to a lender or the \
            platform: harbor, platform
            """),
        FaultyConfiguration(
            "a negative spread", "agreements/harbor-70-30.yaml",
            .texts([
                (
                    "  - {party: platform, share: \"30%\"}",
                    with: "  - {party: platform, share: \"30%\", rate: 12}"
                ),
                (
                    "  - {party: harbor, share: \"70%\"}",
                    with: "  - {party: harbor, share: \"70%\", rate: \"6.5\"}"
                ),
                ("settlement:\n", with: "pricing: {way: own-rates}\nsettlement:\n"),
            ]),
            """
            CONF-023: the lenders' rates come to 8.15%, and instalment-loan is lent at 0.00% to \
            10000.00%, at pricing.way (Config/agreements/harbor-70-30.yaml:16:16); no loan may \
            bring less than its lenders are owed: raise rate.minimum of the product, or lower \
            their rates
            """),
        FaultyConfiguration(
            "a bank in another's place without a rate", "agreements/harbor-70-30.yaml",
            .texts([
                (
                    "  - {party: platform, share: \"30%\"}",
                    with: "  - {party: platform, share: \"30%\", rate: 0}"
                ),
                (
                    "  - {party: harbor, share: \"70%\"}",
                    with: "  - {party: harbor, share: \"70%\", rate: 0}"
                ),
                (
                    "settlement:\n",
                    with: "pricing: {way: own-rates}\nfallback: [meridian]\nsettlement:\n"
                ),
            ]),
            """
            CONF-012: no party is called meridian, at fallback[1] \
            (Config/agreements/harbor-70-30.yaml:17:12); known are harbor, platform
            CONF-019: meridian may lend without a rate of its own, and the pricing is own-rates, \
            at fallback[1] (Config/agreements/harbor-70-30.yaml:17:12); whoever may lend is one \
            of lenders, each with a rate
            """),
        FaultyConfiguration(
            "a platform that takes over without a rate", "agreements/harbor-70-30.yaml",
            .texts([
                ("  - {party: platform, share: \"30%\"}\n", with: ""),
                ("70%", with: "100%"),
                (
                    "  - {party: harbor, share: \"100%\"}",
                    with: "  - {party: harbor, share: \"100%\", rate: 0}"
                ),
                ("settlement:\n", with: "pricing: {way: own-rates}\nsettlement:\n"),
            ]),
            """
            CONF-019: platform may lend without a rate of its own, and the pricing is own-rates, \
            at onRefusal (Config/agreements/harbor-70-30.yaml:12:12); whoever may lend is one of \
            lenders, each with a rate
            """),
        FaultyConfiguration(
            "conventions of a schedule nobody computes", "agreements/harbor-70-30.yaml",
            .text(
                "  - {party: harbor, share: \"70%\"}",
                with: "  - {party: harbor, share: \"70%\", dayCount: 30/360, rounding: up}"),
            """
            CONF-019: dayCount is named, and the way of computing is scale, at \
            lenders[2].dayCount (Config/agreements/harbor-70-30.yaml:7:45); it belongs to \
            computation: own-schedule
            CONF-019: rounding is named, and the way of computing is scale, at \
            lenders[2].rounding (Config/agreements/harbor-70-30.yaml:7:63); it belongs to \
            computation: own-schedule
            """),
        FaultyConfiguration(
            "a schedule of its own without a day count", "agreements/harbor-70-30.yaml",
            .text(
                "  - {party: harbor, share: \"70%\"}",
                with: "  - {party: harbor, share: \"70%\", computation: own-schedule}"),
            """
            CONF-008: a key is missing, at lenders[2].dayCount \
            (Config/agreements/harbor-70-30.yaml:7:5); it \
            needs one of 30/360, 30E/360, 30/360-US, ACT/360, ACT/364, ACT/365F, ACT/ACT-ISDA, \
            ACT/ACT-YEAR-END
            """),
        FaultyConfiguration(
            "a way of computing that nobody has", "agreements/harbor-70-30.yaml",
            .text(
                "  - {party: harbor, share: \"70%\"}",
                with: "  - {party: harbor, share: \"70%\", computation: own-schedules}"),
            """
            CONF-010: "own-schedules" is no way of computing, at lenders[2].computation \
            (Config/agreements/harbor-70-30.yaml:7:48); did you mean own-schedule? it needs one \
            of scale, per-instalment, own-schedule
            """),
        FaultyConfiguration(
            "a residue without a share", "agreements/harbor-70-30.yaml",
            .texts([
                ("  - {party: platform, share: \"30%\"}\n", with: ""),
                ("70%", with: "100%"),
                (
                    "  - {party: harbor, share: \"100%\"}",
                    with: "  - {party: harbor, share: \"100%\", computation: per-instalment}"
                ),
            ]),
            """
            CONF-019: platform takes what is left and has no share, at lenders[1].party \
            (Config/agreements/harbor-70-30.yaml:6:13); name a lender as residueHolder
            """),
        FaultyConfiguration(
            "a residue that goes to a stranger", "agreements/harbor-70-30.yaml",
            .text("settlement:\n", with: "residueHolder: meridian\nsettlement:\n"),
            """
            CONF-019: meridian has no part in the agreement, at residueHolder \
            (Config/agreements/harbor-70-30.yaml:16:16); what is left goes to a lender or the \
            platform: harbor, platform
            """),
        FaultyConfiguration(
            "a residue of who computes itself", "agreements/harbor-70-30.yaml",
            .text(
                "  - {party: platform, share: \"30%\"}",
                with: "  - {party: platform, share: \"30%\", computation: per-instalment}"),
            """
            CONF-019: platform takes what is left and is to compute per-instalment, at \
            lenders[1].computation (Config/agreements/harbor-70-30.yaml:6:50); its part is what \
            the others leave: computation: scale, or another residueHolder
            """),
    ]
}
