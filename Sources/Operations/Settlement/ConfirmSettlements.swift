import BusinessCalendar
package import LendingRules

/// Confirms instructed settlements from lines of the account's statement.
///
/// A line belongs to the settlement whose id stands in its remittance; it confirms the settlement
/// in whole or in part, or takes back what was confirmed. A line counts once for ever, by its bank
/// reference, and the order of the lines means nothing.
package struct ConfirmSettlements: Sendable {
    private let store: any SettlementStore & CashReceipts
    private let platform: PartyID
    private let surroundings: Surroundings

    package init(
        store: any SettlementStore & CashReceipts, platform: PartyID, surroundings: Surroundings
    ) {
        self.store = store
        self.platform = platform
        self.surroundings = surroundings
    }

    /// Takes lines in, all of those that settle something in one transaction.
    ///
    /// - Throws: ``SettlementFault/otherContent(bankRef:)`` when a line was taken in otherwise.
    package func run(_ lines: [CashReceipt], dryRun: Bool = false) async throws
        -> ConfirmationReport
    {
        let today = try await store.openDate()
        let known = try await store.receipts(lines.map(\.bankRef))
        for line in lines {
            if let kept = known[line.bankRef], kept != line {
                throw SettlementFault.otherContent(bankRef: line.bankRef)
            }
        }
        let new = lines.filter { known[$0.bankRef] == nil }
        var desk = ConfirmationDesk(
            try await store.settlements(), platform: platform, on: today)
        for line in Set(new) { desk.sort(line) }
        try desk.book()
        if !dryRun, !desk.taken.isEmpty {
            surroundings.crashPoint(.settlementBeforeConfirmation)
            try await store.record(desk.steps, receipts: desk.taken, on: today)
            surroundings.crashPoint(.settlementAfterConfirmation)
        }
        return ConfirmationReport(
            taken: desk.taken, settlements: desk.settlements,
            alreadyThere: lines.count - new.count,
            unknown: desk.unknown.sorted { $0.receipt.bankRef < $1.receipt.bankRef })
    }
}

/// Sorts statement lines to their settlements and books them.
private struct ConfirmationDesk {
    private let byText: [String: Settlement]
    private let platform: PartyID
    private let date: BusinessDate
    private var sorted: [SettlementID: [CashReceipt]] = [:]
    private(set) var taken: [CashReceipt] = []
    private(set) var unknown: [UnknownReceipt] = []
    private(set) var steps: [SettlementStep] = []
    private(set) var settlements: [Settlement] = []

    init(_ settlements: [Settlement], platform: PartyID, on date: BusinessDate) {
        byText = Dictionary(settlements.map { ($0.id.description, $0) }) { first, _ in first }
        self.platform = platform
        self.date = date
    }

    mutating func sort(_ line: CashReceipt) {
        let named = Set(line.words.compactMap { byText[$0]?.id })
        guard let id = named.first, named.count == 1 else {
            let reason =
                named.isEmpty ? "it names no settlement" : "it names several settlements"
            return unknown.append(UnknownReceipt(line, reason))
        }
        guard id.currency == line.currency else {
            return unknown.append(
                UnknownReceipt(line, "settlement \(id) is not in \(line.currency)"))
        }
        sorted[id, default: []].append(line)
    }

    /// - Throws: ``SettlementRefusal`` when what is kept contradicts itself.
    mutating func book() throws(SettlementRefusal) {
        for (id, lines) in sorted.sorted(by: { $0.key < $1.key }) {
            guard let settlement = byText[id.description] else { continue }
            var file = try SettlementFile(settlement, platform: platform, on: date)
            for line in lines.inOrder(whenPaying: settlement.amount > 0) {
                do throws(SettlementRefusal) {
                    try file.add(.received(0 - line.amount, bankRef: line.bankRef))
                    taken.append(line)
                } catch {
                    unknown.append(UnknownReceipt(line, "settlement \(id): \(error.reason)"))
                }
            }
            if file.steps.isEmpty { continue }
            steps += file.steps
            settlements.append(file.settlement)
        }
    }
}

extension [CashReceipt] {
    /// Transfers before returns, then by value date and reference: never by place in a file.
    fileprivate func inOrder(whenPaying isPaid: Bool) -> [CashReceipt] {
        func isReturn(_ line: CashReceipt) -> Bool { (line.amount > 0) == isPaid }
        return sorted {
            if isReturn($0) != isReturn($1) { return isReturn($1) }
            return ($0.valueDate, $0.bankRef) < ($1.valueDate, $1.bankRef)
        }
    }
}
