extension FaultyConfiguration {
    private static func line(_ terms: String, method: String) -> Replacement {
        .texts([
            ("equal-instalment", with: method), ("materiality:", with: "\(terms)\nmateriality:"),
        ])
    }

    private static let limit = "limit: {minimum: 5.00, maximum: 9.00}"

    /// Lines of credit.
    static let creditLines = [
        FaultyConfiguration(
            "a line without kind and limit", "products/instalment-loan.yaml",
            line("line: {dueDay: 3}", method: "daily"),
            """
            CONF-008: a key is missing, at line.kind \
            (Config/products/instalment-loan.yaml:9:7); it needs one of revolving, pay-later
            CONF-008: a key is missing, at line.limit \
            (Config/products/instalment-loan.yaml:9:7); it needs a mapping
            CONF-007: unknown key, at line.dueDay (Config/products/instalment-loan.yaml:9:8); \
            allowed here: kind, limit
            """),
        FaultyConfiguration(
            "purchases that nothing bills", "products/instalment-loan.yaml",
            line(
                "line: {kind: pay-later, statementDay: 25, dueDay: 10, interestFreeDays: 46, "
                    + "\(limit)}", method: "daily"),
            """
            CONF-019: purchases of a pay-later line are billed by statements, at method \
            (Config/products/instalment-loan.yaml:2:9); use statement-cycle
            """),
        FaultyConfiguration(
            "statements of nothing", "products/instalment-loan.yaml",
            line("line: {kind: revolving, \(limit)}", method: "statement-cycle"),
            """
            CONF-019: statement-cycle has no statements to bill by, at method \
            (Config/products/instalment-loan.yaml:2:9); it belongs to a product with line.kind: \
            pay-later
            """),
        FaultyConfiguration(
            "free of interest for too long", "products/instalment-loan.yaml",
            line(
                "line: {kind: pay-later, statementDay: 1, dueDay: 28, interestFreeDays: 56, "
                    + "\(limit)}", method: "statement-cycle"),
            """
            CONF-019: a purchase just after a statement would be free of interest for 57 days, at \
            line.interestFreeDays (Config/products/instalment-loan.yaml:9:72); at most 56 are \
            named here; move dueDay nearer to statementDay
            """),
        FaultyConfiguration(
            "days that are none, and more than anybody may promise",
            "products/instalment-loan.yaml",
            line(
                "line: {kind: pay-later, statementDay: 29, dueDay: 0, interestFreeDays: 60, "
                    + "\(limit)}", method: "statement-cycle"),
            """
            CONF-011: "29" is outside the limits, at line.statementDay \
            (Config/products/instalment-loan.yaml:9:39); it needs a whole number from 1 to 28
            CONF-011: "0" is outside the limits, at line.dueDay \
            (Config/products/instalment-loan.yaml:9:51); it needs a whole number from 1 to 28
            CONF-011: "60" is outside the limits, at line.interestFreeDays \
            (Config/products/instalment-loan.yaml:9:72); it needs a whole number of days from 1 \
            to 59
            """),
        FaultyConfiguration(
            "a conversion upside down", "products/instalment-loan.yaml",
            line(
                "line: {kind: pay-later, statementDay: 25, dueDay: 10, interestFreeDays: 46, "
                    + "conversion: {minimum: 12, maximum: 3}, \(limit)}",
                method: "statement-cycle"),
            """
            CONF-019: the maximum is below the minimum, at line.conversion.maximum \
            (Config/products/instalment-loan.yaml:9:112); it needs at least the value of minimum
            """),
    ]
}
