import LendingRules

/// The keys of files in `rules/`.
enum RuleForms {
    static let all = pack + cases + agreements + loans + books

    /// A pack and its rules.
    static let pack: [SettingForm] = [
        SettingForm(
            "pack", .name,
            "the name that agreements refer to",
            example: "cn-internet-loans"),
        SettingForm(
            "title", .title,
            "its name as people read it",
            example: "Internet loans"),
        SettingForm(
            "currency", .currency,
            "the currency of its amounts; then only agreements in it may name the pack",
            absent: .words("none"),
            example: "CNY"),
        SettingForm(
            "rules[].rule", .name,
            "the rule's name in the pack",
            example: "partner-floor"),
        SettingForm(
            "rules[].source", .line(160),
            "the text that says so",
            example: "12 CFR 244.4"),
        SettingForm(
            "rules[].article", .line(160),
            "where in it",
            absent: .words("not given"),
            example: "art. 6"),
        SettingForm(
            "rules[].effectiveFrom", .date,
            "the first date of agreements, loans and closes that it holds for",
            example: "2022-01-01"),
        SettingForm(
            "rules[].effectiveUntil", .date,
            "the last one",
            allowed: "a date, from the first on",
            absent: .words("for ever"),
            example: "2026-12-31"),
        SettingForm(
            "rules[].at", .list(of: .choice(RuleMoment.self)),
            """
            when it is checked: with the agreement, before a loan is divided, when a day is \
            closed
            """,
            allowed: "a list of `config`, `allocation`, `close`, as the measure permits",
            example: "[config, allocation]"),
        SettingForm(
            "rules[].outcome", .choice(ComplianceRule.Outcome.self),
            "what follows when it is broken",
            example: "block"),
        SettingForm(
            "rules[].measure", .choice(Measure.self),
            "what is computed; the table below",
            allowed: "a measure",
            example: "loan-share-minimum"),
        SettingForm(
            "rules[].of", .choice(ComplianceRule.Binding.self),
            "whose share of a loan counts, with `loan-share-minimum` and only there",
            absent: .depends,
            example: "platform"),
        SettingForm(
            "rules[].limit", .limit,
            "what the figure is held against, itself permitted; the table below",
            allowed: "of the measure's kind",
            absent: .depends,
            example: "\"30%\""),
        SettingForm(
            "rules[].note", .line(300),
            "a remark for readers",
            absent: .words("none"),
            example: "The cap is counsel's reading."),
    ]

    /// Golden cases.
    static let cases: [SettingForm] = [
        SettingForm(
            "rules[].cases[].on", .date,
            "a golden case's date",
            absent: .words("the rule's first"),
            example: "2021-12-31"),
        SettingForm(
            "rules[].cases[].finds", .line(300),
            "what the rule must find of it",
            allowed: "`nothing`, or figure and limit of each finding, joined by `; `",
            example: "29.99% below 30%"),
    ]
}
