extension FaultyConfiguration {
    /// Values of parties, calendars and the chart.
    static let parties = [
        FaultyConfiguration(
            "a number that is none", "parties/harbor.yaml", "inFlight: 64", "inFlight: many",
            """
            CONF-010: "many" is no whole number, at inFlight (Config/parties/harbor.yaml:13:11); \
            it needs a whole number of requests from 1 to 4096
            """),
        FaultyConfiguration(
            "a number outside its limits", "parties/harbor.yaml", "inFlight: 64", "inFlight: 0",
            """
            CONF-011: "0" is outside the limits, at inFlight (Config/parties/harbor.yaml:13:11); \
            it needs a whole number of requests from 1 to 4096
            """),
        FaultyConfiguration(
            "a number beyond 64 bits", "parties/harbor.yaml", "askLimit: 3",
            "askLimit: 99999999999999999999",
            """
            CONF-011: "99999999999999999999" is outside the limits, at askLimit \
            (Config/parties/harbor.yaml:18:11); it needs a whole number of questions from 1 to \
            100
            """),
        FaultyConfiguration(
            "less time than for connecting", "parties/harbor.yaml", "10000", "1000",
            """
            CONF-019: the whole call has less time than its connecting, at \
            timeouts.totalMilliseconds (Config/parties/harbor.yaml:12:22); it needs at least the \
            2000 of connectMilliseconds
            """),
        FaultyConfiguration(
            "a secret in a file", "parties/harbor.yaml", "secretEnv: COLEND_HARBOR_SECRET",
            "secret: hunter2",
            """
            CONF-008: a key is missing, at signing.secretEnv (Config/parties/harbor.yaml:6:3); \
            it needs the name of an environment variable: capitals, digits and _
            CONF-016: a secret must not stand in a file, at signing.secret \
            (Config/parties/harbor.yaml:9:3); put it into the environment variable named by \
            signing.secretEnv, or into a file named by that variable with _FILE behind it
            """),
        FaultyConfiguration(
            "a secret in place of its variable", "parties/harbor.yaml", "COLEND_HARBOR_SECRET",
            "hunter2",
            """
            CONF-010: what stands there is no variable name, at signing.secretEnv \
            (Config/parties/harbor.yaml:9:14); it needs the name of an environment variable: \
            capitals, digits and _
            """),
        FaultyConfiguration(
            "plain http to another machine", "parties/harbor.yaml", "127.0.0.1", "bank.example",
            """
            CONF-017: plain http leads to another machine (bank.example), at endpoint \
            (Config/parties/harbor.yaml:4:11); use https; http only to 127.0.0.1, [::1] or \
            localhost
            """),
        FaultyConfiguration(
            "a name that only begins like this machine", "parties/harbor.yaml", "127.0.0.1",
            "127.0.0.1.bank.example",
            """
            CONF-017: plain http leads to another machine (127.0.0.1.bank.example), at endpoint \
            (Config/parties/harbor.yaml:4:11); use https; http only to 127.0.0.1, [::1] or \
            localhost
            """),
        FaultyConfiguration(
            "a password in an address", "parties/harbor.yaml", "http://127",
            "http://me:hunter2@127",
            """
            CONF-017: credentials stand inside the address, at endpoint \
            (Config/parties/harbor.yaml:4:11); requests are signed; leave user and password out
            """),
        FaultyConfiguration(
            "another scheme", "parties/harbor.yaml", "http://127", "ftp://127",
            """
            CONF-010: what stands there is no address, at endpoint \
            (Config/parties/harbor.yaml:4:11); it needs an address such as https://bank.example \
            or http://127.0.0.1:8101
            """),
        FaultyConfiguration(
            "a minimum below zero", "parties/harbor.yaml", "\"10\"", "\"-10\"",
            """
            CONF-011: "-10" is outside the limits, at settlement.minimum \
            (Config/parties/harbor.yaml:20:12); it needs an amount with at most 2 decimals, no \
            grouping
            """),
        FaultyConfiguration(
            "a minimum too fine", "parties/harbor.yaml", "\"10\"", "\"10.005\"",
            """
            CONF-010: "10.005" has more than 2 decimals, at settlement.minimum \
            (Config/parties/harbor.yaml:20:12); it needs an amount with at most 2 decimals, no \
            grouping
            """),
        FaultyConfiguration(
            "an unknown way of netting", "parties/harbor.yaml", "netting: all",
            "netting: per-typ",
            """
            CONF-010: "per-typ" is no way of netting, at settlement.netting \
            (Config/parties/harbor.yaml:21:12); did you mean per-type? it needs one of all, \
            per-type
            """),
        FaultyConfiguration(
            "a deposit that pays shares alone", "parties/harbor.yaml", "collect: request",
            "collect: deduct-from-reserve",
            """
            CONF-019: what is due is not taken from deposits, at settlement.collect \
            (Config/parties/harbor.yaml:22:12); use request or direct-debit; deposits pay \
            shares alone
            """),
        FaultyConfiguration(
            "an unknown rule for missing files", "parties/harbor.yaml", "ifMissing: hold",
            "ifMissing: guess",
            """
            CONF-010: "guess" is no rule for missing files, at settlement.ifMissing \
            (Config/parties/harbor.yaml:23:14); it needs one of hold, settle-ours
            """),
        FaultyConfiguration(
            "a settlement key nobody reads", "parties/harbor.yaml", "approval: automatic",
            "aproval: automatic",
            """
            CONF-007: unknown key, at settlement.aproval (Config/parties/harbor.yaml:24:3); did \
            you mean approval? allowed here: minimum, netting, collect, ifMissing, approval
            """),
        FaultyConfiguration(
            "every weekday free", "calendars/US.yaml", "[saturday, sunday]",
            "[monday, tuesday, wednesday, thursday, friday, saturday, sunday]",
            """
            CONF-019: every weekday is free, at weekend (Config/calendars/US.yaml:2:10); it \
            needs at least one working weekday
            """),
        FaultyConfiguration(
            "a holiday twice", "calendars/US.yaml", "2026-02-16", "2026-01-19",
            """
            CONF-014: 2026-01-19 stands twice, at holidays[3] (Config/calendars/US.yaml:6:5); \
            keep one
            """),
        FaultyConfiguration(
            "a weekday nobody knows", "calendars/US.yaml", "sunday", "sonday",
            """
            CONF-010: "sonday" is no weekday, at weekend[2] (Config/calendars/US.yaml:2:21); did \
            you mean monday? it needs one of monday, tuesday, wednesday, thursday, friday, \
            saturday, sunday
            """),
        FaultyConfiguration(
            "an account too few", "chart-of-accounts.yaml",
            "  - {number: 1310, name: Due to and from parties, kind: asset}\n", "",
            """
            CONF-015: account 1310 is missing, at accounts (Config/chart-of-accounts.yaml:3:3); \
            the rules post to it: add an entry with number, name and kind
            """),
        FaultyConfiguration(
            "an account twice", "chart-of-accounts.yaml", "  - {number: 1020",
            "  - {number: 1010, name: Till, kind: asset}\n  - {number: 1020",
            """
            CONF-014: account 1010 stands twice, at accounts[2].number \
            (Config/chart-of-accounts.yaml:4:14); keep one
            """),
        FaultyConfiguration(
            "a memorandum account in the balance sheet", "chart-of-accounts.yaml",
            "Commitments, kind: memorandum", "Commitments, kind: asset",
            """
            CONF-019: account 9010 is of kind asset, at accounts[42].kind \
            (Config/chart-of-accounts.yaml:44:45); memorandum accounts have the numbers from \
            9000 on, and only they
            """),
    ]
}
