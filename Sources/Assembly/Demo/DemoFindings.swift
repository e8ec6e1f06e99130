import BusinessCalendar
import LendingRules
import Monetary
import Operations
import Reconciling
import PartnerGateway
import Settings

/// What a demo found out: the platform's side held against the banks' own diaries and books.
struct DemoFindings: Sendable {
    let funding: FundingReport
    let requests: Int
    let doubleFunded: Int
    let breaks: [KeptBreak]
    let faults: [InjectedFault]
    /// Those that were instructed: nothing is transferred for a net of zero or a small one.
    let instructions: [Settlement]
    let losses: DemoLosses
    /// Nil when the books balance.
    let imbalance: String?
    /// Nil when verify passes.
    let divergence: String?
    let digest: String

    /// A fault a bank says it injected, and whether it was found and named.
    struct InjectedFault: Hashable, Sendable {
        let bank: String
        let kind: String
        /// Whether the fault lies in a file rather than on the wire.
        let isInFile: Bool
        /// The break's likely cause or the funding outcome; nil when nobody noticed.
        let named: String?
    }

    static func gather(
        _ application: Application, _ banks: [BankProcess], funding: FundingReport
    ) async throws -> DemoFindings {
        let stores = application.stores
        let breaks = try await stores.breaks.breaks(party: nil, state: nil)
        let held = try await stores.audit.requests()
        let sent = SentKeys(requests: held, payouts: try await stores.audit.payouts().map(\.held))
        var faults: [InjectedFault] = []
        var doubleFunded = 0
        let last = try await stores.days.status().lastClosed?.date
        for bank in banks {
            faults += try await injected(by: bank, breaks, sent, through: last)
            doubleFunded += try await bank.bookedRequests().count {
                ($0["executions"]?.integer ?? 0) > 1
            }
        }
        let balances = try await stores.books.balances(through: nil)
        let verified = try await application.verify()
        let settlements = try await stores.settlements.settlements()
        return DemoFindings(
            funding: funding, requests: held.count, doubleFunded: doubleFunded, breaks: breaks,
            faults: faults,
            instructions: settlements.filter {
                $0.events.contains { $0.event == .instructed }
            },
            losses: try DemoLosses(
                try await stores.books.factLines(from: nil, through: nil), settlements,
                application.configuration.platform.currency),
            imbalance: application.imbalance(of: balances),
            divergence: verified.exit == nil ? nil : verified.lines.first,
            digest: try await application.digest())
    }

    private static func injected(
        by bank: BankProcess, _ breaks: [KeptBreak], _ sent: SentKeys,
        through last: BusinessDate?
    ) async throws -> [InjectedFault] {
        try await bank.journal().compactMap { entry in
            guard entry["event"]?.text == "fault", let kind = entry["fault"]?.text else {
                return nil
            }
            if let file = entry["file"]?.text {
                // What strikes a statement of tomorrow nobody can have seen.
                guard let date = entry["date"]?.text.flatMap({ BusinessDate($0) }),
                    last.map({ date <= $0 }) ?? false
                else { return nil }
                let found = breaks.first {
                    $0.party.name.hasPrefix(bank.name) && $0.file + ".csv" == file
                        && $0.firstDate == date
                        && $0.key.joined(separator: ",") == entry["record"]?.text
                }
                return InjectedFault(
                    bank: bank.name, kind: kind, isInFile: true,
                    named: found.flatMap { $0.cause == .unknown ? nil : $0.cause.rawValue })
            }
            return InjectedFault(
                bank: bank.name, kind: kind, isInFile: false,
                named: sent.outcome(of: entry["key"]?.text ?? ""))
        }
    }

    /// Breaks without a cause, and file faults nobody found.
    var unexplained: Int {
        breaks.count { $0.cause == .unknown } + faults.count { $0.named == nil }
    }

    /// What each partner was paid in all, or will be by what is under way; below zero when it
    /// pays. What came back or was not paid is an instruction of its own and counts once.
    ///
    /// - Throws: `SettlementRefusal` when a settlement contradicts itself.
    func nets() throws -> [NetPosition] {
        var sums: [PartyID: [Currency: Int64]] = [:]
        for instruction in instructions {
            let machine = try instruction.machine()
            sums[instruction.id.party, default: [:]][instruction.id.currency, default: 0] +=
                machine.received + machine.inTransit
        }
        return sums.flatMap { party, amounts in
            amounts.map { NetPosition(party: party, currency: $0.key, amount: $0.value) }
        }.sorted { ($0.party, $0.currency) < ($1.party, $1.currency) }
    }

    /// How many of a partner's instructions stand where; of all when none is named.
    ///
    /// - Throws: `SettlementRefusal` when a settlement contradicts itself.
    func count(_ state: SettlementState, of party: PartyID? = nil) throws -> Int {
        try instructions.count {
            try (party == nil || $0.id.party == party) && $0.machine().state == state
        }
    }
}

/// What became of the keys under which something was sent.
private struct SentKeys {
    private var outcomes: [String: String] = [:]

    init(requests: [HeldRequest], payouts: [HeldPayout]) {
        for held in requests where !held.state.isDoubtful {
            outcomes[held.request.key] = "asked: \(held.state.rawValue)"
        }
        for held in payouts where ![.planned, .sent, .inDoubt].contains(held.state) {
            let tries = held.payout.number == 1 ? "" : ", try \(held.payout.number)"
            outcomes[held.payout.key] = "asked: \(held.state.rawValue)\(tries)"
        }
    }

    /// Nil while nobody knows it.
    func outcome(of key: String) -> String? { outcomes[key] }
}
