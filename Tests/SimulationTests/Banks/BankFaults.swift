/// How a bank misbehaves on the wire and in its files.
struct BankFaults: Sendable {
    /// As the bank's back door takes it.
    let text: String

    /// As the clearing's back door takes it.
    let ofClearing: String

    private init(
        transport: [String], files: [String] = [], clearing: [String] = [],
        payouts: [String] = []
    ) {
        ofClearing =
            "{\"transport\": [\(payouts.joined(separator: ", "))], "
            + "\"files\": [\(clearing.joined(separator: ", "))]}"
        text =
            "{\"transport\": [\(transport.joined(separator: ", "))], "
            + "\"files\": [\(files.joined(separator: ", "))]}"
    }

    static let none = BankFaults(transport: [])

    /// Every kind of fault, often. A late answer comes later than the platform's patience.
    static let many = BankFaults(
        transport: [
            #"{"kind": "drop-after-commit", "probability": "15%", "connection": "either"}"#,
            #"{"kind": "drop-before-reading", "probability": "8%", "connection": "either"}"#,
            #"{"kind": "busy", "probability": "8%", "status": 503}"#,
            #"{"kind": "late-answer", "probability": "5%", "delayMilliseconds": 3500, "#
                + #""budget": 1}"#,
        ],
        files: [
            #"{"kind": "cent-off", "file": "balances.csv", "probability": "4%"}"#,
            #"{"kind": "cent-off", "file": "repayments.csv", "probability": "4%"}"#,
            #"{"kind": "missing-line", "file": "repayments.csv", "probability": "4%"}"#,
            #"{"kind": "doubled-line", "file": "disbursements.csv", "probability": "4%"}"#,
            #"{"kind": "dated-later", "file": "repayments.csv", "probability": "4%"}"#,
        ],
        clearing: [
            "missing-line", "doubled-line", "cent-off", "fee-twice", "payment-lost",
            "late-transfer", "transfer-off", "settlement-late", "settlement-part",
            "settlement-returned", "settlement-off", "settlement-doubled",
        ].map { "{\"kind\": \"\($0)\", \"probability\": \"12%\"}" } + [
            #"{"kind": "payout-failed", "probability": "35%"}"#,
            #"{"kind": "payout-returned", "probability": "10%"}"#,
        ],
        payouts: [
            #"{"kind": "drop-after-commit", "probability": "15%", "connection": "either"}"#,
            #"{"kind": "drop-before-reading", "probability": "8%", "connection": "either"}"#,
            #"{"kind": "busy", "probability": "8%", "status": 503}"#,
        ])

    /// Books a request, then drops the connection without an answer.
    static func dropsAfterCommit(_ probability: String) -> BankFaults {
        let drop = """
            {"kind": "drop-after-commit", "probability": "\(probability)", "connection": "fin"}
            """
        return BankFaults(transport: [drop], payouts: [drop])
    }

    /// Books a request and answers so many milliseconds later.
    static func answersLate(_ milliseconds: Int) -> BankFaults {
        BankFaults(transport: [
            """
            {"kind": "late-answer", "probability": "100%", "delayMilliseconds": \(milliseconds)}
            """
        ])
    }
}
