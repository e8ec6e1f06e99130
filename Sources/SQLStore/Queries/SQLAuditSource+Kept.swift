package import BusinessCalendar
package import LendingRules
private import Monetary
package import Operations
package import Portfolio

/// What is kept beside the ledger.
extension SQLAuditSource {
    /// The date whose close has begun and not finished.
    package func closingDate() async throws -> BusinessDate? {
        try await engine.read { connection in
            try connection.first("SELECT date FROM business_day WHERE state = 1") {
                row throws(StoreError) in try row.date(0)
            }
        }
    }

    /// Loans with everything their funding rests on.
    package func fundings(after loan: LoanID?, limit: Int) async throws -> [KeptFunding] {
        try await engine.read { connection in
            var payouts: [PayoutState?] = []
            let loans = try connection.all(
                """
                SELECT \(LoanRecords.columns), l.state, p.state FROM loan l
                LEFT JOIN payout p ON p.shard = l.shard AND p.loan = l.loan
                WHERE l.loan > ?1 ORDER BY l.loan LIMIT ?2
                """, [.text(loan?.text ?? ""), .int64(Int64(limit))]
            ) { row throws(StoreError) in
                let place = LoanRecords.end + 1
                payouts.append(
                    row.isNull(place) ? nil : try PayoutCodes.states.value(row, place))
                return try SQLFundingCases.readLoan(row)
            }
            let cases = try SQLFundingCases.cases(loans, connection)
            return zip(cases, payouts).map { KeptFunding(funding: $0, payout: $1) }
        }
    }

    /// Stored anchors by loan.
    package func anchors(of loans: [LoanID]) async throws -> [LoanID: LoanAnchor] {
        try await engine.read { connection in
            var anchors: [LoanID: LoanAnchor] = [:]
            for loan in loans {
                anchors[loan] = try connection.first(
                    LoanAnchors.select + "WHERE shard = ?1 AND loan = ?2", SQLValue.loan(loan),
                    LoanAnchors.read)
            }
            return anchors
        }
    }

    /// Loans whose state does not fit their facts.
    package func contradictoryLoans() async throws -> [LoanID] {
        try await engine.read { connection in
            try connection.all(
                """
                SELECT l.loan FROM loan l
                LEFT JOIN fact f ON f.shard = l.shard AND f.loan = l.loan AND f.kind = 0
                LEFT JOIN fact u ON u.shard = l.shard AND u.loan = l.loan AND u.\(Facts.undoes)
                LEFT JOIN payout p ON p.shard = l.shard AND p.loan = l.loan
                WHERE (f.value_date IS NULL) <> (l.disbursed_on IS NULL)
                    OR l.disbursed_on <> f.value_date
                    OR (l.state = ?1 OR l.\(LoanCodes.isTransferring))
                        <> (f.value_date IS NOT NULL AND u.kind IS NULL)
                    OR u.kind = 8 AND l.state <> ?2 OR u.kind > 8 AND l.state <> ?3
                    OR l.state IN (3, 5) AND p.state IS NULL
                    OR l.\(LoanCodes.isTransferring) AND EXISTS (SELECT 1 FROM fact t
                        WHERE t.shard = l.shard AND t.loan = l.loan AND t.kind = 11)
                    OR l.state = ?3 AND p.state IS NULL AND u.kind IS NULL
                ORDER BY l.loan
                """,
                [LoanState.disbursed, .cancelled, .payoutFailed].map {
                    .int64(LoanCodes.states.code($0))
                }
            ) { row throws(StoreError) in try row.loan(0) }
        }
    }

    /// Frozen obligations of a date.
    package func obligations(on date: BusinessDate) async throws -> [Obligation] {
        try await engine.read { connection in
            try connection.all(
                "SELECT date, party, currency, kind, amount FROM obligation WHERE date = ?1",
                [.date(date)], Obligations.read)
        }
    }

    /// Everything kept about settlements.
    package func keptSettlements() async throws -> KeptSettlements {
        try await engine.read { connection in
            KeptSettlements(
                settlements: try SettlementRows.read(connection),
                covered: try connection.all(
                    "SELECT party, currency, date, settles_on FROM settled_date"
                ) { row throws(StoreError) in
                    CoveredDate(
                        party: try row.party(0), currency: try row.currency(1),
                        date: try row.date(2), settlesOn: try row.date(3))
                }, receipts: try connection.all(Receipts.select, [], Receipts.read))
        }
    }

    /// Movements of all breaks.
    package func breakMovements() async throws -> [BookedMovement] {
        try await engine.read { connection in try BreakHistories.movements(connection) }
    }

    /// All breaks.
    package func keptBreaks() async throws -> [KeptBreak] {
        try await engine.read { connection in
            try connection.all(KeptBreaks.select + KeptBreaks.order, [], KeptBreaks.read)
        }
    }

    /// What has happened to every break.
    package func lives() async throws -> [String: [BookedBreakEvent]] {
        try await engine.read { connection in try BreakHistories.lives(connection) }
    }

    /// Payment lines of a date by instalment.
    package func distributionParts(on date: BusinessDate) async throws -> [DistributionPart] {
        try await engine.read { connection in
            try connection.all(
                "SELECT \(DistributionParts.columns) FROM distribution_part p"
                    + " WHERE p.posted_on = ?1", [.date(date)], DistributionParts.read)
        }
    }

    /// Changes of status of a date.
    package func statusChanges(on date: BusinessDate) async throws -> [StatusChange] {
        try await engine.read { connection in
            try connection.all(
                "SELECT \(StatusChanges.columns) FROM status_change c WHERE c.date = ?1",
                [.date(date)], StatusChanges.read)
        }
    }

    /// Kept files with the hash they were kept with.
    package func files(on date: BusinessDate) async throws -> [KeptFile] {
        try await engine.read { connection in
            try connection.all(
                """
                SELECT party, name, sha256, content FROM kept_file
                WHERE date = ?1 ORDER BY party, name
                """, [.date(date)]
            ) { row throws(StoreError) in
                KeptFile(
                    party: try row.party(0), name: try row.text(1), hash: try row.blob(2),
                    content: try row.blob(3))
            }
        }
    }
}
