extension FaultyConfiguration {
    /// How many persons change a configuration.
    static let changes = [
        FaultyConfiguration(
            "no choice of persons", "platform.yaml", "currency: USD",
            "currency: USD\nchanges: three-person",
            """
            CONF-010: "three-person" is no choice of persons, at changes \
            (Config/platform.yaml:8:10); did you mean two-person? it needs one of \
            single, two-person
            """),
        FaultyConfiguration(
            "no choice of persons in a variable", "platform.yaml", .text("USD", with: "USD"),
            environment: ["COLEND_CHANGES": "nobody"],
            """
            CONF-010: "nobody" is no choice of persons, at changes \
            (environment COLEND_CHANGES); it needs one of single, \
            two-person
            """),
    ]
}
