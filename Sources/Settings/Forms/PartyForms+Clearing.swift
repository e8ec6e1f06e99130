extension PartyForms {
    /// The channel through which cash runs.
    static let clearing: [SettingForm] = [
        SettingForm(
            "account", .name,
            "the name under which the account's statements and breaks are kept",
            allowed: "a name no party has", example: "clearing-account"),
        SettingForm(
            "from", .date,
            """
            the first business date on which cash runs through it; nothing is awaited of \
            dates before it, nor of dates closed before the file was there
            """,
            absent: .words("the first date of the books"), example: "2026-03-01"),
        SettingForm(
            "fee.fixed", .amount,
            "what the channel keeps of every payment",
            unit: "currency of `platform.yaml`", allowed: "not negative", absent: .value("0"),
            example: "\"0.10\""),
        SettingForm(
            "fee.rate", .share,
            "the part of a payment that it keeps besides, rounded half up",
            absent: .words("none"), example: "\"0.25%\""),
        SettingForm(
            "transitDays", .whole(0...10),
            """
            days from a payment's or an instruction's date to the statement that should show \
            its transfer
            """,
            unit: "days", absent: .value("1"), example: "1"),
        SettingForm(
            "lateDays", .whole(1...30),
            "days after which money that a statement lacks is missing, not late",
            unit: "days", absent: .value("3"), example: "3"),
        SettingForm(
            "payouts.tries", .whole(1...30),
            """
            how often a payout is tried in all, each time on another business date; after \
            that every share goes back
            """,
            unit: "tries", absent: .value("3"), example: "3"),
        SettingForm(
            "payouts.settleSeconds", .whole(0...86_400),
            "a 404 proves only after so long that a payout never arrived",
            unit: "s", absent: .value("60"), example: "60"),
        SettingForm(
            "payouts.askLimit", .whole(1...100),
            "questions about a payout in doubt, in one run",
            unit: "questions", absent: .value("3"), example: "3"),
    ]
}
