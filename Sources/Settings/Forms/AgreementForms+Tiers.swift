import LendingRules

extension AgreementForms {
    /// Who lends which loans, where lenders have no shares.
    static let tiers: [SettingForm] = [
        SettingForm(
            "tiers", .mappings,
            """
            who lends which loans, instead of `lenders.share`: every loan that the products \
            allow comes to exactly one tier
            """,
            allowed: "a list of up to 64", absent: .words("none: lenders have shares"),
            example: "[]"),
        SettingForm(
            "tiers[].name", .name,
            "the tier's name",
            example: "small"),
        SettingForm(
            "tiers[].otherwise", .flag,
            "the last tier takes every loan that is left; any other tier has `when`",
            absent: .depends, example: "true"),
    ]

    /// Which loans a tier takes.
    static let conditions: [SettingForm] = [
        SettingForm(
            "tiers[].when.amount.from", .amount,
            "the least principal that it takes",
            unit: "`currency`", absent: .words("any, where `to` is there"), example: "\"0.01\""),
        SettingForm(
            "tiers[].when.amount.to", .amount,
            "the most principal that it takes",
            unit: "`currency`", allowed: "an amount, at least `from`",
            absent: .words("any, where `from` is there"), example: "\"5000.00\""),
        SettingForm(
            "tiers[].when.instalments.from", .whole(1...600),
            "the fewest instalments that it takes",
            unit: "instalments", absent: .words("any, where `to` is there"), example: "1"),
        SettingForm(
            "tiers[].when.instalments.to", .whole(1...600),
            "the most instalments that it takes",
            unit: "instalments", allowed: "1 to 600, at least `from`",
            absent: .words("any, where `from` is there"), example: "12"),
        SettingForm(
            "tiers[].when.grades", .list(of: .word),
            "grades that it takes, as loans name them",
            allowed: "a list of words", absent: .words("any or none"), example: "[A, B]"),
        SettingForm(
            "tiers[].when.regions", .list(of: .word),
            "regions that it takes, as loans name them",
            allowed: "a list of words", absent: .words("any or none"), example: "[US-CA]"),
        SettingForm(
            "tiers[].when.products", .list(of: .name),
            "products that it takes",
            allowed: "a list of products of the agreement", absent: .words("any"),
            example: "[instalment-loan]"),
        SettingForm(
            "tiers[].when.channels", .list(of: .word),
            "channels that it takes, as loans name them",
            allowed: "a list of words", absent: .words("any or none"), example: "[app]"),
    ]

    /// Which parts its loans have.
    static let slices: [SettingForm] = [
        SettingForm(
            "tiers[].slices", .mappings,
            """
            the parts of its loans, each with one taker (`party`, `route` or `waterfall`) and \
            one measure (`share`, `amount` or `rest`)
            """,
            allowed: "a list of up to 8", example: "[]"),
        SettingForm(
            "tiers[].slices[].party", .name,
            "the lender that takes it",
            allowed: "a lender", absent: .depends, example: "platform"),
        SettingForm(
            "tiers[].slices[].route", .name,
            """
            the name of a route, of whose banks one takes it: the one whose volume lags most \
            behind its target
            """,
            allowed: "a name; one with the same targets is the same route", absent: .depends,
            example: "main"),
        SettingForm(
            "tiers[].slices[].targets[].party", .name,
            "a bank of the route; ties go to the first",
            allowed: "a lender", absent: .depends, example: "harbor"),
        SettingForm(
            "tiers[].slices[].targets[].target", .share,
            "its part of the route's volume; all sum to exactly one",
            absent: .depends, example: "\"100%\""),
        SettingForm(
            "tiers[].slices[].waterfall", .list(of: .name),
            "banks that take it one after the other, each up to the room in its limits",
            allowed: "a list of lenders", absent: .depends, example: "[meridian, summit]"),
        SettingForm(
            "tiers[].slices[].order", .choice(WaterfallOrder.self),
            "in which order: as listed, or most room first; with `waterfall` and only there",
            absent: .value("listed"), example: "most-room"),
        SettingForm(
            "tiers[].slices[].share", .shareOrNothing,
            """
            its part of what amounts leave; without a `rest` they sum to exactly one, with it \
            to at most one
            """,
            absent: .depends, example: "\"70%\""),
        SettingForm(
            "tiers[].slices[].amount", .amountAboveZero,
            "or so much, or all there is of a smaller loan",
            unit: "`currency`", absent: .depends, example: "\"1000.00\""),
        SettingForm(
            "tiers[].slices[].rest", .flag,
            "or whatever no other slice takes",
            allowed: "`true`, of one slice", absent: .depends, example: "true"),
        SettingForm(
            "tiers[].slices[].minimum", .feeValue,
            """
            the least that whoever takes of it lends of a loan; the `rest`, or else the slice of \
            the residue holder, has the difference
            """,
            allowed: "a share of the loan, or an amount above zero", absent: .words("none"),
            example: "\"10%\""),
        SettingForm(
            "tiers[].slices[].maximum", .feeValue,
            "the most",
            allowed: "a share of the loan, or an amount; at least `minimum`",
            absent: .words("none"), example: "\"9000.00\""),
    ]
}
