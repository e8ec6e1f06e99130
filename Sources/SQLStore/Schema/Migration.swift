/// One step forward in the description of the tables; there is no way back.
struct Migration: Sendable {
    /// The version a store has afterwards.
    let version: Int64
    /// The statements, run in one transaction with all other steps.
    let statements: @Sendable (Dialect) -> [String]

    /// All steps in order; the last reaches `Schema.version`.
    static let all: [Migration] = [
        Migration(version: 1) { dialect in Schema.tables.flatMap { $0.creation(dialect) } }
    ]
}

extension Schema {
    /// Brings a store to this program's version in one transaction; does nothing when it is there.
    ///
    /// Throws `StoreError.newerSchema`, `.differentSchema` or `.foreignDatabase`, changing nothing;
    /// and `.unfinishedCopy` unless the copy is about to go on.
    /// - Returns: Whether anything was changed.
    @discardableResult
    package static func migrate(
        _ engine: any SQLEngine, path: String, isCopying: Bool = false
    ) async throws -> Bool {
        let current = try await engine.read { connection in
            let current = try state(connection, path: path)
            if !isCopying { try CopyMark.refuse(connection) }
            return current
        }
        guard current != .current else { return false }
        return try await engine.write { connection in
            try lock(connection)
            // Another process may have migrated between the look and the lock.
            guard case .behind(let version) = try state(connection, path: path) else {
                return false
            }
            try apply(after: version, connection)
            return true
        }
    }

    /// Keeps other processes from changing the tables until the transaction ends.
    static func lock(_ connection: borrowing Connection) throws(StoreError) {
        let lock = connection.dialect.migrationLock
        if !lock.isEmpty { try connection.execute(lock) }
    }

    /// Sees that a store has this program's tables.
    ///
    /// Throws what ``migrate(_:path:)`` throws, and `StoreError.missing` for a store that is
    /// behind.
    package static func requireCurrent(_ engine: any SQLEngine, path: String) async throws {
        let current = try await engine.read { connection in try state(connection, path: path) }
        guard current == .current else {
            throw StoreError.missing(record: "this program's version of the tables")
        }
    }

    /// Whether a database has no tables at all: a store that was never made.
    package static func isEmpty(_ engine: any SQLEngine) async throws -> Bool {
        try await engine.read { connection in try tableNames(connection).isEmpty }
    }

    /// The names of all tables of a database.
    static func tableNames(
        _ connection: borrowing Connection
    ) throws(StoreError) -> [String] {
        try connection.all(connection.dialect.tableNamesQuery) {
            row throws(StoreError) in try row.text(0)
        }
    }

    private enum State: Equatable {
        case behind(version: Int64)
        case current
    }

    private static func state(
        _ connection: borrowing Connection, path: String
    ) throws(StoreError) -> State {
        let names = try tableNames(connection)
        if names.isEmpty { return .behind(version: 0) }
        guard names.contains(versionTable.name) else {
            throw .foreignDatabase(path: path)
        }
        let latest = try connection.first(
            "SELECT version, fingerprint FROM schema_version ORDER BY version DESC LIMIT 1"
        ) { row throws(StoreError) in (try row.int64(0), try row.blob(1)) }
        guard let (found, fingerprint) = latest else { return .behind(version: 0) }
        guard found <= version else { throw .newerSchema(found: found, known: version) }
        guard found == version else { return .behind(version: found) }
        guard fingerprint == Schema.fingerprint(connection.dialect) else {
            throw .differentSchema(version: found)
        }
        return .current
    }

    private static func apply(
        after found: Int64, _ connection: borrowing Connection
    ) throws(StoreError) {
        let dialect = connection.dialect
        let first = found == 0 ? versionTable.creation(dialect) : []
        let steps = Migration.all.filter { $0.version > found }
        for statement in first + steps.flatMap({ $0.statements(dialect) }) {
            try connection.execute(statement)
        }
        try connection.execute(
            versionTable.insertion, [.int64(version), .blob(fingerprint(dialect))])
    }
}
