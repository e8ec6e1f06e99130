internal import Bookkeeping
package import BusinessCalendar
internal import LendingRules
package import Operations

/// The ledger by date, kind and agreement, in the store.
package struct SQLLedgerSums: LedgerSums {
    private let engine: any SQLEngine

    /// The ledger behind an engine.
    package init(engine: any SQLEngine) {
        self.engine = engine
    }

    package func sums(from: BusinessDate, through: BusinessDate) async throws -> [LedgerSum] {
        try await engine.read { connection in
            try connection.all(
                """
                SELECT date, kind, agreement, book, account, counterparty, currency,
                    CAST(SUM(amount) AS BIGINT)
                FROM ledger WHERE date >= ?1 AND date <= ?2
                GROUP BY date, kind, agreement, book, account, counterparty, currency
                HAVING SUM(amount) <> 0
                ORDER BY date, kind, agreement, book, account, counterparty, currency
                """, [.date(from), .date(through)], Self.sum)
        }
    }

    private static func sum(_ row: borrowing Row) throws(StoreError) -> LedgerSum {
        let counterparty = try row.text(5)
        return LedgerSum(
            date: try row.date(0), kind: try row.named(1), agreement: try row.text(2),
            posting: Posting(
                book: BookID(try row.text(3)), account: try LedgerRows.account(row, 4),
                counterparty: counterparty.isEmpty ? nil : BookID(counterparty),
                currency: try row.currency(6), amount: try row.int64(7)))
    }
}
