import BusinessCalendar
import LendingRules
import Monetary

/// The keys of files in `products/`.
enum ProductForms {
    static let all = interest + bounds + schedule + care + line

    /// What a loan is, and what it costs.
    static let interest: [SettingForm] = [
        SettingForm(
            "product", .name,
            "the product's name",
            example: "instalment-loan"),
        SettingForm(
            "effectiveFrom", .date,
            "first business date on which loans are booked of this version",
            absent: .words("every date before the first version that names one"),
            example: "2026-07-01"),
        SettingForm(
            "method", .choice(ScheduleMethod.self),
            "how principal comes back",
            allowed: """
                `equal-instalment`, `equal-principal`, `flat`, `interest-only`, `bullet` (with \
                one instalment), `principal-grace`, `daily`, `statement-cycle` (of a pay-later \
                line)
                """,
            example: "equal-instalment"),
        SettingForm(
            "dayCount", .choice(DayCount.self),
            "days as fractions of a year",
            example: "30/360"),
        SettingForm(
            "rounding", .choice(Rounding.self),
            "of interest",
            absent: .value("half-even"), example: "half-even"),
        SettingForm(
            "instalmentRounding", .choice(Rounding.self),
            "of the instalment",
            absent: .value("half-even"), example: "up"),
        SettingForm(
            "penalty.multiple", .multiple,
            "of the contract rate, on overdue principal",
            unit: "times the rate", example: "\"1.5\""),
        SettingForm(
            "penalty.onInterest", .multiple,
            "of the contract rate, on overdue interest",
            unit: "times the rate", absent: .value("0"), example: "\"1.3\""),
        SettingForm(
            "penalty.graceDays", .whole(0...60),
            "paid at most this many days late, no penalty is owed",
            unit: "days", absent: .value("0"), example: "3"),
        SettingForm(
            "penalty.graceForgives", .flag,
            "whether what is paid later owes none for these days either",
            absent: .value("false"), example: "true"),
        SettingForm(
            "materiality", .amount,
            "an unpaid rest up to this amount is not past due",
            unit: "currency of `platform.yaml`", absent: .value("0"), example: "\"0.00\""),
    ]

    /// Which loans there are.
    static let bounds: [SettingForm] = [
        SettingForm(
            "principal.minimum", .amountAboveZero,
            "smallest loan",
            unit: "currency of `platform.yaml`", example: "\"500.00\""),
        SettingForm(
            "principal.maximum", .amountAboveZero,
            "largest loan",
            unit: "currency of `platform.yaml`", allowed: "an amount, at least the minimum",
            example: "\"50000.00\""),
        SettingForm(
            "instalments.minimum", .whole(1...600),
            "fewest instalments",
            unit: "instalments", example: "3"),
        SettingForm(
            "instalments.maximum", .whole(1...600),
            "most instalments",
            unit: "instalments", allowed: "1 to 600, at least the minimum", example: "60"),
        SettingForm(
            "rate.minimum", .rate,
            """
            lowest yearly rate of a loan; with `own-rates` at least what the lenders' rates \
            come to
            """,
            unit: "percent a year", absent: .value("0"), example: "\"9\""),
        SettingForm(
            "rate.maximum", .rate,
            "highest yearly rate of a loan",
            unit: "percent a year", allowed: "0 to 10000, 6 decimals, at least the minimum",
            absent: .value("10000"), example: "\"36\""),
    ]
}
