extension FaultyConfiguration {
    /// Values of the platform, agreements and products.
    static let terms = [
        FaultyConfiguration(
            "a date the calendar lacks", "platform.yaml", "2026-01-01", "2026-02-29",
            """
            CONF-010: "2026-02-29" is no date, at firstDate (Config/platform.yaml:6:12); it \
            needs a date YYYY-MM-DD from 1970 to 2199
            """),
        FaultyConfiguration(
            "a date of another era", "platform.yaml", "2026-01-01", "0026-01-01",
            """
            CONF-011: "0026-01-01" is outside the limits, at firstDate \
            (Config/platform.yaml:6:12); it needs a date YYYY-MM-DD from 1970 to 2199
            """),
        FaultyConfiguration(
            "a currency of no country", "platform.yaml", "USD", "USX",
            """
            CONF-010: "USX" is no currency, at currency (Config/platform.yaml:7:11); it needs an \
            ISO 4217 code such as USD
            """),
        FaultyConfiguration(
            "a mistyped zone", "platform.yaml", "America/New_York", "America/New_Yorck",
            """
            CONF-010: "America/New_Yorck" is no time zone, at zone (Config/platform.yaml:4:7); \
            did you mean America/New_York? it needs a zone of the tz database such as \
            Asia/Shanghai or UTC
            """),
        FaultyConfiguration(
            "a time the clock lacks", "platform.yaml", "23:00", "24:00",
            """
            CONF-010: "24:00" is no time of day, at cutOff (Config/platform.yaml:5:9); it needs \
            a time HH:MM from "00:00" to "23:59"
            """),
        FaultyConfiguration(
            "a name with a blank", "platform.yaml", "party: platform", "party: the platform",
            """
            CONF-010: "the platform" is no name, at party (Config/platform.yaml:2:8); it needs a \
            name of up to 40 letters, digits and hyphens that begins with a letter
            """),
        FaultyConfiguration(
            "a share without its sign", "agreements/harbor-70-30.yaml", "\"70%\"", "70",
            """
            CONF-010: "70" is no share, at lenders[2].share \
            (Config/agreements/harbor-70-30.yaml:7:28); it needs a percentage such as "70%" or a \
            fraction such as "7/10"
            """),
        FaultyConfiguration(
            "a share of nothing", "agreements/harbor-70-30.yaml", "\"70%\"", "0%",
            """
            CONF-011: "0%" is outside the limits, at lenders[2].share \
            (Config/agreements/harbor-70-30.yaml:7:28); it needs more than 0% and at most 100%
            """),
        FaultyConfiguration(
            "a share above the whole", "agreements/harbor-70-30.yaml", "\"70%\"", "11/10",
            """
            CONF-011: "11/10" is outside the limits, at lenders[2].share \
            (Config/agreements/harbor-70-30.yaml:7:28); it needs more than 0% and at most 100%
            """),
        FaultyConfiguration(
            "a mistyped method", "products/instalment-loan.yaml", "equal-instalment",
            "equal-instalments",
            """
            CONF-010: "equal-instalments" is no method, at method \
            (Config/products/instalment-loan.yaml:2:9); did you mean equal-instalment? it needs \
            one of equal-instalment, equal-principal, flat, interest-only, bullet, \
            principal-grace, daily, statement-cycle
            """),
        FaultyConfiguration(
            "an amount with too many decimals", "products/instalment-loan.yaml", "500.00",
            "500.001",
            """
            CONF-010: "500.001" has more than 2 decimals, at principal.minimum \
            (Config/products/instalment-loan.yaml:10:22); it needs an amount above zero with at \
            most 2 decimals, no grouping
            """),
        FaultyConfiguration(
            "an amount with grouping", "products/instalment-loan.yaml", "50000.00", "50,000.00",
            """
            CONF-010: "50,000.00" is no amount, at principal.maximum \
            (Config/products/instalment-loan.yaml:10:41); it needs an amount above zero with at \
            most 2 decimals, no grouping
            """),
        FaultyConfiguration(
            "an amount in powers of ten", "products/instalment-loan.yaml", "\"50000.00\"", "5e4",
            """
            CONF-010: "5e4" is no amount, at principal.maximum \
            (Config/products/instalment-loan.yaml:10:41); it needs an amount above zero with at \
            most 2 decimals, no grouping
            """),
        FaultyConfiguration(
            "an amount beyond 64 bits", "products/instalment-loan.yaml", "50000.00",
            "92233720368547758.08",
            """
            CONF-011: "92233720368547758.08" is too large, at principal.maximum \
            (Config/products/instalment-loan.yaml:10:41); it needs an amount above zero with at \
            most 2 decimals, no grouping
            """),
        FaultyConfiguration(
            "a principal of nothing", "products/instalment-loan.yaml", "500.00", "0.00",
            """
            CONF-011: "0.00" is outside the limits, at principal.minimum \
            (Config/products/instalment-loan.yaml:10:22); it needs an amount above zero with at \
            most 2 decimals, no grouping
            """),
        FaultyConfiguration(
            "a maximum below the minimum", "products/instalment-loan.yaml", "maximum: 60",
            "maximum: 2",
            """
            CONF-019: the maximum is below the minimum, at instalments.maximum \
            (Config/products/instalment-loan.yaml:11:36); it needs at least the value of minimum
            """),
        FaultyConfiguration(
            "a negative multiple", "products/instalment-loan.yaml", "\"1.5\"", "-1.5",
            """
            CONF-011: "-1.5" is outside the limits, at penalty.multiple \
            (Config/products/instalment-loan.yaml:7:13); it needs a number from 0 to 10 with at \
            most 3 decimals
            """),
    ]
}
