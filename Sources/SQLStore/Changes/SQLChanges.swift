package import BusinessCalendar
internal import LendingRules
package import Operations

/// Changes of the configuration in the store.
package struct SQLChanges: ChangeStore {
    /// Proposals that were made at the same moment take numbers one after the other.
    private static let mostTries = 100

    private let engine: any SQLEngine

    package init(engine: any SQLEngine) { self.engine = engine }

    package func changes() async throws -> [ConfigurationChange] {
        try await engine.read { connection in try ChangeRows.all(connection) }
    }

    package func propose(_ change: ProposedChange, firstDate: BusinessDate, now: Int64)
        async throws -> ConfigurationChange
    {
        for _ in 1...Self.mostTries {
            let kept = try await engine.write { connection in
                try ChangeRows.insert(
                    change, .proposed, on: try OpenDate(first: firstDate).read(connection),
                    now: now, connection)
            }
            if let kept { return kept }
        }
        throw StoreError.overtaken(record: "the changes of the configuration")
    }

    /// Throws `StoreError.overtaken`, and nothing is kept, when the proposal is decided, or another
    /// change counts that did not then.
    package func decide(_ decision: ChangeDecision, now: Int64) async throws {
        try await engine.write { connection in
            try ChangeRows.hold(connection)
            let known = try ChangeRows.heads(connection)
            let overtaken = StoreError.overtaken(record: "change \(decision.number)")
            guard let change = known.first(where: { $0.number == decision.number }),
                change.state == .proposed
            else { throw overtaken }
            if decision.isApproval {
                guard known.count(where: { $0.state.counts }) == decision.counted,
                    !known.contains(where: { $0.state == .approved })
                else { throw overtaken }
            }
            let date = try OpenDate(first: change.proposedOn).read(connection)
            try ChangeRows.decide(decision, on: date, now: now, connection)
            if decision.isApproval {
                try ApprovedRows.replace(decision.approvedFiles, connection)
            }
        }
    }

    package func finish(_ number: Int) async throws {
        try await engine.write { connection in
            let codes = ChangeCodes.states
            try connection.execute(
                "UPDATE config_change SET state = ?1 WHERE number = ?2 AND state = ?3",
                [
                    .int64(codes.code(.inForce)), .int64(Int64(number)),
                    .int64(codes.code(.approved)),
                ])
        }
    }
}

extension SQLChanges: ApprovedFiles {
    package func approvedFiles() async throws -> [String: String] {
        try await engine.read { connection in try ApprovedRows.all(connection) }
    }

    package func adopt(_ files: [String: String], firstDate: BusinessDate, now: Int64) async throws
        -> Bool
    {
        try await engine.write { connection in
            // A change that broke off is on its way to its files: what lies there holds no more.
            guard try ApprovedRows.all(connection).isEmpty,
                try !ChangeRows.heads(connection).contains(where: { $0.state == .approved })
            else { return false }
            let change = ProposedChange(
                proposer: "", reason: "",
                files: files.sorted { $0.key < $1.key }.map {
                    ChangedFile(path: $0.key, text: $0.value, base: "")
                }, settings: [])
            let date = try OpenDate(first: firstDate).read(connection)
            // Whoever takes the number first adopts.
            guard
                try ChangeRows.insert(change, .adopted, on: date, now: now, connection) != nil
            else { return false }
            try ApprovedRows.replace(files, connection)
            return true
        }
    }
}

/// The codes of a change's life.
enum ChangeCodes {
    /// States; those that a decision may still change come first.
    static let states = CodeTable<ChangeState>([
        .proposed: 0, .approved: 1, .inForce: 2, .rejected: 3, .adopted: 4,
    ])
}

/// How the files that two persons have agreed on lie in rows.
enum ApprovedRows {
    static func all(_ connection: borrowing Connection) throws(StoreError) -> [String: String] {
        var files: [String: String] = [:]
        try connection.query("SELECT path, content FROM config_approved", []) {
            row throws(StoreError) in files[try row.text(0)] = try row.text(1)
        }
        return files
    }

    static func replace(
        _ files: [String: String], _ connection: borrowing Connection
    ) throws(StoreError) {
        try connection.execute("DELETE FROM config_approved")
        for (path, text) in files.sorted(by: { $0.key < $1.key }) {
            try connection.execute(
                Table.configApproved.insertion, [.text(path), .text(text)])
        }
    }
}
