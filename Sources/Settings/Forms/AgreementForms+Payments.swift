import LendingRules

extension AgreementForms {
    /// What payments pay first.
    static let allocation: [SettingForm] = [
        SettingForm(
            "allocation.order", .choice(AllocationTerms.Order.self),
            """
            what a payment pays first among claims of one kind: all components of the oldest \
            instalment, or the first component of all instalments
            """,
            absent: .value("by-instalment"), example: "by-component"),
        SettingForm(
            "allocation.pastDue", .list(of: .choice(ClaimComponent.self)),
            """
            the order of components that are past due; they are paid before what is due, and \
            that before what is in advance
            """,
            allowed: "each of `penalty`, `fee`, `interest`, `principal` once",
            absent: .value("penalty, fee, interest, principal"),
            example: "[principal, interest, fee, penalty]"),
        SettingForm(
            "allocation.due", .list(of: .choice(ClaimComponent.self)),
            "the order of components that fall due on the day",
            allowed: "each of `penalty`, `fee`, `interest`, `principal` once",
            absent: .value("penalty, fee, interest, principal"),
            example: "[interest, fee, penalty, principal]"),
        SettingForm(
            "allocation.inAdvance", .list(of: .choice(ClaimComponent.self)),
            "the order of components that are paid in advance",
            allowed: "each of `penalty`, `fee`, `interest`, `principal` once",
            absent: .value("penalty, fee, interest, principal"),
            example: "[interest, fee, penalty, principal]"),
        SettingForm(
            "allocation.seriouslyPastDue.afterDays", .whole(0...3_650),
            "a loan more days past due than this has another order of what is past due",
            unit: "days", absent: .group("never"), example: "90"),
        SettingForm(
            "allocation.seriouslyPastDue.components", .list(of: .choice(ClaimComponent.self)),
            "that order",
            allowed: "each of `penalty`, `fee`, `interest`, `principal` once",
            example: "[principal, interest, fee, penalty]"),
        SettingForm(
            "residueHolder", .name,
            """
            who takes what the other lenders' own computations leave of the borrower's \
            amounts; it lends, with `computation: scale`
            """,
            allowed: "a lender", absent: .words("the platform"), example: "platform"),
    ]

    /// What lenders and the platform pay each other.
    static let fees: [SettingForm] = [
        SettingForm(
            "serviceFees", .mappings,
            "what lenders and the platform pay each other besides",
            absent: .words("none"), example: "[]"),
        SettingForm(
            "serviceFees[].payer", .name,
            "who pays a fee",
            allowed: "a lender or the platform", example: "harbor"),
        SettingForm(
            "serviceFees[].payee", .name,
            "who receives it",
            allowed: "another of them", example: "platform"),
        SettingForm(
            "serviceFees[].base", .choice(ServiceFee.Base.self),
            """
            what it is computed on, the payer's part of each: interest or principal \
            collected, principal outstanding, or what was lent
            """,
            example: "interest-collected"),
        SettingForm(
            "serviceFees[].rate", .share,
            """
            its part of the base, cumulative and rounded half up per loan; of \
            `principal-outstanding` in a year of 365 days
            """,
            example: "\"8%\""),
        SettingForm(
            "serviceFees[].earned", .choice(ServiceFee.Moment.self),
            "when it is owed: with its base, or for every day that principal is outstanding",
            allowed: "`daily` with `principal-outstanding`, `on-collection` with the others",
            absent: .words("as allowed"), example: "on-collection"),
        SettingForm(
            "serviceFees[].tax.name", .name,
            "a tax on the fee, shown apart",
            absent: .group("none"), example: "VAT"),
        SettingForm(
            "serviceFees[].tax.rate", .share,
            "its part of the fee",
            example: "\"6%\""),
        SettingForm(
            "serviceFees[].tax.included", .flag,
            "whether the fee's rate holds it already",
            absent: .value("false"), example: "true"),
    ]
}
