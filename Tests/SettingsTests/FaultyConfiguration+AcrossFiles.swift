extension FaultyConfiguration {
    /// Files that do not fit together.
    static let acrossFiles = [
        FaultyConfiguration(
            "a file too few", "platform.yaml", .removed,
            """
            CONF-001: the file is missing (Config/platform.yaml); colend init writes a first one
            """),
        FaultyConfiguration(
            "a folder without files", "calendars/US.yaml", .removed,
            """
            CONF-001: there is no .yaml file in it (Config/calendars); it needs at least one
            """),
        FaultyConfiguration(
            "a lender nobody knows", "agreements/harbor-70-30.yaml", "party: harbor",
            "party: habor",
            """
            CONF-012: no party is called habor, at lenders[2].party \
            (Config/agreements/harbor-70-30.yaml:7:13); did you mean harbor? known are harbor, \
            platform
            CONF-019: harbor has no part in the agreement, at serviceFees[1].payer \
            (Config/agreements/harbor-70-30.yaml:9:12); a fee is between lenders and the \
            platform: habor, platform
            """),
        FaultyConfiguration(
            "a product nobody knows", "agreements/harbor-70-30.yaml", "[instalment-loan]",
            "[instalment-loan, payday-loan]",
            """
            CONF-012: no product is called payday-loan, at products[2] \
            (Config/agreements/harbor-70-30.yaml:4:29); known are instalment-loan
            """),
        FaultyConfiguration(
            "a calendar nobody knows", "agreements/harbor-70-30.yaml", "calendar: US",
            "calendar: UK",
            """
            CONF-012: no calendar is called UK, at settlement.calendar \
            (Config/agreements/harbor-70-30.yaml:18:13); did you mean US? known are US
            """),
        FaultyConfiguration(
            "a platform nobody knows", "platform.yaml", "party: platform", "party: northwind",
            """
            CONF-019: platform is of kind platform, at kind (Config/parties/platform.yaml:3:7); \
            platform.yaml names northwind as the platform, the only one
            CONF-012: no party is called northwind, at party (Config/platform.yaml:2:8); known \
            are harbor, platform
            """),
        FaultyConfiguration(
            "a second platform", "parties/second.yaml",
            .added("party: second\nname: Second\nkind: platform\n"),
            """
            CONF-019: second is of kind platform, at kind (Config/parties/second.yaml:3:7); \
            platform.yaml names platform as the platform, the only one
            """),
        FaultyConfiguration(
            "a platform that is a bank", "parties/platform.yaml", "kind: platform", "kind: bank",
            """
            CONF-008: a key is missing, at computation (Config/parties/platform.yaml:1:1); it \
            needs one of scale, per-instalment, own-schedule
            CONF-008: a key is missing, at endpoint (Config/parties/platform.yaml:1:1); it needs \
            an address such as https://bank.example or http://127.0.0.1:8101
            CONF-008: a key is missing, at signing (Config/parties/platform.yaml:1:1); it needs \
            a mapping
            CONF-019: platform is of kind bank, at kind (Config/parties/platform.yaml:3:7); \
            platform.yaml names platform as the platform, the only one
            """),
        FaultyConfiguration(
            "shares just short of one", "agreements/harbor-70-30.yaml", "\"70%\"", "\"69.99%\"",
            """
            CONF-013: the shares sum to 99.99%, at lenders \
            (Config/agreements/harbor-70-30.yaml:6:3); they must sum to exactly 100%; thirds are \
            written 1/3
            """),
        FaultyConfiguration(
            "shares just above one", "agreements/harbor-70-30.yaml", "\"70%\"", "70.00000001%",
            """
            CONF-013: the shares sum to 100.00000001%, at lenders \
            (Config/agreements/harbor-70-30.yaml:6:3); they must sum to exactly 100%; thirds are \
            written 1/3
            """),
        FaultyConfiguration(
            "shares whose sum no percentage says", "agreements/harbor-70-30.yaml", "\"70%\"", "2/3",
            """
            CONF-013: the shares sum to 29/30, at lenders \
            (Config/agreements/harbor-70-30.yaml:6:3); they must sum to exactly 100%; thirds are \
            written 1/3
            """),
        FaultyConfiguration(
            "shares without a common denominator", "agreements/harbor-70-30.yaml",
            "{party: harbor, share: \"70%\"}", "{party: harbor, share: 1/9223372036854775783}",
            """
            CONF-013: the shares have no common denominator of 18 digits, at lenders \
            (Config/agreements/harbor-70-30.yaml:6:3); they must sum to exactly 100%; thirds are \
            written 1/3
            """),
        FaultyConfiguration(
            "a lender twice", "agreements/harbor-70-30.yaml", "party: harbor", "party: platform",
            """
            CONF-014: the lender platform stands twice, at lenders[2].party \
            (Config/agreements/harbor-70-30.yaml:7:13); keep one
            CONF-019: harbor has no part in the agreement, at serviceFees[1].payer \
            (Config/agreements/harbor-70-30.yaml:9:12); a fee is between lenders and the \
            platform: platform
            """),
        FaultyConfiguration(
            "another currency", "agreements/harbor-70-30.yaml", "currency: USD", "currency: EUR",
            """
            CONF-019: the agreement is in EUR, at currency \
            (Config/agreements/harbor-70-30.yaml:3:11); the platform and its products are in USD \
            (Config/platform.yaml:7:11)
            """),
        FaultyConfiguration(
            "a fee of a stranger", "agreements/harbor-70-30.yaml", "payer: harbor",
            "payer: meridian",
            """
            CONF-019: meridian has no part in the agreement, at serviceFees[1].payer \
            (Config/agreements/harbor-70-30.yaml:9:12); a fee is between lenders and the \
            platform: harbor, platform
            """),
        FaultyConfiguration(
            "a fee to oneself", "agreements/harbor-70-30.yaml", "payee: platform", "payee: harbor",
            """
            CONF-019: harbor pays the fee to itself, at serviceFees[1].payee \
            (Config/agreements/harbor-70-30.yaml:10:12); name another party
            """),
        FaultyConfiguration(
            "another base of a fee", "agreements/harbor-70-30.yaml", "interest-collected",
            "interest",
            """
            CONF-010: "interest" is no base of a fee, at serviceFees[1].base \
            (Config/agreements/harbor-70-30.yaml:11:11); it needs one of interest-collected, \
            principal-collected, principal-outstanding, disbursed
            """),
        FaultyConfiguration(
            "a product twice in an agreement", "agreements/harbor-70-30.yaml", "[instalment-loan]",
            "[instalment-loan, instalment-loan]",
            """
            CONF-014: the product instalment-loan stands twice, at products[2] \
            (Config/agreements/harbor-70-30.yaml:4:29); keep one
            """),
        FaultyConfiguration(
            "an agreement twice", "agreements/second.yaml",
            .added(Sample.minimal["agreements/harbor-70-30.yaml"] ?? ""),
            """
            CONF-014: a second agreement harbor-70-30 effective from 2026-01-01, at \
            effectiveFrom (Config/agreements/second.yaml:2:16); the first is at \
            Config/agreements/harbor-70-30.yaml:2:16; give one another name or date
            """),
        FaultyConfiguration(
            "a party twice", "parties/second.yaml",
            .added(Sample.minimal["parties/harbor.yaml"] ?? ""),
            """
            CONF-014: a second party harbor, at party (Config/parties/second.yaml:1:8); the \
            first is at Config/parties/harbor.yaml:1:8; rename one
            """),
        FaultyConfiguration(
            "no lenders", "agreements/harbor-70-30.yaml",
            "  - {party: platform, share: \"30%\"}\n  - {party: harbor, share: \"70%\"}", "  []",
            """
            CONF-008: nothing stands there, at lenders \
            (Config/agreements/harbor-70-30.yaml:6:3); it needs a list with at least one entry
            """),
        FaultyConfiguration(
            "a bad value in the environment", "platform.yaml", .text("23:00", with: "23:00"),
            environment: [
                "COLEND_CUT_OFF": "late", "COLEND_PARTIES_HARBOR_SIGNING_PROFILE": "md5",
            ],
            """
            CONF-010: "late" is no time of day, at cutOff (environment COLEND_CUT_OFF); it needs \
            a time HH:MM from "00:00" to "23:59"
            CONF-010: "md5" is no signing profile, at signing.profile (environment \
            COLEND_PARTIES_HARBOR_SIGNING_PROFILE); it needs one of hmac-sha256, ed25519, \
            rsa-pss-sha256, rsa-pkcs1-sha256, sm2-sm3
            """),
        FaultyConfiguration(
            "a file with a fault is not missing as well", "parties/harbor.yaml", "kind: bank",
            "kind: [bank",
            """
            CONF-004: no valid YAML: did not find expected ',' or ']' (while parsing a flow \
            sequence from line 3) (Config/parties/harbor.yaml:4:9); write key: value lines, \
            indented with spaces
            """),
        FaultyConfiguration(
            "no two versions of an agreement on one date", "agreements/later.yaml",
            .added(
                (Sample.minimal["agreements/harbor-70-30.yaml"] ?? "").replacing(
                    "effectiveFrom: 2026-01-01", with: "effectiveFrom: 2026-01-32")),
            """
            CONF-010: "2026-01-32" is no date, at effectiveFrom \
            (Config/agreements/later.yaml:2:16); it needs a date YYYY-MM-DD from 1970 to 2199
            """),
    ]
}
