package import BusinessCalendar
package import LendingRules
package import Operations

/// What `verify` reads, from the store.
package struct SQLAuditSource: AuditSource {
    let engine: any SQLEngine

    /// The source behind an engine.
    package init(engine: any SQLEngine) {
        self.engine = engine
    }

    package func closedDays() async throws -> [ClosedDay] {
        try await engine.read { connection in
            try connection.all(ClosedDays.select + " ORDER BY date", [], ClosedDays.read)
        }
    }

    package func dossiers(after loan: LoanID?, limit: Int) async throws -> [LoanDossier] {
        try await engine.read { connection in
            let start: [SQLValue] = loan.map { SQLValue.loan($0) } ?? [-1, ""]
            let loans = try connection.all(
                """
                SELECT loan FROM loan WHERE (shard > ?1 OR shard = ?1 AND loan > ?2)
                    AND shard >= ?1 AND disbursed_on IS NOT NULL
                ORDER BY shard, loan LIMIT ?3
                """, start + [.int64(Int64(limit))]
            ) { row throws(StoreError) in try row.loan(0) }
            var dossiers: [LoanDossier] = []
            for loan in loans {
                dossiers.append(
                    try LoanDossiers.dossier(of: loan, bookedThrough: nil, connection))
            }
            return dossiers
        }
    }

    package func dossierCount() async throws -> Int {
        try await engine.read { connection in
            try connection.first("SELECT COUNT(*) FROM loan WHERE disbursed_on IS NOT NULL") {
                row throws(StoreError) in try row.count(0)
            } ?? 0
        }
    }

    package func requests() async throws -> [HeldRequest] {
        try await engine.read { connection in
            try connection.all(
                HeldRequests.select + "ORDER BY r.request_key", [], HeldRequests.read)
        }
    }

    package func balances(on date: BusinessDate) async throws -> [LenderBalance] {
        try await engine.read { connection in
            try connection.all(
                "SELECT \(LenderBalances.columns) FROM lender_balance b WHERE b.date = ?1"
                    + " ORDER BY b.loan, b.lender", [.date(date)], LenderBalances.read)
        }
    }

    package func resolutions() async throws -> [String: [Resolution]] {
        try await engine.read { connection in try ResolutionRows.all(connection) }
    }

    package func digest() async throws -> String {
        try await engine.read { connection in try StoreDigest.hexadecimal(connection) }
    }
}
