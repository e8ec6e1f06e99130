/// The keys of `platform.yaml`.
enum PlatformForms {
    static let all = installation + breaks + AssetClassForms.ofPlatform

    /// The installation as a whole.
    static let installation: [SettingForm] = [
        SettingForm(
            "party", .name,
            "the party that runs this system",
            allowed: "a party of kind `platform`", example: "platform"),
        SettingForm(
            "name", .title,
            "its name as people read it",
            example: "Northwind Lending"),
        SettingForm(
            "zone", .zone,
            "time zone of the cut-off",
            example: "Asia/Shanghai"),
        SettingForm(
            "cutOff", .time,
            "from this time of day on, an event belongs to the next business date",
            unit: "hours and minutes", example: "\"23:00\""),
        SettingForm(
            "firstDate", .date,
            "the first business date of the books",
            example: "2026-01-01"),
        SettingForm(
            "currency", .currency,
            "the currency of every product and agreement",
            example: "USD"),
        SettingForm(
            "fullFiles", .choice(FullFileDates.self),
            "when balances and accruals carry every loan instead of those that moved",
            allowed: "`monthly` (the last date of a month), `never`, `daily`",
            absent: .value("monthly"), example: "monthly"),
        SettingForm(
            "changes", .choice(ChangeControl.self),
            "who changes agreements, parties and this file: whoever can write them, or one person "
                + "who proposes and another who approves",
            absent: .value("single"), example: "two-person"),
    ]

    /// How differences are graded, and by when they are closed.
    static let breaks: [SettingForm] = [
        SettingForm(
            "breaks.mediumFromMinorUnits", .whole(0...1_000_000_000_000),
            "a difference of amounts from this on is medium",
            unit: "minor units", allowed: "0 to 10^12", absent: .value("100"), example: "100"),
        SettingForm(
            "breaks.highFromMinorUnits", .whole(0...1_000_000_000_000),
            "a difference from this on is high",
            unit: "minor units", allowed: "0 to 10^12, at least the medium one",
            absent: .value("100000"), example: "100000"),
        SettingForm(
            "breaks.infoDueDays", .whole(0...365),
            "business dates by whose end a break of the grade info is to be closed",
            unit: "business dates", absent: .value("30"), example: "30"),
        SettingForm(
            "breaks.lowDueDays", .whole(0...365),
            "the same for a break of the grade low",
            unit: "business dates", absent: .value("10"), example: "10"),
        SettingForm(
            "breaks.mediumDueDays", .whole(0...365),
            "the same for a break of the grade medium",
            unit: "business dates", absent: .value("5"), example: "5"),
        SettingForm(
            "breaks.highDueDays", .whole(0...365),
            "the same for a break of the grade high",
            unit: "business dates", absent: .value("1"), example: "1"),
    ]
}
