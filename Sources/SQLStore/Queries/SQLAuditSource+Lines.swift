package import LendingRules
package import Operations

// Lines of credit, to be checked.

extension SQLAuditSource {
    /// Lines of credit with what is lent under them, in the order of their ids.
    package func lines(after line: LoanID?, limit: Int) async throws -> [LineSubject] {
        try await engine.read { connection in
            let records = try connection.all(
                "SELECT \(LineRecords.columns) FROM credit_line WHERE line > ?1"
                    + " ORDER BY line LIMIT ?2",
                [.text(line?.text ?? ""), .int64(Int64(limit))], LineRecords.read)
            var lines: [LineSubject] = []
            for record in records {
                lines.append(try SQLIntake.subject(of: record, connection))
            }
            return lines
        }
    }

    /// The lines that notes name, each once.
    package func linesOfNotes() async throws -> [LoanID] {
        try await engine.read { connection in
            try connection.all(
                "SELECT DISTINCT line_id FROM loan WHERE \(LoanRecords.isNote)", []
            ) { row throws(StoreError) in try row.loan(0) }
        }
    }
}
