import LendingRules

/// The keys by which lenders class claims and keep provisions; the same of a lender and, for
/// lenders that say nothing, of the platform's file.
enum AssetClassForms {
    /// Of a party that lends.
    static let ofLender = forms(
        """
        by what it classes its claims and what it keeps for them, each entry from its date on
        """, absent: "those of `platform.yaml`")
    /// Of the installation.
    static let ofPlatform = forms(
        "the same as a lender's own, for lenders that say nothing of it",
        absent: "no classes, no provisions")

    private static func forms(_ title: String, absent: String) -> [SettingForm] {
        [
            SettingForm(
                "assetClasses", .mappings, title, absent: .words(absent), example: "[]"),
            SettingForm(
                "assetClasses[].effectiveFrom", .date,
                "the first date whose close classes by the entry",
                allowed: "a date, 1970 to 2199; each once", example: "2026-01-01"),
        ] + ladder + upgrade + provisions + [
            SettingForm(
                "assetClasses[].crossDefault", .choice(CrossDefault.self),
                """
                which other loans of the borrower pull a loan into their class: none, those of the \
                lender, or those of every lender that classes claims here
                """,
                absent: .value("none"), example: "lender")
        ]
    }

    private static let ladder: [SettingForm] = [
        step("specialMention", "special mention", "no such class", "1"),
        SettingForm(
            "assetClasses[].ladder.substandard", .whole(1...3_650),
            "days past due of the loan from which its class is substandard",
            unit: "days", allowed: "1 to 3650, more than the class before", example: "91"),
        step("doubtful", "doubtful", "no such class", "271"),
        step("loss", "loss", "no such class", "361"),
        SettingForm(
            "assetClasses[].nonAccrual", .choice(AssetClass.self),
            "the best class of a loan whose income is kept out of the books",
            absent: .words("days alone say"), example: "substandard"),
        SettingForm(
            "assetClasses[].chargedOff", .choice(AssetClass.self),
            "the best class of a loan that was written off whole",
            absent: .words("the one it was in"), example: "loss"),
    ]

    private static let upgrade: [SettingForm] = [
        SettingForm(
            "assetClasses[].upgrade", .choice(AssetUpgrade.Condition.self),
            "what a better class needs: all arrears paid, or fewer days past due",
            absent: .value("arrears-paid"), example: "arrears-paid"),
        SettingForm(
            "assetClasses[].observationMonths", .whole(0...60),
            "months without arrears before a claim that was bad is better again",
            unit: "months", absent: .value("0"), example: "6"),
        SettingForm(
            "assetClasses[].observedFrom", .choice(AssetClass.self),
            "the best class whose claims are observed so",
            absent: .value("substandard"), example: "substandard"),
    ]

    private static let provisions: [SettingForm] =
        [
            rate("normal", "normal claims", "\"1%\""),
            rate("specialMention", "claims of special mention", "\"2%\""),
            rate("substandard", "substandard claims", "\"25%\""),
            rate("doubtful", "doubtful claims", "\"50%\""), rate("loss", "lost claims", "\"100%\""),
            SettingForm(
                "assetClasses[].provisionsOf", .choice(ProvisionRates.Base.self),
                """
                of what: outstanding principal, or with it interest that has fallen due and stands \
                in the books
                """,
                absent: .value("principal"), example: "principal"),
        ]

    private static func step(_ key: String, _ name: String, _ absent: String, _ days: String)
        -> SettingForm
    {
        SettingForm(
            "assetClasses[].ladder.\(key)", .whole(1...3_650),
            "days past due of the loan from which its class is \(name)",
            unit: "days", allowed: "1 to 3650, more than the class before",
            absent: .words(absent), example: days)
    }

    private static func rate(_ key: String, _ claims: String, _ example: String) -> SettingForm {
        SettingForm(
            "assetClasses[].provisions.\(key)", .shareOrNothing, "what is kept for \(claims)",
            allowed: "0 % to 100 %, not less than of a better class", absent: .words("nothing"),
            example: example)
    }
}
