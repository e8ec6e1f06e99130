package import LendingRules
package import Operations

/// Loans in the store as people ask about them.
package struct SQLLoanQueries: LoanQueries {
    private let engine: any SQLEngine

    /// The loans behind an engine.
    package init(engine: any SQLEngine) {
        self.engine = engine
    }

    package func loans(after loan: LoanID?, limit: Int) async throws -> [LoanLine] {
        try await engine.read { connection in
            try connection.all(
                Self.select + " WHERE l.loan > ?1 ORDER BY l.loan LIMIT ?2",
                [.text(loan?.text ?? ""), .int64(Int64(limit))], Self.line)
        }
    }

    package func loan(_ id: LoanID) async throws -> LoanView? {
        try await engine.read { connection in
            let line = try connection.first(
                Self.select + " WHERE l.shard = ?1 AND l.loan = ?2", SQLValue.loan(id), Self.line)
            guard let line else { return nil }
            return LoanView(
                line: line, plan: try FundingShares.plan(of: id, connection),
                requests: try HeldRequests.all(of: line.record, connection),
                payout: try Self.payout(id, connection),
                answers: try Self.answers(id, connection),
                facts: try LoanFacts.all(of: id, connection),
                distributions: try Self.distributions(id, connection),
                factLines: try Self.factLines(id, connection),
                balances: try Self.balances(id, connection),
                said: try ResolutionRows.all(of: id, connection),
                draws: try connection.all(
                    LossRows.selectDraws + LossRows.ofLoan, SQLValue.loan(id), LossRows.readDraw))
        }
    }

    package func line(_ id: LoanID) async throws -> LineSubject? {
        try await engine.read { connection in
            guard let record = try LineRecords.line(id, connection) else { return nil }
            return try SQLIntake.subject(of: record, connection)
        }
    }

    private static let select =
        "SELECT \(LoanRecords.columns), l.state, l.disbursed_on FROM loan l"

    private static func line(_ row: borrowing Row) throws(StoreError) -> LoanLine {
        LoanLine(
            record: try LoanRecords.read(row),
            state: try LoanCodes.states.value(row, LoanRecords.end),
            disbursedOn: try row.dateOrNil(LoanRecords.end + 1))
    }

    /// The partner's reference, or the code and reason of its refusal, by request key.
    private static func answers(
        _ loan: LoanID, _ connection: borrowing Connection
    ) throws(StoreError) -> [String: String] {
        var answers: [String: String] = [:]
        try connection.query(
            """
            SELECT request_key, reference, reason_code, reason FROM funding_request
            WHERE shard = ?1 AND loan = ?2
            """, SQLValue.loan(loan)
        ) { row throws(StoreError) in
            let parts = [try row.text(1), try row.text(2), try row.text(3)]
            let answer = parts.filter { !$0.isEmpty }.joined(separator: " ")
            if !answer.isEmpty { answers[try row.text(0)] = answer }
        }
        return answers
    }

    private static func payout(
        _ loan: LoanID, _ connection: borrowing Connection
    ) throws(StoreError) -> PayoutView? {
        try connection.first(
            "SELECT \(HeldPayouts.columns), p.reference, p.reason \(HeldPayouts.tables)"
                + "WHERE p.shard = ?1 AND p.loan = ?2", SQLValue.loan(loan)
        ) { row throws(StoreError) in
            PayoutView(
                held: try HeldPayouts.read(row), reference: try row.text(HeldPayouts.end),
                reason: try row.text(HeldPayouts.end + 1))
        }
    }

    private static func distributions(
        _ loan: LoanID, _ connection: borrowing Connection
    ) throws(StoreError) -> [DistributionRow] {
        try connection.all(
            "SELECT \(DistributionRows.columns) FROM distribution d"
                + " WHERE d.shard = ?1 AND d.loan = ?2 ORDER BY d.posted_on, d.line, d.lender",
            SQLValue.loan(loan), DistributionRows.read)
    }

    private static func factLines(
        _ loan: LoanID, _ connection: borrowing Connection
    ) throws(StoreError) -> [FactLine] {
        try connection.all(
            "SELECT \(FactLines.columns) FROM fact_line x"
                + " WHERE x.shard = ?1 AND x.loan = ?2 ORDER BY x.posted_on, x.line, x.lender",
            SQLValue.loan(loan), FactLines.read)
    }

    /// On the last date the loan moved.
    private static func balances(
        _ loan: LoanID, _ connection: borrowing Connection
    ) throws(StoreError) -> [LenderBalance] {
        try connection.all(
            "SELECT \(LenderBalances.columns) FROM lender_balance b"
                + " WHERE b.shard = ?1 AND b.loan = ?2 AND b.date = (SELECT max(date)"
                + " FROM lender_balance WHERE shard = ?1 AND loan = ?2) ORDER BY b.lender",
            SQLValue.loan(loan), LenderBalances.read)
    }
}
