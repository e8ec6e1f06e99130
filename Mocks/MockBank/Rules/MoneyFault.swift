// What can go wrong with the money itself, or with what the bank says of it.

/// Kinds of faults of money.
package enum MoneyFaultKind: String, CaseIterable, Sendable {
    /// Money moves twice for one key.
    case duplicateExecution = "duplicate-execution"
    /// An amount that is a little off, in the bank's book or only in its answer.
    case centOff = "cent-off"
    /// Another currency, in the bank's book or only in its answer.
    case wrongCurrency = "wrong-currency"
    /// Only a part is funded.
    case partialFunding = "partial-funding"
    /// The bank has executed and says 404 for a while.
    case unknownForAWhile = "unknown-for-a-while"
    /// The bank has executed and says 410 at once.
    case forgottenKey = "forgotten-key"
    /// The request lies in a queue: no answer, 404, and it is executed later.
    case heldRequest = "held-request"
    case callbackLate = "callback-late"
    case callbackDoubled = "callback-doubled"
    /// Sent after the one that comes behind it.
    case callbackReordered = "callback-reordered"
    /// One that the bank did not send goes ahead of the real one.
    case callbackForged = "callback-forged"
    case callbackLost = "callback-lost"

    var isOfCallbacks: Bool { rawValue.hasPrefix("callback-") }
}

/// Where a wrong figure stands.
package enum WrongIn: String, CaseIterable, Sendable {
    /// The bank has booked it and stands by it.
    case book
    /// Only the answer to the request has it; the book is right.
    case answer
}

/// One fault of money and how often it strikes.
package struct MoneyFault: Ruled, Sendable {
    let kind: MoneyFaultKind
    let rule: Rule
    let wrongIn: WrongIn
    /// Minor units by which an amount is off.
    let minorUnits: Int
    let currency: String
    let percent: Int
    let queries: Int
    let delayMilliseconds: Int
    let times: Int
    /// Whether a reversal that came first stops a held request.
    let honoursReversal: Bool

    var kindName: String { kind.rawValue }
    var usualCalls: Set<Call> { kind.isOfCallbacks ? [.callback] : [.fund] }

    func canStrike(_ call: Call) -> Bool { usualCalls.contains(call) }

    /// Whether it shows when a request is decided: in the book, or in an answer that leaves.
    func shows(isPending: Bool, leaves: Bool) -> Bool {
        switch kind {
        case .unknownForAWhile, .forgottenKey: false
        case .duplicateExecution: !isPending
        default: wrongIn == .book || leaves
        }
    }

    /// What it does to a request that the bank accepts; nil for what is done elsewhere.
    func twist(_ head: RequestHead) -> Twist? {
        var twist = Twist()
        twist.isOnlyInAnswer = wrongIn == .answer
        switch kind {
        case .duplicateExecution: twist.executions = times
        case .centOff: twist.amount = max(1, head.amount + Int64(minorUnits))
        case .wrongCurrency: twist.currency = currency
        case .partialFunding: twist.amount = max(1, head.amount * Int64(percent) / 100)
        case .unknownForAWhile: twist.unknownQueries = queries
        case .forgottenKey: twist.isForgotten = true
        default: return nil
        }
        return twist
    }
}

/// How a decision was twisted by a fault of money; kept with the decision.
struct Twist: Equatable {
    /// Times the money moves.
    var executions = 1
    /// Another amount than asked for, in minor units.
    var amount: Int64?
    var currency: String?
    /// The book is right and only the first answer is wrong.
    var isOnlyInAnswer = false
    /// Queries that are answered 404 before the truth shows.
    var unknownQueries = 0
    var isForgotten = false
    /// The fault, when nothing of it shows at once: the journal names it when something does.
    var unseen: FaultName?

    init() {}

    var json: JSON {
        .record([
            "executions": .integer(executions), "amount": amount.map { .integer($0) },
            "currency": currency.map(JSON.string), "onlyInAnswer": .bool(isOnlyInAnswer),
            "unknownQueries": .integer(unknownQueries), "forgotten": .bool(isForgotten),
            "unseen": unseen.map { .string($0.kind) },
            "rule": unseen?.rule.map(JSON.string),
        ])
    }

    init?(_ json: JSON?) {
        guard let json, let executions = json["executions"]?.integer else { return nil }
        self.executions = executions
        amount = json["amount"]?.integer.map { Int64($0) }
        currency = json["currency"]?.text
        isOnlyInAnswer = json["onlyInAnswer"] == .bool(true)
        unknownQueries = json["unknownQueries"]?.integer ?? 0
        isForgotten = json["forgotten"] == .bool(true)
        unseen = json["unseen"]?.text.map { FaultName(kind: $0, rule: json["rule"]?.text) }
    }
}

/// How the journal names a fault.
struct FaultName: Equatable {
    let kind: String
    /// Name of its rule, when it has one.
    let rule: String?

    /// The name under which it is counted.
    var counted: String { rule ?? kind }
}

extension FaultSet {
    static func money(_ section: Section) -> [MoneyFault] {
        section.list("money", allowed: Rule.keys + MoneyFault.keys.flatMap(\.keys))
            .compactMap(MoneyFault.init)
    }
}

extension MoneyFault {
    fileprivate static let keys: [(keys: [String], kinds: Set<MoneyFaultKind>)] = [
        (["in"], [.centOff, .wrongCurrency, .partialFunding]),
        (["minorUnits"], [.centOff]),
        (["currency"], [.wrongCurrency]),
        (["percent"], [.partialFunding]),
        (["queries"], [.unknownForAWhile, .heldRequest]),
        (["delayMilliseconds"], [.callbackLate, .callbackReordered]),
        (["times"], [.duplicateExecution, .callbackDoubled]),
        (["honoursReversal"], [.heldRequest]),
    ]

    fileprivate init?(_ section: Section) {
        let kind: MoneyFaultKind? = section.choice("kind", default: nil)
        let rule = Rule(section, kind: kind?.rawValue ?? "", list: "money")
        guard let kind else { return nil }
        for (names, kinds) in MoneyFault.keys where !kinds.contains(kind) {
            for name in names where section.has(name) {
                section.faults.report(
                    section.child(name), "\(kind.rawValue) does not take \(name)")
            }
        }
        let currency = section.value("currency", "a known ISO 4217 code", default: "EUR") {
            Currency($0)?.code
        }
        self.init(
            kind: kind, rule: rule, wrongIn: section.choice("in", default: .book) ?? .book,
            minorUnits: section.whole("minorUnits", default: -1, in: -1_000_000...1_000_000) ?? -1,
            currency: currency ?? "EUR",
            percent: section.whole("percent", default: 50, in: 1...99) ?? 50,
            queries: section.whole("queries", default: 2, in: 0...1_000) ?? 2,
            delayMilliseconds: section.whole(
                "delayMilliseconds", default: 1_000, in: 0...600_000) ?? 1_000,
            times: section.whole("times", default: 2, in: 2...100) ?? 2,
            honoursReversal: section.flag("honoursReversal", default: true))
    }
}
