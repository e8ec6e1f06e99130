import LendingRules

extension RuleForms {
    /// Agreements that cases are about.
    static let agreements: [SettingForm] = [
        SettingForm(
            "rules[].cases[].agreement.shares", .byParty(.shareOrNothing),
            "shares by lender; one called `platform` is the platform, others are banks",
            allowed: "a mapping of shares, 0 % included",
            absent: .words("none"),
            example: "{platform: \"30%\", harbor: \"70%\"}"),
        SettingForm(
            "rules[].cases[].agreement.homeRegions", .list(of: .region),
            "of its banks",
            allowed: "as of a party",
            absent: .words("any region"),
            example: "[CN-33]"),
        SettingForm(
            "rules[].cases[].agreement.listedFrom", .date,
            "of its banks",
            allowed: "as of a party",
            absent: .words("not listed"),
            example: "2025-10-01"),
        SettingForm(
            "rules[].cases[].agreement.principal", .amount,
            "the most that its products lend to one borrower",
            unit: "`currency`",
            absent: .value("0"),
            example: "\"200000.00\""),
        SettingForm(
            "rules[].cases[].agreement.pricing", .choice(Pricing.Name.self),
            "as `pricing.way` of an agreement",
            allowed: "as there",
            absent: .value("borrower-rate"),
            example: "blended"),
        SettingForm(
            "rules[].cases[].agreement.disbursement", .choice(DisbursementWay.Name.self),
            "as of an agreement",
            allowed: "as there",
            absent: .value("reimburse"),
            example: "escrow"),
        SettingForm(
            "rules[].cases[].agreement.transferDays", .whole(1...365),
            "as of an agreement",
            unit: "days",
            allowed: "as there",
            absent: .words("none"),
            example: "15"),
        SettingForm(
            "rules[].cases[].agreement.onRefusal", .choice(RefusalRule.self),
            "as of an agreement",
            allowed: "as there",
            absent: .value("platform"),
            example: "decline"),
        SettingForm(
            "rules[].cases[].agreement.partialAcceptance", .flag,
            "as of an agreement",
            allowed: "as there",
            absent: .value("false"),
            example: "true"),
    ]

    /// Loans that cases are about.
    static let loans: [SettingForm] = [
        SettingForm(
            "rules[].cases[].loan.shares", .byParty(.amount),
            "what each lends, as above",
            unit: "`currency`",
            allowed: "a mapping of amounts",
            absent: .words("none"),
            example: "{platform: \"300.00\", harbor: \"700.00\"}"),
        SettingForm(
            "rules[].cases[].loan.homeRegions", .list(of: .region),
            "of its banks",
            allowed: "as of a party",
            absent: .words("any region"),
            example: "[CN-33]"),
        SettingForm(
            "rules[].cases[].loan.listedFrom", .date,
            "of its banks",
            allowed: "as of a party",
            absent: .words("not listed"),
            example: "2025-10-01"),
        SettingForm(
            "rules[].cases[].loan.line", .amount,
            "the borrower's whole line",
            unit: "`currency`",
            absent: .words("none"),
            example: "\"200000.00\""),
        SettingForm(
            "rules[].cases[].loan.region", .region,
            "the borrower's region",
            absent: .words("unknown"),
            example: "CN-11"),
        SettingForm(
            "rules[].cases[].loan.allInCost", .rate,
            "nominal yearly cost with every fee",
            unit: "percent a year",
            absent: .words("unknown"),
            example: "\"24\""),
        SettingForm(
            "rules[].cases[].loan.feesOutside", .amount,
            "what the borrower pays besides what the cost counts",
            unit: "`currency`",
            absent: .value("0"),
            example: "\"5.00\""),
    ]

    /// Books, claims and covers that cases are about.
    static let books: [SettingForm] = [
        SettingForm(
            "rules[].cases[].book.outstanding", .amount,
            "principal that a bank has outstanding with this platform",
            unit: "`currency`",
            absent: .group("no `book`"),
            example: "\"250.00\""),
        SettingForm(
            "rules[].cases[].book.capital", .amount,
            "its net tier-1 capital",
            unit: "`currency`",
            absent: .words("unknown"),
            example: "\"1000.00\""),
        SettingForm(
            "rules[].cases[].book.loanBook", .amount,
            "all its loans",
            unit: "`currency`",
            absent: .words("unknown"),
            example: "\"1000.00\""),
        SettingForm(
            "rules[].cases[].book.otherJointLoans", .amount,
            "its joint loans with other partners",
            unit: "`currency`",
            absent: .words("0"),
            example: "\"200.00\""),
        SettingForm(
            "rules[].cases[].claim.daysPastDue", .whole(0...36_500),
            "days past due of a loan",
            unit: "days",
            absent: .group("no `claim`"),
            example: "91"),
        SettingForm(
            "rules[].cases[].claim.class", .choice(AssetClass.self),
            "how the lender classes it",
            absent: .value("normal"),
            example: "substandard"),
        SettingForm(
            "rules[].cases[].claim.daysApart", .whole(0...36_500),
            "working days for which another lender has had it in another class",
            unit: "days",
            absent: .value("0"),
            example: "2"),
        SettingForm(
            "rules[].cases[].cover.set", .amount,
            "the loans that a cover is for, as they were fixed",
            unit: "`currency`",
            absent: .value("0"),
            example: "\"40\""),
        SettingForm(
            "rules[].cases[].cover.disbursed", .amount,
            "ever disbursed of them",
            unit: "`currency`",
            absent: .value("0"),
            example: "\"20\""),
        SettingForm(
            "rules[].cases[].cover.outstanding", .amount,
            "outstanding of them",
            unit: "`currency`",
            absent: .value("0"),
            example: "\"15\""),
        SettingForm(
            "rules[].cases[].cover.cover", .amount,
            "promised in all, used or not",
            unit: "`currency`",
            absent: .value("0"),
            example: "\"1.00\""),
        SettingForm(
            "rules[].cases[].cover.reinstated", .amount,
            "used and put back",
            unit: "`currency`",
            absent: .value("0"),
            example: "\"1.00\""),
        SettingForm(
            "rules[].cases[].cover.invokedAt", .whole(0...36_500),
            "days past due of the loan that it is invoked for",
            unit: "days",
            absent: .words("not invoked"),
            example: "121"),
    ]
}
