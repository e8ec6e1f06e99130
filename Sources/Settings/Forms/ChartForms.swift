import Bookkeeping

/// The keys of `chart-of-accounts.yaml`.
enum ChartForms {

    /// An account an entry.
    static let all: [SettingForm] = [
        SettingForm(
            "accounts[].number", .whole(1_000...9_999),
            "the account's number; memorandum accounts begin at 9000",
            example: "1110"),
        SettingForm(
            "accounts[].name", .title,
            "its name as people read it",
            example: "Principal"),
        SettingForm(
            "accounts[].kind", .choice(ChartOfAccounts.Kind.self),
            "side of the statements",
            example: "asset"),
    ]
}
