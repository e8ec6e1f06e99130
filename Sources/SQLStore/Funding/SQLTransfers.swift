package import BusinessCalendar
package import LendingRules
package import Operations

/// Shares that are transferred after the payout, in the store.
package struct SQLTransfers: TransferCases {
    private let engine: any SQLEngine
    private let openDate: OpenDate

    /// A store that is empty is open on `firstDate`.
    package init(engine: any SQLEngine, firstDate: BusinessDate) {
        self.engine = engine
        openDate = OpenDate(first: firstDate)
    }

    package func openDate() async throws -> BusinessDate {
        let openDate = openDate
        return try await engine.read { connection in try openDate.read(connection) }
    }

    package func transferring(after loan: LoanID?, limit: Int, answeredOnly: Bool) async throws
        -> [TransferCase]
    {
        let limit = Int64(limit)
        let answered = answeredOnly ? "AND \(Self.isAnswered)" : ""
        return try await engine.read { connection in
            let loans = try connection.all(
                """
                SELECT l.loan FROM loan l WHERE l.\(LoanCodes.isTransferring) AND l.loan > ?1
                    \(answered)
                UNION SELECT l.loan \(Self.stranded("r.\(RequestCodes.isOpen)")) AND l.loan > ?1
                UNION SELECT l.loan \(Self.stranded("r.state = \(Self.accepted)")) AND l.loan > ?1
                ORDER BY 1 LIMIT ?2
                """, [.text(loan?.text ?? ""), .int64(limit)]
            ) { row throws(StoreError) in try row.loan(0) }
            var cases: [TransferCase] = []
            for loan in loans { cases.append(try Self.transferCase(loan, connection)) }
            return cases
        }
    }

    private static let accepted = RequestCodes.states.code(.accepted)
    private static let inDoubt = RequestCodes.states.code(.inDoubt)

    /// No lender of the loan `l` owes an answer.
    private static let isAnswered = """
        NOT EXISTS (SELECT 1 FROM funding_request q
            WHERE q.shard = l.shard AND q.loan = l.loan AND q.state <= \(inDoubt))
        """

    /// Loans undone before their shares were transferred, with requests that must be taken back:
    /// those of other loans are confirmed by the payout, or were given up before it.
    private static func stranded(_ condition: String) -> String {
        let standing = [RequestState.planned, .pending, .inDoubt, .accepted]
            .map { "\(RequestCodes.states.code($0))" }.joined(separator: ", ")
        let undone = [LoanState.payoutFailed, .cancelled]
            .map { "\(LoanCodes.states.code($0))" }.joined(separator: ", ")
        return """
            FROM funding_request r JOIN loan l ON l.shard = r.shard AND l.loan = r.loan
            WHERE \(condition) AND r.state IN (\(standing)) AND l.disbursed_on IS NOT NULL
                AND l.state IN (\(undone))
            """
    }

    /// A loan that has been paid out, with everything a transfer is decided from.
    static func transferCase(
        _ loan: LoanID, _ connection: borrowing Connection
    ) throws(StoreError) -> TransferCase {
        let found = try connection.first(
            "SELECT \(LoanRecords.columns), l.state, l.disbursed_on FROM loan l"
                + " WHERE l.shard = ?1 AND l.loan = ?2", SQLValue.loan(loan)
        ) { row throws(StoreError) in
            (
                record: try LoanRecords.read(row),
                state: try LoanCodes.states.value(row, LoanRecords.end),
                disbursedOn: try row.date(LoanRecords.end + 1)
            )
        }
        guard let found else { throw .overtaken(record: "loan \(loan)") }
        return TransferCase(
            funding: FundingCase(
                record: found.record, state: found.state,
                plan: try FundingShares.plan(of: loan, connection),
                requests: try HeldRequests.all(of: found.record, connection)),
            disbursedOn: found.disbursedOn, facts: try LoanFacts.all(of: loan, connection))
    }

    /// Releases the memorandum of a loan that is undone while its shares are being transferred and
    /// that leaves nothing to take back: nobody concludes such a transfer any more.
    static func releaseUnlessAwaited(
        _ loan: LoanID, on date: BusinessDate, _ connection: borrowing Connection
    ) throws(StoreError) {
        let funding = try transferCase(loan, connection).funding
        guard funding.state == .transferring, !funding.isAwaited else { return }
        try FundingRows.post(
            funding.releases, nil, of: loan, funding.record.agreement, on: date, connection)
    }

    /// Throws `StoreError.dateNotOpen`, or `.overtaken` when a loan has changed since it was read.
    package func conclude(_ conclusions: [TransferConclusion], on date: BusinessDate) async throws {
        let openDate = openDate
        try await engine.write { connection in
            // Held alone: nobody records a fact of these loans meanwhile.
            try openDate.require(date, connection)
            var shift = try LimitShift(of: conclusions.map(\.loan), connection)
            for conclusion in conclusions {
                try Self.conclude(conclusion, on: date, connection)
            }
            try shift.apply(connection)
        }
    }

    private static func conclude(
        _ conclusion: TransferConclusion, on date: BusinessDate, _ connection: borrowing Connection
    ) throws(StoreError) {
        let basis = conclusion.basis
        let states = [conclusion.state, basis.funding.state].map {
            SQLValue.int64(LoanCodes.states.code($0))
        }
        let agreement = try connection.first(
            "UPDATE loan SET state = ?3 WHERE shard = ?1 AND loan = ?2 AND state = ?4"
                + " RETURNING agreement", SQLValue.loan(conclusion.loan) + states
        ) { row throws(StoreError) in try row.text(0) }
        guard let agreement else { throw .overtaken(record: "loan \(conclusion.loan)") }
        try SQLIntake.require(basis.facts.count, factsOf: conclusion.loan, connection)
        let changing = Set(conclusion.requests.map(\.held))
        try RequestKey.require(
            basis.funding.requests.filter { !changing.contains($0) }, connection)
        try RequestResults.conclude(conclusion.requests, connection)
        if let plan = conclusion.plan {
            try FundingShares.replace(plan, of: conclusion.loan, connection)
        }
        try FundingRows.post(
            conclusion.releases, conclusion.transfer, of: conclusion.loan, agreement, on: date,
            connection)
    }
}
