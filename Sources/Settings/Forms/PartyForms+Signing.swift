extension PartyForms {
    /// How requests and answers are signed, and by which keys.
    static let signing: [SettingForm] = [
        SettingForm(
            "signing.profile", .choice(SigningSettings.Profile.self),
            "how requests and answers are signed",
            example: "hmac-sha256"),
        SettingForm(
            "signing.signatureForm", .choice(SigningSettings.Form.self),
            """
            how signatures of `sm2-sm3` are written: as an ASN.1 sequence, or as r ‖ s of 32 \
            bytes each
            """,
            absent: .words("der"), example: "raw"),
        SettingForm(
            "signing.keyId", .headerWord,
            "what names the platform to the partner, in the header `Colend-Key`",
            absent: .words("the platform's party"), example: "northwind"),
        SettingForm(
            "signing.secretEnv", .variable,
            "the environment variable that holds our secret or private key",
            example: "COLEND_HARBOR_SECRET"),
        SettingForm(
            "signing.validFrom", .date,
            "the first day, UTC, on which it signs",
            absent: .words("always"), example: "2026-01-01"),
        SettingForm(
            "signing.validUntil", .date,
            "the last day on which it does",
            allowed: "a date, from the first day on", absent: .words("for ever"),
            example: "2026-12-31"),
        SettingForm(
            "signing.next.secretEnv", .variable,
            "the variable of the key that takes over; both sign as long as both count",
            absent: .group("none"),
            example: "COLEND_HARBOR_SECRET_NEXT"),
        SettingForm(
            "signing.next.validFrom", .date,
            "the first day on which it signs",
            absent: .words("always"), example: "2026-12-01"),
        SettingForm(
            "signing.next.validUntil", .date,
            "the last day on which it does",
            allowed: "a date, from the first day on", absent: .words("for ever"),
            example: "2027-12-31"),
        SettingForm(
            "signing.partnerKeys[].keyEnv", .variable,
            """
            the variable that holds a public key of the partner's; one or two, not for \
            `hmac-sha256`
            """,
            absent: .group("none with `hmac-sha256`"), example: "COLEND_HARBOR_KEY"),
        SettingForm(
            "signing.partnerKeys[].validFrom", .date,
            "the first day, UTC, on which its signatures are taken",
            absent: .words("always"), example: "2026-01-01"),
        SettingForm(
            "signing.partnerKeys[].validUntil", .date,
            "the last day on which they are",
            allowed: "a date, from the first day on", absent: .words("for ever"),
            example: "2026-12-31"),
    ]
}
