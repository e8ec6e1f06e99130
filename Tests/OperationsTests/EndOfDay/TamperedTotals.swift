import Bookkeeping
import BusinessCalendar
import LendingRules
import Operations

/// Totals in which one row has a cent too much.
struct TamperedTotals: DayTotals {
    let store: MemoryStore

    func ledger(on date: BusinessDate) async throws -> [LedgerRow] {
        var rows = try await store.ledger(on: date)
        if let first = rows.first { rows[0] = first.of(first.posting.amount + 1) }
        return rows
    }

    func freeze(_ obligations: [Obligation], on date: BusinessDate) async throws {
        try await store.freeze(obligations, on: date)
    }
}
