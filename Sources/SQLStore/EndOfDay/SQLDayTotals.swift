package import BusinessCalendar
package import LendingRules
private import Monetary
package import Operations

/// What remains of a close after posting, in the store.
package struct SQLDayTotals: DayTotals {
    private let engine: any SQLEngine

    /// The totals behind an engine.
    package init(engine: any SQLEngine) {
        self.engine = engine
    }

    package func ledger(on date: BusinessDate) async throws -> [LedgerRow] {
        try await engine.read { connection in
            try connection.all(
                LedgerRows.select + "WHERE date = ?1 AND amount <> 0" + LedgerRows.order,
                [.date(date)], LedgerRows.read)
        }
    }

    package func freeze(_ obligations: [Obligation], on date: BusinessDate) async throws {
        try await engine.write { connection in
            try OpenDate.hold(connection)
            let isNew = try CloseSteps.mark(
                CloseSteps.obligations, date, 0..<Int(shardCount), connection)
            guard isNew else { return }
            try LimitClose.take(date, connection)
            try connection.bulkInsert(into: .obligation, rows: obligations.count) {
                index, writer throws(StoreError) in
                let obligation = obligations[index]
                writer.date(obligation.date)
                writer.text(obligation.party.name)
                writer.text(obligation.currency.code)
                writer.text(obligation.type.rawValue)
                writer.int64(obligation.amount)
            }
        }
    }
}
