extension FaultyConfiguration {
    /// Who has which income, in which order it is paid, and what is paid for service.
    static let incomes = [
        FaultyConfiguration(
            "incomes of a stranger", "agreements/harbor-70-30.yaml",
            .text(
                "settlement:\n",
                with:
                    "incomeShares: {interest: {platform: \"30%\", harbor: \"60%\", "
                    + "meridian: \"10%\"}}\nsettlement:\n"
            ),
            """
            CONF-019: meridian does not lend, at incomeShares.interest.meridian \
            (Config/agreements/harbor-70-30.yaml:16:69); incomes are divided among the lenders: \
            platform, harbor
            """),
        FaultyConfiguration(
            "incomes that miss a lender", "agreements/harbor-70-30.yaml",
            .text(
                "settlement:\n",
                with: "incomeShares: {penalty: {platform: \"100%\"}}\nsettlement:\n"),
            """
            CONF-019: harbor has no part, at incomeShares.penalty \
            (Config/agreements/harbor-70-30.yaml:16:25); every lender is named, with 0% for none
            """),
        FaultyConfiguration(
            "incomes that make no whole", "agreements/harbor-70-30.yaml",
            .text(
                "settlement:\n",
                with:
                    "incomeShares: {fee: {platform: \"30%\", harbor: "
                    + "\"69.99%\"}}\nsettlement:\n"),
            """
            CONF-013: the shares sum to 99.99%, at incomeShares.fee \
            (Config/agreements/harbor-70-30.yaml:16:21); they must sum to exactly 100%; thirds \
            are written 1/3
            """),
        FaultyConfiguration(
            "a part of incomes above the whole", "agreements/harbor-70-30.yaml",
            .text(
                "settlement:\n",
                with: "incomeShares: {fee: {platform: \"0%\", harbor: \"101%\"}}\nsettlement:\n"),
            """
            CONF-011: "101%" is outside the limits, at incomeShares.fee.harbor \
            (Config/agreements/harbor-70-30.yaml:16:46); it needs 0% to 100%
            """),
        FaultyConfiguration(
            "interest divided twice", "agreements/harbor-70-30.yaml",
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
                    with:
                        "pricing: {way: own-rates}\nincomeShares: {interest: "
                        + "{platform: \"30%\", harbor: \"70%\"}}\nsettlement:\n"
                ),
            ]),
            """
            CONF-019: income shares divide interest, and the pricing is own-rates, at \
            incomeShares.interest (Config/agreements/harbor-70-30.yaml:17:26); interest is \
            divided by the lenders' rates; leave it out
            """),
        FaultyConfiguration(
            "a component that would never be paid", "agreements/harbor-70-30.yaml",
            .text(
                "settlement:\n",
                with:
                    "allocation: {due: [penalty, fee, "
                    + "interest]}\nsettlement:\n"),
            """
            CONF-019: principal would never be paid, at allocation.due \
            (Config/agreements/harbor-70-30.yaml:16:19); every component is named once: penalty, \
            fee, interest, principal
            """),
        FaultyConfiguration(
            "a component twice in an order", "agreements/harbor-70-30.yaml",
            .text(
                "settlement:\n",
                with:
                    "allocation: {pastDue: [penalty, fee, fee, interest, principal]}\nsettlement:\n"
            ),
            """
            CONF-014: the component fee stands twice, at allocation.pastDue[3] \
            (Config/agreements/harbor-70-30.yaml:16:38); keep one
            """),
        FaultyConfiguration(
            "an order of components without days", "agreements/harbor-70-30.yaml",
            .text(
                "settlement:\n",
                with:
                    "allocation: {seriouslyPastDue: {components: [principal, "
                    + "interest, fee, penalty]}}\nsettlement:\n"
            ),
            """
            CONF-008: a key is missing, at allocation.seriouslyPastDue.afterDays \
            (Config/agreements/harbor-70-30.yaml:16:32); it needs a whole number of days from 0 \
            to 3650
            """),
        FaultyConfiguration(
            "an order that is none", "agreements/harbor-70-30.yaml",
            .text(
                "settlement:\n",
                with: "allocation: {order: by-age, inAdvance: [cash]}\nsettlement:\n"),
            """
            CONF-010: "by-age" is no order of allocation, at allocation.order \
            (Config/agreements/harbor-70-30.yaml:16:21); it needs one of by-instalment, \
            by-component
            CONF-010: "cash" is no component, at allocation.inAdvance[1] \
            (Config/agreements/harbor-70-30.yaml:16:41); it needs one of penalty, fee, interest, \
            principal
            """),
        FaultyConfiguration(
            "a daily fee on what is collected", "agreements/harbor-70-30.yaml",
            .text("rate: \"8%\"", with: "rate: \"8%\"\n    earned: daily"),
            """
            CONF-019: a fee on interest-collected is earned daily, at serviceFees[1].earned \
            (Config/agreements/harbor-70-30.yaml:13:13); it is earned on-collection
            """),
        FaultyConfiguration(
            "a daily fee on what was lent", "agreements/harbor-70-30.yaml",
            .text("base: interest-collected", with: "base: disbursed\n    earned: daily"),
            """
            CONF-019: a fee on disbursed is earned daily, at serviceFees[1].earned \
            (Config/agreements/harbor-70-30.yaml:12:13); it is earned on-collection
            """),
        FaultyConfiguration(
            "a fee on what is outstanding at its collection", "agreements/harbor-70-30.yaml",
            .text(
                "base: interest-collected",
                with: "base: principal-outstanding\n    earned: on-collection"),
            """
            CONF-019: a fee on principal-outstanding is earned on-collection, at \
            serviceFees[1].earned (Config/agreements/harbor-70-30.yaml:12:13); it is earned \
            daily
            """),
        FaultyConfiguration(
            "a tax without a rate", "agreements/harbor-70-30.yaml",
            .text("rate: \"8%\"", with: "rate: \"8%\"\n    tax: {name: VAT}"),
            """
            CONF-008: a key is missing, at serviceFees[1].tax.rate \
            (Config/agreements/harbor-70-30.yaml:13:10); it needs a percentage such as "70%" or \
            a fraction such as "7/10"
            """),
    ]
}
