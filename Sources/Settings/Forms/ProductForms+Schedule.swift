import LendingRules

extension ProductForms {
    /// When instalments fall due, and what they hold.
    static let schedule: [SettingForm] = [
        SettingForm(
            "every.count", .whole(1...3_650),
            "from one due date to the next, so many units",
            unit: "`every.unit`", absent: .value("1"), example: "2"),
        SettingForm(
            "every.unit", .choice(Period.Unit.self),
            "which",
            absent: .value("months"), example: "weeks"),
        SettingForm(
            "instalmentMultiple", .amountAboveZero,
            """
            instalments are rounded to a multiple of it; not with `interest-only`, `bullet` \
            and `daily`
            """,
            unit: "currency of `platform.yaml`", absent: .words("the smallest amount"),
            example: "\"1.00\""),
        SettingForm(
            "principalGrace", .whole(0...599),
            "first instalments without principal; at least 1 with `principal-grace`",
            unit: "instalments",
            allowed: """
                0 to 599, below `instalments.minimum`; 0 with `interest-only`, `bullet` and \
                `daily`
                """,
            absent: .value("0"), example: "3"),
        SettingForm(
            "interestGrace", .whole(0...599),
            "first instalments whose interest is billed with the first after them",
            unit: "instalments",
            allowed: "0 to 599, below `instalments.minimum`; 0 with `bullet` and `statement-cycle`",
            absent: .value("0"),
            example: "2"),
        SettingForm(
            "monthEnd", .choice(MonthEnd.self),
            """
            where an instalment falls due in a month that lacks its day: on its last, or on \
            the first of the next; with periods of months or years
            """,
            absent: .value("clamp"), example: "next-month"),
        SettingForm(
            "holidays.calendar", .name,
            """
            whose free days due dates heed; loans keep the dates it has when they are booked
            """,
            allowed: "a calendar", absent: .group("none"), example: "US"),
        SettingForm(
            "holidays.rule", .choice(HolidayRule.self),
            """
            where an instalment falls due then: all the same, on the next business day, or \
            on the one before where the next is in another month
            """,
            absent: .group("none"), example: "following"),
        SettingForm(
            "fees", .mappings,
            "what the borrower pays besides",
            absent: .words("none"), example: "[]"),
        SettingForm(
            "fees[].name", .name,
            "a fee's name",
            example: "account"),
        SettingForm(
            "fees[].value", .feeValue,
            "how much: a part of something, or an amount",
            unit: "currency of `platform.yaml`, or `%`",
            allowed: "a percentage or an amount above zero", example: "\"1%\""),
        SettingForm(
            "fees[].of", .choice(LoanFee.Base.self),
            """
            what it is a part of: the principal, principal and interest of the instalment, \
            or the principal outstanding at the start of its period
            """,
            allowed: "`principal`, `instalment`, `outstanding`; none for an amount",
            absent: .depends, example: "outstanding"),
        SettingForm(
            "fees[].when", .words(["each"]),
            "with every instalment; a fee kept back from the payout is refused (CONF-024)",
            allowed: "`each`", example: "each"),
    ]

    /// What becomes of loans paid early or not at all.
    static let care: [SettingForm] = [
        SettingForm(
            "earlyRepayment.effect", .choice(EarlyRepaymentEffect.self),
            """
            what cash beyond all that is due does: the instalments get lower, or fewer (not \
            with `interest-only`, `bullet` and `daily`), or it waits for the next of them
            """,
            absent: .value("next-instalment"), example: "shorten-term"),
        SettingForm(
            "earlyRepayment.fee", .share,
            "part of the principal repaid early that is charged; not with `next-instalment`",
            absent: .words("none"), example: "\"0.5%\""),
        SettingForm(
            "nonAccrual.afterDays", .whole(0...3_650),
            """
            more days past due than this, and income of the loan is no longer taken into the \
            books
            """,
            unit: "days", absent: .value("90"), example: "90"),
        SettingForm(
            "nonAccrual.observedInstalments", .whole(0...60),
            """
            instalments to be paid by their due dates, after the arrears, before it is again
            """,
            unit: "instalments", absent: .value("0"), example: "3"),
        SettingForm(
            "minimumDays", .whole(0...1),
            "days of interest owed at least for what is repaid on the day it was lent",
            unit: "days", allowed: "0, 1", absent: .value("0"), example: "1"),
    ]

    /// Lines of credit.
    static let line: [SettingForm] = [
        SettingForm(
            "line.kind", .choice(CreditLineDraft.Kind.self),
            """
            with `line` the product is a line of credit: a loan that is imported opens one, \
            its principal is the limit, and every drawdown or purchase under it is a loan of \
            its own, within `principal`; drawdowns repaid at any time, or purchases on \
            monthly statements
            """,
            absent: .group("none"), example: "revolving"),
        SettingForm(
            "line.limit.minimum", .amountAboveZero,
            "smallest limit of a line",
            unit: "currency of `platform.yaml`", example: "\"1000.00\""),
        SettingForm(
            "line.limit.maximum", .amountAboveZero,
            "largest limit of a line",
            unit: "currency of `platform.yaml`", allowed: "an amount, at least the minimum",
            example: "\"50000.00\""),
        SettingForm(
            "line.statementDay", .whole(1...28),
            """
            day of the month on which statements close, purchases of the day included; only \
            with `pay-later`, as are all below
            """,
            unit: "day of the month", absent: .depends, example: "25"),
        SettingForm(
            "line.dueDay", .whole(1...28),
            "day of the month after it on which they fall due",
            unit: "day of the month", absent: .depends, example: "10"),
        SettingForm(
            "line.interestFreeDays", .whole(PayLaterTerms.interestFreeLimits),
            """
            days that a purchase is free of interest at most; refused where statement and \
            due day give more
            """,
            unit: "days", absent: .depends, example: "46"),
        SettingForm(
            "line.minimumPayment", .share,
            """
            part of what is outstanding that a statement asks for; the rest bears interest \
            from the due date on
            """,
            absent: .value("100%"), example: "\"10%\""),
        SettingForm(
            "line.conversion.minimum", .whole(2...600),
            """
            fewest instalments that purchases may be converted into; without `conversion` \
            they may not
            """,
            unit: "instalments", absent: .group("none"), example: "3"),
        SettingForm(
            "line.conversion.maximum", .whole(2...600),
            "most instalments that purchases may be converted into",
            unit: "instalments", allowed: "2 to 600, at least the minimum",
            absent: .group("none"), example: "12"),
    ]
}
