package import Bookkeeping
package import BusinessCalendar
package import Operations

/// The ledger in the store as people ask about it.
package struct SQLBookQueries: BookQueries {
    private let engine: any SQLEngine

    /// The ledger behind an engine.
    package init(engine: any SQLEngine) {
        self.engine = engine
    }

    package func balances(through date: BusinessDate?) async throws -> [BookBalance] {
        try await engine.read { connection in
            try connection.all(
                """
                SELECT book, account, counterparty, currency, CAST(SUM(amount) AS BIGINT)
                FROM ledger WHERE date <= ?1 GROUP BY book, account, counterparty, currency
                ORDER BY book, account, counterparty, currency
                """, [.date(date ?? DateRange.last)]
            ) { row throws(StoreError) in
                let counterparty = try row.text(2)
                return BookBalance(
                    book: BookID(try row.text(0)), account: try LedgerRows.account(row, 1),
                    counterparty: counterparty.isEmpty ? nil : BookID(counterparty),
                    currency: try row.currency(3), amount: try row.int64(4))
            }
        }
    }

    package func entries(
        from: BusinessDate?, through: BusinessDate?, book: BookID?
    ) async throws -> [LedgerRow] {
        try await engine.read { connection in
            try connection.all(
                LedgerRows.select
                    + "WHERE date >= ?1 AND date <= ?2 AND (?3 = '' OR book = ?3) AND amount <> 0"
                    + LedgerRows.order,
                bounds(from, through) + [.text(book?.name ?? "")], LedgerRows.read)
        }
    }

    package func distributions(
        from: BusinessDate?, through: BusinessDate?
    ) async throws -> [DistributionRow] {
        try await engine.read { connection in
            try connection.all(
                "SELECT \(DistributionRows.columns) FROM distribution d"
                    + " WHERE d.posted_on >= ?1 AND d.posted_on <= ?2"
                    + " ORDER BY d.loan, d.line, d.lender, d.posted_on",
                bounds(from, through), DistributionRows.read)
        }
    }

    package func factLines(
        from: BusinessDate?, through: BusinessDate?
    ) async throws -> [FactLine] {
        try await engine.read { connection in
            try connection.all(
                "SELECT \(FactLines.columns) FROM fact_line x"
                    + " WHERE x.posted_on >= ?1 AND x.posted_on <= ?2"
                    + " ORDER BY x.loan, x.line, x.lender, x.posted_on",
                bounds(from, through), FactLines.read)
        }
    }

    private func bounds(_ from: BusinessDate?, _ through: BusinessDate?) -> [SQLValue] {
        [.date(from ?? DateRange.first), .date(through ?? DateRange.last)]
    }
}
