import LendingRules

/// The keys of files in `parties/`.
enum PartyForms {
    static let all =
        party + endpoint.of("bank", "clearing") + signing.of("bank", "clearing")
        + timeouts.of("bank", "clearing") + line.of("bank", "clearing") + funding.of("bank")
        + files.of("bank", "clearing") + doubts.of("bank") + settlement.of("bank")
        + breaks.of("bank") + limits.of("platform", "bank")
        + AssetClassForms.ofLender.of("platform", "bank") + facts.of("bank")
        + clearing.of("clearing")

    /// Who it is.
    static let party: [SettingForm] = [
        SettingForm(
            "party", .name,
            "the name that agreements refer to",
            example: "harbor"),
        SettingForm(
            "name", .title,
            "its name as people read it",
            example: "Harbor Bank"),
        SettingForm(
            "kind", .choice(PartyDraft.Kind.self),
            """
            what it is to this system; a `guarantor` or `spv` does not lend, and has these three \
            keys alone
            """,
            example: "bank"),
    ]

    /// Where requests go.
    static let endpoint: [SettingForm] = [
        SettingForm(
            "endpoint", .endpoint,
            "where requests go",
            example: "https://colend.harbor.example")
    ]

    /// How long a call may take.
    static let timeouts: [SettingForm] = [
        SettingForm(
            "timeouts.connectMilliseconds", .whole(1...60_000),
            "time to connect",
            unit: "ms", absent: .value("2000"), example: "2000"),
        SettingForm(
            "timeouts.firstByteMilliseconds", .whole(1...600_000),
            "time from the start of a call to the first byte of its answer",
            unit: "ms", absent: .words("the time for the whole call"), example: "5000"),
        SettingForm(
            "timeouts.totalMilliseconds", .whole(1...600_000),
            "time for a whole call",
            unit: "ms", allowed: "1 to 600000, at least the time to connect",
            absent: .value("10000"), example: "10000"),
    ]

    /// What the party lends at most.
    static let limits: [SettingForm] =
        [
            SettingForm(
                "limits", .mappings,
                """
                the most that the party lends over all agreements together; of a bank or the \
                platform
                """,
                absent: .words("none"), example: "[]"),
            SettingForm(
                "limits[].per", .choice(LimitSpan.self),
                """
                what counts: shares of loans booked on a business date, in a calendar month, or \
                all that is reserved or lent and neither repaid nor written off
                """,
                allowed: "`day`, `month`, `outstanding`; each once for the same loans",
                example: "outstanding"),
        ] + LimitForms.scope
        + LimitForms.size(unit: "`limits.currency`", amount: "\"5000000.00\"") + [
            SettingForm(
                "limits[].currency", .currency,
                "its currency",
                allowed: "that of `platform.yaml`", example: "USD")
        ]
}
