import BusinessCalendar
import LendingRules
import Reconciling

extension ReconcileCash {
    /// What lines that name settlements confirm, and what is to be said of them.
    ///
    /// - Parameter earlier: breaks that were open when the statement came.
    func settlements(
        _ lines: [Record], _ earlier: [KeptBreak], on date: BusinessDate
    ) async throws -> StatementSettlements {
        let before = try await reconciliations.breaks(of: clearing.account, on: date)
        return try StatementSettlements(
            lines, on: date,
            StatementSettlements.Known(
                settlements: try await settlements.settlements(),
                receipts: try await settlements.receipts(lines.map { $0.key[0] }),
                waiting: Set(earlier.flatMap(\.key)),
                awaited: Set(before.filter { $0.kind == .oursOnly }.flatMap(\.key))),
            clearing: clearing, platform: platform, today: try await store.openDate())
    }
}
