import LendingRules

/// The keys of files in `pools/`.
enum PoolForms {
    static let all = pool + select + limits + PoolNoteForms.all

    private static let pool: [SettingForm] = [
        SettingForm(
            "pool", .name,
            "the pool's name",
            example: "autumn-2026"),
        SettingForm(
            "cutOff", .date,
            "the date at whose end shares are chosen and counted",
            example: "2026-06-30"),
        SettingForm(
            "settlesOn", .date,
            "the date at whose end they change hands; what is collected until then is passed on",
            allowed: "a date after `cutOff`", example: "2026-07-10"),
        SettingForm(
            "buyer", .name,
            "who buys them",
            allowed: "a party of kind `spv`", example: "vehicle"),
        SettingForm(
            "price", .line(40),
            "what is paid for them: their principal, that with all that has accrued, or a part",
            allowed: "`par`, `par-plus-accrued`, or a part of the principal",
            example: "par-plus-accrued"),
    ]

    private static let select: [SettingForm] = [
        SettingForm(
            "select.sellers", .list(of: .name),
            "whose shares are for sale",
            allowed: "a list of parties that lend", absent: .words("every lender's"),
            example: "[platform]"),
        SettingForm(
            "select.products", .list(of: .name),
            "loans of these products alone",
            allowed: "a list of products", absent: .words("all"), example: "[instalment-loan]"),
        SettingForm(
            "select.grades", .list(of: .region),
            "loans of these grades alone",
            absent: .words("all"), example: "[A, B]"),
        SettingForm(
            "select.regions", .list(of: .region),
            "loans of these regions alone",
            absent: .words("all"), example: "[west]"),
        SettingForm(
            "select.standings", .list(of: .choice(LoanStanding.self)),
            "loans that stand so alone",
            absent: .words("all"), example: "[current]"),
        SettingForm(
            "select.assetClasses", .list(of: .choice(AssetClass.self)),
            "shares that their holders carry in these classes alone",
            absent: .words("all"), example: "[normal]"),
        SettingForm(
            "select.daysPastDue", .whole(0...3_650),
            "the most that a loan may be past due",
            unit: "days", absent: .words("any"), example: "0"),
        SettingForm(
            "select.remainingMonths", .line(40),
            "months until the last due date, a month that has begun counted whole",
            unit: "months", allowed: "`low..high`", absent: .words("any"), example: "3..60"),
        SettingForm(
            "select.seasoningMonths", .line(40),
            "whole months since the disbursement",
            unit: "months", allowed: "`low..high`", absent: .words("any"), example: "1..120"),
        SettingForm(
            "select.rate", .line(40),
            "the borrower's contract rate",
            unit: "percent a year", allowed: "`low..high`", absent: .words("any"),
            example: "8..24"),
        SettingForm(
            "select.principal", .line(40),
            "what is outstanding of the share",
            unit: "currency of `platform.yaml`", allowed: "`low..high`", absent: .words("any"),
            example: "100.00..200000.00"),
        SettingForm(
            "select.accrual", .flag,
            "whether income must still be accrued",
            absent: .value("false"), example: "true"),
        SettingForm(
            "select.firstTransfer", .flag,
            "whether no part of the loan may have changed hands before",
            absent: .value("false"), example: "true"),
        SettingForm(
            "select.target", .amountAboveZero,
            "the most principal that the pool takes",
            unit: "currency of `platform.yaml`", absent: .words("all there is"),
            example: "\"1000000.00\""),
    ]

    private static let limits: [SettingForm] =
        [
            SettingForm(
                "select.limits", .mappings,
                "the most that some shares may make up of the pool's principal",
                absent: .words("none"), example: "[]")
        ]
        + LimitForms.scope.map { form in
            SettingForm(
                "select.\(form.key)", form.kind, form.title, allowed: form.allowed,
                absent: form.absent, example: form.example)
        } + [
            SettingForm(
                "select.limits[].atMost", .share,
                "how much of it they may make up",
                example: "\"40%\"")
        ]
}
