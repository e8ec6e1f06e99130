extension FaultyConfiguration {
    /// Keys that are unknown, missing, repeated or of the wrong shape.
    static let keys = [
        FaultyConfiguration(
            "a mistyped key", "platform.yaml", "zone:", "zoen:",
            """
            CONF-008: a key is missing, at zone (Config/platform.yaml:2:1); it needs a zone of \
            the tz database such as Asia/Shanghai or UTC
            CONF-007: unknown key, at zoen (Config/platform.yaml:4:1); did you mean zone? \
            allowed here: party, name, zone, cutOff, firstDate, currency, breaks, fullFiles, \
            changes, assetClasses
            """),
        FaultyConfiguration(
            "a key that nothing resembles", "platform.yaml", "currency: USD",
            "currency: USD\ncolour: blue",
            """
            CONF-007: unknown key, at colour (Config/platform.yaml:8:1); allowed here: party, \
            name, zone, cutOff, firstDate, currency, breaks, fullFiles, changes, assetClasses
            """),
        FaultyConfiguration(
            "a missing key", "platform.yaml", "cutOff: \"23:00\"", "",
            """
            CONF-008: a key is missing, at cutOff (Config/platform.yaml:2:1); it needs a time \
            HH:MM from "00:00" to "23:59"
            """),
        FaultyConfiguration(
            "a key without a value", "platform.yaml", "Northwind Lending", "",
            """
            CONF-008: nothing stands there, at name (Config/platform.yaml:3:6); it needs a text \
            of 1 to 80 characters on one line
            """),
        FaultyConfiguration(
            "a list where text must be", "platform.yaml", "Northwind Lending", "[Northwind]",
            """
            CONF-009: a list stands there, at name (Config/platform.yaml:3:7); it needs a text \
            of 1 to 80 characters on one line
            """),
        FaultyConfiguration(
            "text where a mapping must be", "parties/harbor.yaml",
            "  connectMilliseconds: 2000\n  totalMilliseconds: 10000", "  2 seconds",
            """
            CONF-009: text stands there, at timeouts (Config/parties/harbor.yaml:11:3); it needs \
            keys with values
            """),
        FaultyConfiguration(
            "text where a list must be", "agreements/harbor-70-30.yaml", "[instalment-loan]",
            "instalment-loan",
            """
            CONF-009: text stands there, at products (Config/agreements/harbor-70-30.yaml:4:11); \
            it needs a list; each entry is a name of up to 40 letters, digits and hyphens that \
            begins with a letter
            """),
        FaultyConfiguration(
            "text where a mapping in a list must be", "agreements/harbor-70-30.yaml",
            "{party: platform, share: \"30%\"}", "platform",
            """
            CONF-009: text stands there, at lenders[1] \
            (Config/agreements/harbor-70-30.yaml:6:5); it needs keys with values
            """),
        FaultyConfiguration(
            "a key twice", "platform.yaml", "currency: USD", "currency: USD\nname: Other",
            """
            CONF-006: the key name stands twice, at name (Config/platform.yaml:8:1); keep one; \
            the first is on line 3
            """),
        FaultyConfiguration(
            "a key three times, and another fault", "platform.yaml", "currency: USD",
            "currency: EURO\nname: Other\n\"name\": Third",
            """
            CONF-010: "EURO" is no currency, at currency (Config/platform.yaml:7:11); it needs \
            an ISO 4217 code such as USD
            CONF-006: the key name stands twice, at name (Config/platform.yaml:8:1); keep one; \
            the first is on line 3
            CONF-006: the key name stands twice, at name (Config/platform.yaml:9:1); keep one; \
            the first is on line 3
            """),
        FaultyConfiguration(
            "a key twice on a line", "products/instalment-loan.yaml",
            "{minimum: 3, maximum: 60}", "{minimum: 3, minimum: 4, maximum: 2}",
            """
            CONF-006: the key minimum stands twice, at minimum \
            (Config/products/instalment-loan.yaml:11:27); keep one; the first is on line 11
            CONF-019: the maximum is below the minimum, at instalments.maximum \
            (Config/products/instalment-loan.yaml:11:48); it needs at least the value of minimum
            """),
        FaultyConfiguration(
            "a key twice in brackets over lines", "products/instalment-loan.yaml",
            "{minimum: 3, maximum: 60}", "{minimum: 3,\n  minimum: 4, maximum: 60}",
            """
            CONF-006: the key minimum stands more than once, at minimum \
            (Config/products/instalment-loan.yaml:11:15); keep one; the rest of the file was not \
            checked
            """),
    ]
}
