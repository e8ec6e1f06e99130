import LendingRules

extension AgreementForms {
    /// Who bears what borrowers do not pay.
    static let loss: [SettingForm] =
        layers + covers + tranches + [
            SettingForm(
                "lossSharing[].shares", .byParty(.shareOrNothing),
                """
                or the lenders bear the principal that is left by shares of their own: a mapping \
                of every lender to its part, which sum to exactly one; the last layer
                """,
                absent: .depends, example: "{platform: \"50%\", harbor: \"50%\"}"),
            SettingForm(
                "chargeOff.daysPastDue", .whole(1...3_650),
                "a loan so many days past due is written off whole by the close",
                unit: "days", absent: .group("by people only"), example: "180"),
            SettingForm(
                "collectionCosts.by", .choice(CollectionCostsDraft.Name.self),
                """
                who bears what collecting costs when it is spent: the owners of claims by their \
                principal, or lenders by shares; recoveries give it back first
                """,
                absent: .group("the platform, until recoveries cover it"), example: "claims"),
            SettingForm(
                "collectionCosts.shares", .byParty(.shareOrNothing),
                "with `shares` the parts of lenders, which sum to exactly one",
                absent: .depends, example: "{platform: \"100%\"}"),
        ]

    private static let layers: [SettingForm] = [
        SettingForm(
            "lossSharing", .mappings,
            "layers that pay lenders for losses, asked one after the other",
            absent: .words("none: each lender bears its own"), example: "[]"),
        SettingForm(
            "lossSharing[].name", .name,
            "the layer's name; with the agreement's the name of its cover",
            example: "first-loss"),
        SettingForm(
            "lossSharing[].trigger", .wholeOr(1...3_650, ["charge-off", "instruction"]),
            """
            when it is asked: on reaching so many days past due, when the loan is written off, or \
            when somebody says so
            """,
            unit: "days", example: "90"),
        SettingForm(
            "lossSharing[].provider", .name,
            "who pays; this, `tranches` or `shares`",
            allowed: "a party other than a clearing", absent: .depends, example: "keystone"),
        SettingForm(
            "lossSharing[].lenders", .list(of: .name),
            "whose losses it pays",
            allowed: "a list of lenders", absent: .words("every lender but the provider"),
            example: "[harbor]"),
        SettingForm(
            "lossSharing[].way", .choice(LossWayName.self),
            """
            what a payment does: cash against the cover with claim and loan as they are, or the \
            claim moves to the provider
            """,
            absent: .depends, example: "compensation"),
        SettingForm(
            "lossSharing[].scope", .choice(CompensationScope.self),
            """
            what is compensated: all that is left of a loan, or each instalment when it is so \
            many days past due; with `compensation` and only there
            """,
            absent: .value("loan"), example: "instalment"),
        SettingForm(
            "lossSharing[].covers", .choice(LossProvision.Covers.self),
            "what is a loss: principal, or with the interest that has accrued",
            absent: .value("principal"), example: "principal-and-interest"),
        SettingForm(
            "lossSharing[].share", .share,
            "its part of what reaches the layer, rounded down; not beside `tranches`",
            absent: .words("all of it"), example: "\"80%\""),
    ]

    private static let covers: [SettingForm] = [
        SettingForm(
            "lossSharing[].cover.kind", .choice(CoverDraft.Name.self),
            """
            what its ceiling goes by: a set that is fixed beforehand, what is outstanding, or an \
            amount
            """,
            absent: .group("no limit"), example: "frozen-set"),
        SettingForm(
            "lossSharing[].cover.percent", .share,
            "with `frozen-set` its part of what is lent out of the set, with `outstanding` of that",
            absent: .depends, example: "\"5%\""),
        SettingForm(
            "lossSharing[].cover.setLimit", .amountAboveZero,
            "how much the set is, with `frozen-set`",
            unit: "`currency`", absent: .depends, example: "\"400000.00\""),
        SettingForm(
            "lossSharing[].cover.amount", .amountAboveZero,
            "how much the reserve is, with `reserve`",
            unit: "`currency`", absent: .depends, example: "\"50000.00\""),
        SettingForm(
            "lossSharing[].cover.replenish", .flag,
            "whether recoveries fill the reserve up, with `reserve`",
            absent: .value("false"), example: "true"),
        SettingForm(
            "lossSharing[].cover.topUp.every", .choice(CoverTopUp.Period.self),
            """
            how often whoever gives the reserve fills it up to its amount: at the close of the \
            first date of each such period, before anything is drawn; with `reserve`
            """,
            absent: .group("nobody does"), example: "quarter"),
        SettingForm(
            "lossSharing[].cover.topUp.atMost", .amountAboveZero,
            "the most that is added to one cover in all",
            unit: "`currency`", absent: .words("no limit"), example: "\"100000.00\""),
        SettingForm(
            "lossSharing[].cover.per", .choice(CoverTerms.Span.self),
            """
            which loans share one ceiling: all, those lent in one calendar year, quarter or \
            month, each lender's, or anew for each year, quarter or month in which losses are taken
            """,
            absent: .value("pool"), example: "vintage-year"),
        SettingForm(
            "lossSharing[].cover.latestDaysPastDue", .whole(1...3_650),
            "it pays for no loan that is more days past due",
            unit: "days", allowed: "1 to 3650, at least `trigger`", absent: .words("any"),
            example: "120"),
        SettingForm(
            "lossSharing[].cover.expiresOn", .date,
            "the last date on which it pays",
            absent: .words("never"), example: "2028-12-31"),
        SettingForm(
            "lossSharing[].cover.restored", .flag,
            "whether what a correction gives back is there to be taken again",
            absent: .value("false"), example: "true"),
        SettingForm(
            "lossSharing[].cover.allocation", .choice(CoverTerms.Allocation.self),
            """
            when a date asks for more than there is: one loan after the other, or all in \
            proportion to what they ask for
            """,
            absent: .value("sequence"), example: "pro-rata"),
    ]

    private static let tranches: [SettingForm] = [
        SettingForm(
            "lossSharing[].tranches", .mappings,
            "or reserves that take losses one after the other: a layer each, `name/tranche`",
            absent: .depends, example: "[]"),
        SettingForm(
            "lossSharing[].tranches[].name", .name,
            "the tranche's name",
            example: "equity"),
        SettingForm(
            "lossSharing[].tranches[].provider", .name,
            "who pays",
            allowed: "a party other than a clearing", example: "platform"),
        SettingForm(
            "lossSharing[].tranches[].amount", .amountAboveZero,
            "how much it takes in all",
            unit: "`currency`", example: "\"10000.00\""),
    ]
}
