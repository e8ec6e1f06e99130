// A clearing house as a scenario file describes it. Mocks/README.md explains the keys.
import Yams

/// What can go wrong with money under way. Where it says "file" the money is right.
package enum ClearingFaultKind: String, CaseIterable, Sendable {
    /// The file lacks a payment; its money comes all the same.
    case missingLine = "missing-line"
    /// The file has a payment twice; its money comes once.
    case doubledLine = "doubled-line"
    /// The file states a payment a cent higher; the money is right.
    case centOff = "cent-off"
    /// A payment's fee is charged twice, in the file and in the money.
    case feeTwice = "fee-twice"
    /// A payment is lost: neither in the file nor in the money.
    case paymentLost = "payment-lost"
    /// A transfer reaches the account a day later.
    case lateTransfer = "late-transfer"
    /// The account is credited a cent less than was transferred.
    case transferOff = "transfer-off"
    /// A settlement's transfer reaches the account a day later.
    case settlementLate = "settlement-late"
    /// Half of a settlement's transfer is made, and nothing more.
    case settlementPart = "settlement-part"
    /// A settlement's transfer comes back the day after.
    case settlementReturned = "settlement-returned"
    /// A settlement's transfer is a cent short.
    case settlementOff = "settlement-off"
    /// The statement has a settlement's line twice; the money moved once.
    case settlementDoubled = "settlement-doubled"
    /// A payout fails; tried again it is drawn again.
    case payoutFailed = "payout-failed"
    /// A payout comes back two days later.
    case payoutReturned = "payout-returned"

    /// Kinds that strike a payment's line.
    static let ofLines: Set<ClearingFaultKind> = [
        .missingLine, .doubledLine, .centOff, .feeTwice, .paymentLost,
    ]

    /// Kinds that strike a settlement's transfer, tried in order.
    static let ofTransfers: [ClearingFaultKind] = [
        .settlementLate, .settlementPart, .settlementReturned, .settlementOff, .settlementDoubled,
    ]
}

/// One fault of the clearing house and how often it strikes.
package struct ClearingFault: Sendable {
    let kind: ClearingFaultKind
    let probability: Probability
    let budget: Int?
}

/// What the house keeps of each payment.
package struct ChannelFee: Sendable {
    /// Minor units of every line.
    let fixed: Int64
    /// Thousandths of a percent of the gross.
    let percentThousandths: Int64

    /// The fee of a payment, half up; of what is taken back there is none.
    func fee(of gross: Int64) -> Int64 {
        guard gross > 0 else { return 0 }
        let part = (Int128(gross) * Int128(percentThousandths) * 2 + 100_000) / 200_000
        return fixed + Int64(clamping: part)
    }
}

/// A clearing house: payment channel and account bank in one process.
package struct ClearingScenario: Sendable {
    let party: String
    let currency: Currency
    let startDate: Day
    let fee: ChannelFee
    /// Days between a collection's date and its transfer's.
    let transitDays: Int
    let secretNames: KeyNames
    let faults: ClearingFaults
    let clockSkewSeconds: Int
    let tls: TLSRules?

    private static let keys = [
        "kind", "party", "currency", "startDate", "fee", "transitDays", "signing", "faults",
        "clockSkewSeconds", "tls",
    ]

    /// Reads a scenario; throws all of its faults at once, `file` names it in messages.
    package init(yaml: String, file: String) throws(ScenarioFaults) {
        let node = try Scenario.compose(yaml, file: file)
        let found = FaultCollector(file: file)
        let root = Section(node, path: "", allowed: ClearingScenario.keys, found)
        let party = root.value("party", "a name", default: nil) { $0.isEmpty ? nil : $0 }
        let currency = root.value("currency", "a known ISO 4217 code", default: nil) {
            Currency($0)
        }
        startDate =
            root.value("startDate", "a date", default: Day("2026-01-01"), Day.init)
            ?? Day(number: 0)
        fee = ChannelFee(root.section("fee", allowed: ["fixed", "percent"]), currency)
        transitDays = root.whole("transitDays", default: 1, in: 0...10) ?? 1
        secretNames = KeyNames(root)
        faults = ClearingFaults(root.section("faults", allowed: ClearingFaults.keys))
        clockSkewSeconds = root.clockSkew
        tls = TLSRules(root)
        try found.throwIfAny()
        guard let party, let currency else {
            throw ScenarioFaults(messages: ["\(file):1:1: no party or currency"])
        }
        self.party = party
        self.currency = currency
    }
}

/// All faults of a clearing house in force.
package struct ClearingFaults: Sendable {
    /// Faults of the connection when payouts are asked for, tried in order.
    let transport: [TransportFault]
    /// Faults that strike before a body is read.
    let unread: [TransportFault]
    /// Faults of money and files, tried in order; a line takes at most one.
    let money: [ClearingFault]

    static let keys = ["transport", "files"]

    /// Reads a fault set of its own, YAML or JSON; throws all faults at once.
    package init(yaml: String, file: String) throws(ScenarioFaults) {
        let found = FaultCollector(file: file)
        let node = try Scenario.compose(yaml, file: file)
        self.init(Section(node, path: "", allowed: ClearingFaults.keys, found))
        try found.throwIfAny()
    }

    init(_ section: Section) {
        let connection = FaultSet.transport(section)
        transport = connection.filter { $0.kind != .resetUnread }
        unread = connection.filter { $0.kind == .resetUnread }
        money = section.list("files", allowed: ["kind", "probability", "budget"]).compactMap {
            entry in
            let kind: ClearingFaultKind? = entry.choice("kind", default: nil)
            let probability = entry.probability("probability", default: nil)
            return kind.map {
                ClearingFault(kind: $0, probability: probability, budget: entry.budget)
            }
        }
    }
}

extension ChannelFee {
    fileprivate init(_ section: Section, _ currency: Currency?) {
        fixed =
            section.value("fixed", "an amount that is not negative", default: 0) { text in
                currency?.minorUnits(text).flatMap { $0 >= 0 ? $0 : nil }
            } ?? 0
        percentThousandths =
            section.value("percent", "a percentage with at most 3 decimals", default: 0) { text in
                Exact(text).flatMap {
                    $0.scale <= 1_000 && $0.units <= 100 * $0.scale
                        ? $0.units * (1_000 / $0.scale) : nil
                }
            } ?? 0
    }
}
