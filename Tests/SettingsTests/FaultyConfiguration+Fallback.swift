extension FaultyConfiguration {
    /// The smallest configuration with a line more behind `onRefusal`, which is line 13.
    private static func rerouted(_ name: String, _ line: String, _ messages: String)
        -> FaultyConfiguration
    {
        FaultyConfiguration(
            name, "agreements/harbor-70-30.yaml", "backdateDays: 30", "\(line)\nbackdateDays: 30",
            messages)
    }

    private static func bank(_ name: String, _ line: String, _ messages: String)
        -> FaultyConfiguration
    {
        FaultyConfiguration(
            name, "parties/harbor.yaml", "inFlight: 64", "\(line)\ninFlight: 64", messages)
    }

    /// Ways of a share past a bank that refuses it or does not answer.
    static let fallbacks = [
        rerouted(
            "a fallback that nobody knows", "fallback: [habor]",
            """
            CONF-012: no party is called habor, at fallback[1] \
            (Config/agreements/harbor-70-30.yaml:14:12); did you mean harbor? known are \
            harbor, platform
            """),
        rerouted(
            "a bank asked twice", "fallback: [harbor, harbor]",
            """
            CONF-014: the bank harbor stands twice, at fallback[2] \
            (Config/agreements/harbor-70-30.yaml:14:20); keep one
            """),
        rerouted(
            "the platform among the banks", "fallback: [harbor, platform]",
            """
            CONF-019: platform is of kind platform, at fallback[2] \
            (Config/agreements/harbor-70-30.yaml:14:20); only banks are asked in its place; \
            onRefusal names the platform
            """),
        rerouted(
            "a part that is neither accepted nor not", "partialAcceptance: some",
            """
            CONF-010: "some" is no choice, at partialAcceptance \
            (Config/agreements/harbor-70-30.yaml:14:20); it needs one of true, false
            """),
        bank(
            "a doubt of no days", "inDoubtDays: 0",
            """
            CONF-011: "0" is outside the limits, at inDoubtDays \
            (Config/parties/harbor.yaml:13:14); it needs a whole number of days from 1 to 365
            """),
        bank(
            "a key that nobody keeps", "keyWindowDays: 0",
            """
            CONF-011: "0" is outside the limits, at keyWindowDays \
            (Config/parties/harbor.yaml:13:16); it needs a whole number of days from 1 to 3650
            """),
        bank(
            "a request given up when its key is forgotten", "keyWindowDays: 2\ninDoubtDays: 3",
            """
            CONF-019: a request is given up after 3 days, at inDoubtDays \
            (Config/parties/harbor.yaml:14:14); its bank keeps its key for 2 (keyWindowDays), \
            and what it no longer knows it cannot reverse; give it up by then
            """),
        bank(
            "days that are none", "inDoubtDays: soon",
            """
            CONF-010: "soon" is no whole number, at inDoubtDays \
            (Config/parties/harbor.yaml:13:14); it needs a whole number of days from 1 to 365
            """),
    ]
}
