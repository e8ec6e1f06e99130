/// The misfortunes of a round. Each rule has a name: it is what the report counts.
enum ChaosFaults {
    /// What goes wrong on the way to every bank, and back.
    static let transport = [
        rule("drop-before-reading", "0.8%", "connection: either"),
        rule("drop-after-commit", "1.2%", "connection: either"),
        rule(
            "reset-unread", "0.5%",
            "match: {method: POST, path: \"/v1/funding-requests*\"}, connection: either"),
        rule("empty-reply", "0.6%"),
        rule("empty-reply", "0.4%", "executes: false", name: "empty-reply-undone"),
        rule("garbage", "0.6%"),
        rule("random-data", "0.6%"),
        rule("malformed-chunk", "0.6%"),
        rule("truncated-body", "0.6%", "percent: 80"),
        rule(
            "truncated-body", "0.6%", "statesLength: false", name: "truncated-body-unstated"),
        rule("busy", "0.8%", "status: 429, retryAfterSeconds: 0", name: "too-many"),
        rule("busy", nil, "status: 429, sequence: {nth: 150}", name: "told-to-wait"),
        rule("busy", "0.2%", "status: 502, retryAfterSeconds: 0, burst: 5", name: "burst-of-502"),
        rule(
            "busy", "0.5%", "status: 500, retryAfterSeconds: 0, executes: true",
            name: "executed-and-500"),
        rule("late-answer", "0.4%", "delayMilliseconds: 1500"),
        rule("delay", "1%", "delayMilliseconds: 40", name: "delay-fixed"),
        rule("delay", "1%", "uniform: {from: 5, to: 80}", name: "delay-uniform"),
        rule(
            "delay", "1%", "lognormal: {median: 20, sigma: \"0.9\", atMost: 1400}",
            name: "delay-lognormal"),
        rule("bandwidth", "0.6%", "bytesPerSecond: 20000"),
        rule("dribble", "0.6%", "bytes: 40, everyMilliseconds: 2"),
        rule("clock-skew", "0.5%", "seconds: 400"),
        rule("drop-before-reading", "2%", "match: {call: query}", name: "lost-question"),
        rule("garbage", "2%", "match: {call: query}", name: "garbled-answer-to-question"),
    ]

    /// What a house does that has fallen silent: it carries out most of what it is asked for and
    /// answers next to nothing. These rules are off until then.
    static func silence(_ role: ChaosScenario.Role) -> [Fault] {
        let (asks, questions) =
            role == .channel ? ("payout", "payout-query") : ("[fund, batch]", "[query, reversal]")
        let name = role == .channel ? "silent-channel" : "silent"
        return [
            rule(
                "drop-before-reading", "25%", "match: {call: \(asks)}, connection: either",
                name: "\(name)-unread"),
            rule(
                "drop-after-commit", "80%", "match: {call: \(asks)}, connection: either",
                name: "\(name)-committed"),
            rule(
                "drop-before-reading", nil, "match: {call: \(questions)}, connection: either",
                name: "\(name)-question"),
        ]
    }

    /// What goes wrong on the way to the payment channel, and back.
    static let channel = [
        rule("drop-before-reading", "1.5%", "connection: either", name: "payout-unread"),
        rule("drop-after-commit", "2%", "connection: either", name: "payout-unanswered"),
        rule("garbage", "1%", name: "payout-garbage"),
        rule("truncated-body", "1%", "percent: 80", name: "payout-cut-short"),
        rule("busy", "1%", "status: 503, retryAfterSeconds: 0", name: "payout-turned-away"),
        rule(
            "busy", "1%", "status: 500, retryAfterSeconds: 0, executes: true",
            name: "payout-executed-and-500"),
        rule(
            "drop-before-reading", "3%", "match: {call: payout-query}",
            name: "payout-question-lost"),
    ]

    /// What becomes of payouts.
    static let payouts = [
        Fault(name: "payout-failed", description: "{kind: payout-failed, probability: \"4%\"}"),
        Fault(
            name: "payout-returned",
            description: "{kind: payout-returned, probability: \"2%\", budget: 6}"),
    ]

    /// What goes wrong with whole batches.
    static let batches = [
        rule(
            "drop-before-reading", "4%", "match: {call: batch}, connection: either",
            name: "batch-unread"),
        rule(
            "drop-after-commit", "6%", "match: {call: batch}, connection: either",
            name: "batch-unanswered"),
        rule("truncated-body", "6%", "match: {call: batch}, percent: 60", name: "batch-cut-short"),
        rule(
            "busy", "4%", "match: {call: batch}, status: 503, retryAfterSeconds: 0",
            name: "batch-turned-away"),
    ]

    /// Whole spells during which a bank is closed.
    static let closed = [
        rule(
            "maintenance", nil, "retryAfterSeconds: 0, sequence: {every: 700, lasting: 25}")
    ]

    /// What a careless bank gets wrong with the money.
    static let money = [
        rule("duplicate-execution", "0.5%"),
        rule("cent-off", "0.3%"),
        rule("cent-off", "0.5%", "in: answer", name: "cent-off-in-answer"),
        rule("wrong-currency", "0.3%"),
        rule("wrong-currency", "0.4%", "in: answer", name: "wrong-currency-in-answer"),
        rule("partial-funding", "0.4%", "percent: 60"),
        rule("unknown-for-a-while", "1%", "queries: 2"),
        rule("forgotten-key", "0.6%"),
        rule("held-request", "0.8%", "queries: 2"),
        rule(
            "held-request", "0.6%", "queries: 1, honoursReversal: false",
            name: "overtaken-request"),
    ]

    /// What befalls callbacks.
    static let post = [
        rule("callback-late", "8%", "delayMilliseconds: 400"),
        rule("callback-doubled", "8%", "times: 3"),
        rule("callback-reordered", "8%", "delayMilliseconds: 400"),
        rule("callback-forged", "6%"),
        rule("callback-lost", "8%"),
    ]

    /// What a bank with a wrong certificate or a day off is counted as.
    static let expired = "certificate-expired"
    static let wrongName = "certificate-wrong-name"
    static let holiday = "holiday"
    static let cutOff = "cut-off"

    /// Every name that a long enough run shows.
    static let planned =
        (transport + batches + closed + money + post + silence(.plain) + silence(.channel)
        + channel + payouts).map(\.name)
        + [expired, wrongName, holiday, cutOff]

    /// Those that may explain a difference between the books, if the platform names it.
    static let explaining = Set(money.map(\.name))

    /// One rule, written as YAML.
    struct Fault: Sendable, CustomStringConvertible {
        let name: String
        let description: String
    }

    private static func rule(
        _ kind: String, _ probability: String?, _ more: String = "", name: String? = nil
    ) -> Fault {
        let name = name ?? kind
        let parts = [
            "kind: \(kind)", "name: \(name)", probability.map { "probability: \"\($0)\"" },
            more.isEmpty ? nil : more,
        ]
        return Fault(
            name: name, description: "{\(parts.compactMap(\.self).joined(separator: ", "))}")
    }
}
