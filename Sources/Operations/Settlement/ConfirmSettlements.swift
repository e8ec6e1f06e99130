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
