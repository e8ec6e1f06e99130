package import BusinessCalendar
package import LendingRules
package import Operations

/// Classes of claims and provisions in the store.
package struct SQLAssetClasses: AssetClassStore {
    private let engine: any SQLEngine

    /// The classes behind an engine.
    package init(engine: any SQLEngine) {
        self.engine = engine
    }

    package func isClassed(_ date: BusinessDate) async throws -> Bool {
        try await engine.read { connection in
            try connection.first(
                "SELECT 1 FROM close_step WHERE date = ?1 AND step = ?2",
                [.date(date), .text(CloseSteps.classes)]
            ) { row throws(StoreError) in try row.int64(0) } != nil
        }
    }

    package func rules(before date: BusinessDate) async throws -> [PartyID: String] {
        try await engine.read { connection in
            var rules: [PartyID: String] = [:]
            try connection.query(
                "SELECT lender, content FROM asset_rule WHERE date < ?1 ORDER BY lender, date",
                [.date(date)]
            ) { row throws(StoreError) in rules[try row.party(0)] = try row.text(1) }
            return rules.filter { !$0.value.isEmpty }
        }
    }

    package func classedLoans(
        in shards: Range<Int>, before date: BusinessDate
    ) async throws -> [LoanID] {
        try await engine.read { connection in
            try connection.all(
                """
                SELECT shard, loan FROM asset_class WHERE shard >= ?1 AND shard < ?2 AND date < ?3
                UNION
                SELECT shard, loan FROM provision WHERE shard >= ?1 AND shard < ?2 AND date < ?3
                ORDER BY 1, 2
                """,
                [
                    .int64(Int64(shards.lowerBound)), .int64(Int64(shards.upperBound)),
                    .date(date),
                ]
            ) { row throws(StoreError) in try row.loan(1) }
        }
    }

    package func observationsEnding(on date: BusinessDate) async throws -> [LoanID] {
        try await engine.read { connection in
            try connection.all(
                """
                SELECT DISTINCT c.loan FROM asset_class c
                WHERE c.\(AssetClassCodes.isObserved) AND c.observed_until = ?1
                    AND NOT EXISTS (SELECT 1 FROM asset_class n
                        WHERE n.shard = c.shard AND n.loan = c.loan AND n.lender = c.lender
                            AND n.date > c.date)
                ORDER BY c.loan
                """, [.date(date)]
            ) { row throws(StoreError) in try row.loan(0) }
        }
    }

    package func loans(of borrowers: [String]) async throws -> [LoanID] {
        try await engine.read { connection in
            var loans: [LoanID] = []
            for borrower in borrowers {
                loans += try connection.all(
                    """
                    SELECT l.loan FROM loan l
                    JOIN loan_anchor a ON a.shard = l.shard AND a.loan = l.loan
                    WHERE l.borrower = ?1 ORDER BY l.loan
                    """, [.text(borrower)]
                ) { row throws(StoreError) in try row.loan(0) }
            }
            return loans
        }
    }

    package func kept(
        of loans: [LoanID], before date: BusinessDate
    ) async throws -> [ClaimKey: KeptClaim] {
        try await engine.read { connection in
            var kept: [ClaimKey: KeptClaim] = [:]
            for loan in loans {
                let claims = try AssetClassRows.kept(of: loan, before: date, connection)
                kept.merge(claims) { _, later in later }
            }
            return kept
        }
    }

    package func classChanges(
        of lender: PartyID, on date: BusinessDate
    ) async throws -> [AssetClassChange] {
        try await engine.read { connection in
            try connection.all(
                AssetClassRows.changes + """
                    WHERE c.date = ?1 AND c.lender = ?2 AND c.class_before <> c.class_after
                    ORDER BY c.loan
                    """, [.date(date), .text(lender.name)], AssetClassRows.readChange)
        }
    }

    package func post(_ day: AssetClassDay) async throws {
        try await engine.write { connection in
            try OpenDate.hold(connection)
            let isNew = try CloseSteps.mark(
                CloseSteps.classes, day.date, 0..<Int(shardCount), connection)
            guard isNew else { return }
            try Self.insert(day, connection)
        }
    }

    private static func insert(
        _ day: AssetClassDay, _ connection: borrowing Connection
    ) throws(StoreError) {
        try connection.bulkInsert(into: .assetRule, rows: day.rules.count) {
            index, writer throws(StoreError) in
            writer.text(day.rules[index].lender.name)
            writer.date(day.rules[index].date)
            writer.text(day.rules[index].text)
        }
        try connection.bulkInsert(into: .assetClass, rows: day.changes.count) {
            index, writer throws(StoreError) in AssetClassRows.write(day.changes[index], writer)
        }
        try connection.bulkInsert(into: .provision, rows: day.provisions.count) {
            index, writer throws(StoreError) in
            AssetClassRows.write(day.provisions[index], writer)
        }
        try connection.bulkInsert(into: .ledger, rows: day.ledger.count) {
            index, writer throws(StoreError) in LedgerRows.write(day.ledger[index], writer)
        }
    }
}
