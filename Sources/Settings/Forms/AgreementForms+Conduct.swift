import LendingRules

extension AgreementForms {
    /// What becomes of refusals, and how loans are lent.
    static let conduct: [SettingForm] = [
        SettingForm(
            "fallback", .list(of: .name),
            """
            banks that are asked, in this order, for what another refuses, leaves of it, or \
            is given up with; who was asked for the loan already, or has no room in its \
            limits, is passed over
            """,
            allowed: "a list of banks", absent: .words("none"), example: "[summit, meridian]"),
        SettingForm(
            "onRefusal", .choice(RefusalRule.self),
            """
            what becomes of it when no such bank is left: the platform takes it, or the loan \
            is declined
            """,
            example: "platform"),
        SettingForm(
            "partialAcceptance", .flag,
            """
            a bank may accept less than it is asked for: it holds exactly that, and the rest \
            goes the way of a refusal; otherwise such an answer settles nothing
            """,
            absent: .value("false"), example: "false"),
        SettingForm(
            "backdateDays", .whole(0...3_650),
            "days that a value date may lie before its booking date",
            unit: "days", absent: .value("30"), example: "30"),
        SettingForm(
            "coolingOffDays", .whole(0...365),
            "days after the disbursement within which the borrower may give the loan back",
            unit: "days", allowed: "0 to 365, 0 is never", absent: .value("0"), example: "14"),
    ]

    /// Who pays the borrower, and when.
    static let funding: [SettingForm] = [
        SettingForm(
            "disbursement", .choice(DisbursementWay.Name.self),
            """
            who pays the borrower: the platform, with the lenders' shares in the day's \
            settlement or from their deposits with it; an escrow account into which each \
            lender pays its share; each lender itself; or one lender for all
            """,
            absent: .value("reimburse"), example: "reserve"),
        SettingForm(
            "fundingMode", .choice(FundingMode.Name.self),
            """
            when lenders fund their shares: all of them before the borrower is paid; or the \
            platform pays alone, and what they accept afterwards changes hands at par plus \
            accrued interest, at the end of a business date before the first due date; what \
            they do not accept stays with the platform (with `disbursement: reimburse`, \
            `onRefusal: platform` and no `fallback`)
            """,
            absent: .value("before-payout"), example: "after-payout"),
        SettingForm(
            "transferDays", .whole(1...365),
            """
            calendar days after the disbursement within which shares change hands, with \
            `after-payout` and only there
            """,
            unit: "days", absent: .depends, example: "15"),
        SettingForm(
            "payer", .name,
            "the lender that pays everything, with `lender-pays-all` and only there",
            allowed: "a lender other than the platform", absent: .depends, example: "harbor"),
        SettingForm(
            "settlement.lagDays", .whole(0...30),
            "calendar days from a business date to its first possible settlement day",
            unit: "days", example: "1"),
        SettingForm(
            "settlement.calendar", .name,
            "whose business days are settlement days",
            allowed: "a calendar", example: "US"),
    ]

    /// What lenders lend at most.
    static let limits: [SettingForm] =
        [
            SettingForm(
                "limits", .mappings,
                "the most that lenders lend under the agreement",
                absent: .words("none"), example: "[]"),
            SettingForm(
                "limits[].party", .name,
                "whose",
                allowed: "a lender or the platform", example: "harbor"),
            SettingForm(
                "limits[].per", .choice(LimitSpan.self),
                "what counts, as in `parties/*.yaml`",
                allowed: "`day`, `month`, `outstanding`; each once for a party and the same loans",
                example: "day"),
        ] + LimitForms.scope + LimitForms.size(unit: "`currency`", amount: "\"500000.00\"")

    /// Supervisors' rules that it is held to.
    static let rules: [SettingForm] = [
        SettingForm(
            "rulePacks", .list(of: .name),
            """
            rule packs that it and its loans are held to; a loan carries the names, and is \
            judged by what the packs say when it is booked
            """,
            allowed: "a list of packs of `rules/`", absent: .words("none"),
            example: "[in-co-lending]")
    ]
}
