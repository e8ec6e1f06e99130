package import BusinessCalendar
package import LendingRules
package import Operations
package import Portfolio

/// The loan book in the store as a close reads and writes it.
package struct SQLLoanBook: LoanBook {
    private let engine: any SQLEngine

    /// The book behind an engine.
    package init(engine: any SQLEngine) {
        self.engine = engine
    }

    package func openSlices(_ date: BusinessDate) async throws -> [Range<Int>] {
        try await engine.read { connection in
            let posted = try CloseSteps.posted(date, connection)
            let loans = try connection.first(
                "SELECT count(*) FROM loan_anchor WHERE is_live = 1"
            ) { row throws(StoreError) in try row.count(0) }
            return SliceCut(liveLoans: loans ?? 0).open(after: posted)
        }
    }

    package func anchors(in shards: Range<Int>) async throws -> [LoanAnchor] {
        try await engine.read { connection in
            try connection.all(
                LoanAnchors.select
                    + "WHERE shard >= ?1 AND shard < ?2 AND is_live = 1 ORDER BY shard, loan",
                [.int64(Int64(shards.lowerBound)), .int64(Int64(shards.upperBound))],
                LoanAnchors.read)
        }
    }

    package func touched(
        in shards: Range<Int>, on date: BusinessDate
    ) async throws -> [LoanID] {
        try await engine.read { connection in
            try connection.all(
                """
                SELECT DISTINCT shard, loan FROM fact
                WHERE booking_date = ?1 AND shard >= ?2 AND shard < ?3 ORDER BY shard, loan
                """,
                [
                    .date(date), .int64(Int64(shards.lowerBound)),
                    .int64(Int64(shards.upperBound)),
                ]
            ) { row throws(StoreError) in try row.loan(1) }
        }
    }

    package func dossiers(
        _ loans: [LoanID], bookedThrough date: BusinessDate
    ) async throws -> [LoanDossier] {
        try await engine.read { connection in
            var dossiers: [LoanDossier] = []
            for loan in loans {
                dossiers.append(
                    try LoanDossiers.dossier(of: loan, bookedThrough: date, connection))
            }
            return dossiers
        }
    }

    /// Throws `StoreError.overtaken` when another cut of the same shards is posted.
    package func post(_ slice: SliceResult) async throws {
        try await engine.write { connection in
            let posted = try CloseSteps.posted(slice.date, connection)
            if posted.contains(slice.shards) { return }
            guard !posted.contains(where: { $0.overlaps(slice.shards) }) else {
                throw StoreError.overtaken(record: "the close of \(slice.date)")
            }
            try CloseSteps.mark(CloseSteps.post, slice.date, slice.shards, connection)
            try Self.insert(slice, connection)
        }
    }

    private static func insert(
        _ slice: SliceResult, _ connection: borrowing Connection
    ) throws(StoreError) {
        try connection.bulkInsert(into: .ledger, rows: slice.ledger.count) {
            index, writer throws(StoreError) in LedgerRows.write(slice.ledger[index], writer)
        }
        try connection.bulkInsert(into: .distribution, rows: slice.distributions.count) {
            index, writer throws(StoreError) in
            DistributionRows.write(slice.distributions[index], writer)
        }
        try connection.bulkInsert(into: .factLine, rows: slice.factLines.count) {
            index, writer throws(StoreError) in FactLines.write(slice.factLines[index], writer)
        }
        try connection.bulkInsert(into: .lenderBalance, rows: slice.balances.count) {
            index, writer throws(StoreError) in
            LenderBalances.write(slice.balances[index], writer)
        }
        try connection.bulkInsert(into: .distributionPart, rows: slice.parts.count) {
            index, writer throws(StoreError) in
            DistributionParts.write(slice.parts[index], writer)
        }
        try connection.bulkInsert(into: .statusChange, rows: slice.statusChanges.count) {
            index, writer throws(StoreError) in
            StatusChanges.write(slice.statusChanges[index], writer)
        }
        try connection.batch(
            Table.loanAnchor.insertionOrReplacement, rows: slice.anchors.count
        ) { index, writer throws(StoreError) in
            LoanAnchors.write(slice.anchors[index], writer)
        }
    }
}
