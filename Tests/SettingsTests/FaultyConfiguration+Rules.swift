extension FaultyConfiguration {
    private static let pack = "rules/floor.yaml"

    /// The pack of ``Sample/floored(from:outcome:limit:)``, which no agreement is under, with one
    /// text replaced.
    private static func ruled(
        _ name: String, _ text: String, _ other: String, _ messages: String
    ) -> FaultyConfiguration {
        let sample = Sample.floored(limit: "30%")[pack] ?? ""
        precondition(sample.contains(text), "\(name): the pack lacks the text to replace")
        return FaultyConfiguration(
            name, pack, .added(sample.replacing(text, with: other)), messages)
    }

    /// The smallest configuration with packs named at line 19 of its agreement, beside that pack.
    private static func held(
        _ name: String, _ lines: String, pack changes: (String, String)? = nil,
        _ messages: String
    ) -> FaultyConfiguration {
        var contents = Sample.minimal
        let sample = Sample.floored(limit: "30%")[pack] ?? ""
        contents[pack] = changes.map { sample.replacing($0.0, with: $0.1) } ?? sample
        let comment = "# limits:                   # the most that a lender takes on"
        return FaultyConfiguration(
            name, "agreements/harbor-70-30.yaml", .text(comment, with: lines), messages,
            beside: contents)
    }

    /// Packs of rules, their golden cases and agreements under them.
    static let rules = [
        held(
            "a pack nobody wrote", "rulePacks: [flor]",
            """
            CONF-012: no rule pack is called flor, at rulePacks[1] \
            (Config/agreements/harbor-70-30.yaml:19:13); did you mean floor? known are floor
            """),
        FaultyConfiguration(
            "a pack without a folder", "agreements/harbor-70-30.yaml",
            "# limits:                   # the most that a lender takes on",
            "rulePacks: [floor]",
            """
            CONF-012: no rule pack is called floor, at rulePacks[1] \
            (Config/agreements/harbor-70-30.yaml:19:13); rules/ has none
            """),
        held(
            "a pack twice", "rulePacks: [floor, floor]",
            """
            CONF-014: the rule pack floor stands twice, at rulePacks[2] \
            (Config/agreements/harbor-70-30.yaml:19:20); keep one
            """),
        held(
            "an agreement that a rule blocks", "rulePacks: [floor]",
            pack: ("\"30%\"", "\"30.01%\""),
            """
            CONF-029: platform: 30% below 30.01% (rule partner-floor of floor: The text, art. 2), \
            at rulePacks[1] (Config/agreements/harbor-70-30.yaml:19:13); the rule blocks it from \
            2026-01-01 on: change the terms, or what parties and products say
            """),
        held(
            "amounts of another currency", "rulePacks: [floor]",
            pack: ("title: A floor", "title: A floor\ncurrency: CNY"),
            """
            CONF-019: the amounts of floor are in CNY, at rulePacks[1] \
            (Config/agreements/harbor-70-30.yaml:19:13); the agreement is in USD
            """),
        ruled(
            "a golden case that fails", "finds: nothing", "finds: 50% below 30%",
            """
            CONF-030: rule partner-floor finds "nothing", and the case says "50% below 30%", at \
            rules[1].cases[1].finds (Config/rules/floor.yaml:14:72); correct the rule or the case
            """),
        ruled(
            "a measure nobody knows", "loan-share-minimum", "loan-share-minimun",
            """
            CONF-010: "loan-share-minimun" is no measure, at rules[1].measure \
            (Config/rules/floor.yaml:10:14); did you mean loan-share-minimum? it needs one of \
            \(measures)
            """),
        ruled(
            "a measure that waits for the close", "at: [config, allocation]", "at: [close]",
            """
            CONF-019: loan-share-minimum cannot be measured at close, at rules[1].at[1] \
            (Config/rules/floor.yaml:8:10); it needs one of config, allocation
            """),
        ruled(
            "an end before the beginning", "effectiveFrom: 2022-01-01",
            "effectiveFrom: 2022-01-01\n    effectiveUntil: 2021-12-31",
            """
            CONF-019: the rule ends before it begins, at rules[1].effectiveUntil \
            (Config/rules/floor.yaml:8:21); it needs 2022-01-01 or later
            """),
        ruled(
            "nobody's share", "    of: platform\n", "",
            """
            CONF-008: a key is missing, at rules[1].of (Config/rules/floor.yaml:4:5); it needs \
            one of platform, bank, each
            """),
        ruled(
            "a share of more than all", "\"30%\"", "\"130%\"",
            """
            CONF-011: "130%" is outside the limits, at rules[1].limit \
            (Config/rules/floor.yaml:12:12); it needs 0% to 100%
            """),
        ruled(
            "an amount without a currency",
            "measure: loan-share-minimum\n    of: platform\n    limit: \"30%\"",
            "measure: principal-maximum\n    limit: \"200000.00\"",
            """
            CONF-019: the limit is an amount, and the pack has no currency, at rules[1].limit \
            (Config/rules/floor.yaml:11:12); name one as currency at the top of the file
            """),
        ruled(
            "a ladder that falls",
            "at: [config, allocation]\n    outcome: block\n    measure: loan-share-minimum\n"
                + "    of: platform\n    limit: \"30%\"",
            "at: [close]\n    outcome: block\n    measure: asset-ladder\n    limit: [90, 360, 270]",
            """
            CONF-019: the days are no ladder of three, at rules[1].limit \
            (Config/rules/floor.yaml:11:12); it needs the days of substandard, doubtful and \
            loss, rising
            """),
        ruled(
            "a case of nothing",
            "{agreement: {shares: {platform: \"50%\", harbor: \"50%\"}}, finds: nothing}",
            "{finds: nothing}",
            """
            CONF-019: the case has no subject, at rules[1].cases[1] \
            (Config/rules/floor.yaml:14:9); it needs one of agreement, loan
            """),
        ruled(
            "no case at all",
            "    cases:\n      - {agreement: {shares: {platform: \"50%\", harbor: \"50%\"}}, "
                + "finds: nothing}\n", "",
            """
            CONF-008: a key is missing, at rules[1].cases (Config/rules/floor.yaml:4:5); it \
            needs a list with at least one entry
            """),
        FaultyConfiguration(
            "a figure of one date twice", "parties/harbor.yaml",
            .whole((Sample.minimal["parties/harbor.yaml"] ?? "") + figures),
            """
            CONF-014: loan-book of 2025-12-31 stands twice, at figures[2].asOf \
            (Config/parties/harbor.yaml:\(figuresLine + 2):47); keep one
            """),
        FaultyConfiguration(
            "the platform's own region", "parties/platform.yaml",
            .whole((Sample.minimal["parties/platform.yaml"] ?? "") + "homeRegions: [CA]\n"),
            """
            CONF-007: unknown key, at homeRegions (Config/parties/platform.yaml:\
            \(lines(of: "parties/platform.yaml") + 1):1); allowed here: party, name, kind, limits, \
            assetClasses
            """),
    ]

    private static let measures = """
        loan-share-minimum, partner-share-of-capital, joint-share-of-loan-book, home-region, \
        principal-maximum, listed-partner, fees-in-all-in-cost, all-in-cost-maximum, \
        non-performing-days, asset-ladder, transfer-days, pricing-way, disbursement-way, \
        same-asset-class-days, cover-of-outstanding-maximum, cover-of-set-maximum, \
        invocation-days, cover-reinstated, retention-minimum, no-veto
        """

    private static let figures = """
        figures:
          - {figure: loan-book, amount: "1.00", asOf: 2025-12-31}
          - {figure: loan-book, amount: "2.00", asOf: 2025-12-31}

        """

    private static var figuresLine: Int { lines(of: "parties/harbor.yaml") + 1 }

    private static func lines(of path: String) -> Int {
        (Sample.minimal[path] ?? "").split(separator: "\n", omittingEmptySubsequences: false).count
            - 1
    }
}
