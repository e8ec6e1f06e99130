package import LendingRules
package import Operations

// Lines of credit with their notes.

extension SQLIntake: LineStore {
    package func lines(_ ids: [LoanID]) async throws -> [LoanID: LineSubject] {
        try await engine.read { connection in
            var lines: [LoanID: LineSubject] = [:]
            for id in Set(ids) {
                guard let record = try LineRecords.line(id, connection) else { continue }
                lines[id] = try Self.subject(of: record, connection)
            }
            return lines
        }
    }

    static func subject(
        of line: LineRecord, _ connection: borrowing Connection
    ) throws(StoreError) -> LineSubject {
        var notes: [FactSubject] = []
        for note in try LineRecords.notes(of: line.line, connection) {
            if let subject = try subject(note, connection) { notes.append(subject) }
        }
        return LineSubject(record: line, notes: notes)
    }
}
