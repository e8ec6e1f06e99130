import BusinessCalendar
import LendingRules
import Monetary

/// The keys of files in `agreements/`.
enum AgreementForms {
    static let all =
        terms + tiers + conditions + slices + incomes + allocation + fees + conduct + funding
        + limits + rules + loss

    /// What the agreement is, and who lends under it.
    static let terms: [SettingForm] = [
        SettingForm(
            "agreement", .name,
            "the agreement's name",
            example: "harbor-70-30"),
        SettingForm(
            "effectiveFrom", .date,
            "first business date on which loans are booked under it",
            example: "2026-01-01"),
        SettingForm(
            "currency", .currency,
            "its currency",
            allowed: "that of `platform.yaml`", example: "USD"),
        SettingForm(
            "products", .list(of: .name),
            "the products it takes",
            allowed: "a list of products", example: "[instalment-loan]"),
        SettingForm(
            "lenders[].party", .name,
            "a lender",
            allowed: "a party", example: "harbor"),
        SettingForm(
            "lenders[].share", .share,
            "its share of the principal; all sum to exactly one; not beside `tiers`",
            allowed: "above 0 %, at most 100 %, as `70%` or `7/10`", absent: .depends,
            example: "\"70%\""),
        SettingForm(
            "lenders[].rate", .rate,
            """
            the yearly rate it is owed on its own principal; of every lender with \
            `pricing.way` `own-rates` or `blended`, and only there
            """,
            unit: "percent a year", absent: .depends, example: "\"6.5\""),
        SettingForm(
            "lenders[].computation", .choice(LenderComputation.Name.self),
            """
            how its part is computed: on the loan's scales, by splitting every instalment \
            for itself, or by instalments of its own from its funded amount
            """,
            absent: .value("scale"), example: "own-schedule"),
        SettingForm(
            "lenders[].dayCount", .choice(DayCount.self),
            """
            day count of its own schedule; with `own-schedule` and only there, as the two \
            keys below
            """,
            absent: .depends, example: "ACT/365F"),
        SettingForm(
            "lenders[].rounding", .choice(Rounding.self),
            "rounding of its interest",
            absent: .value("half-even"),
            example: "half-up"),
        SettingForm(
            "lenders[].instalmentRounding", .choice(Rounding.self),
            "rounding of its instalment",
            absent: .value("half-even"), example: "up"),
    ]

    /// How incomes are divided.
    static let incomes: [SettingForm] = [
        SettingForm(
            "pricing.way", .choice(Pricing.Name.self),
            """
            how interest is divided: by income shares at the borrower's rate; each lender \
            its own rate on its own principal, and the rest, the spread, to its owner; or \
            the borrower's rate is the share-weighted mean of the lenders' rates
            """,
            absent: .value("borrower-rate"), example: "own-rates"),
        SettingForm(
            "pricing.spreadOwner", .name,
            "who has the spread, with `own-rates`",
            allowed: "a lender or the platform", absent: .words("the platform"),
            example: "platform"),
        SettingForm(
            "pricing.spread", .choice(Pricing.SpreadOrder.self),
            """
            when the owner is paid, with `own-rates`: after the lenders' interest of an \
            instalment, or with it in proportion
            """,
            absent: .words("last"), example: "pro-rata"),
        SettingForm(
            "incomeShares.interest", .byParty(.shareOrNothing),
            """
            a mapping of every lender to its part of the interest, which sum to exactly one; \
            with `borrower-rate` only
            """,
            absent: .words("by funding"), example: "{platform: \"40%\", harbor: \"60%\"}"),
        SettingForm(
            "incomeShares.penalty", .byParty(.shareOrNothing),
            "a mapping of every lender to its part of penalties",
            absent: .words("by funding"),
            example: "{platform: \"100%\", harbor: \"0%\"}"),
        SettingForm(
            "incomeShares.fee", .byParty(.shareOrNothing),
            "a mapping of every lender to its part of the borrower's fees",
            absent: .words("by funding"),
            example: "{platform: \"100%\", harbor: \"0%\"}"),
    ]
}
