internal import GRDB
internal import SQLStore

/// One transaction on a connection, from its opening to commit or rollback.
struct SQLiteTransaction {
    private let database: Database
    private let failures: FailureMapping

    /// Prepares a transaction on a connection that has none.
    init(_ database: Database, _ failures: FailureMapping) {
        self.database = database
        self.failures = failures
    }

    /// Runs `body` in a writing transaction; it commits only if no statement failed.
    func write<Result>(_ body: (borrowing Connection) throws -> Result) throws -> Result {
        guard database.sqliteConnection != nil else { throw StoreError.closed }
        try failures.mapping { try database.beginTransaction(.immediate) }
        do {
            let driver = SQLiteDriver(database, failures)
            let result = try body(Connection(driver))
            if let failure = driver.failure { throw failure }
            try failures.mapping { try database.commit() }
            return result
        } catch {
            // A full disk may have rolled back already; then this does nothing. Any other failure
            // here leaves nothing committed either, and the first error is the one to report.
            try? database.rollback()
            throw error
        }
    }

    /// Runs `body` in the reading transaction that the pool has opened.
    func read<Result>(_ body: (borrowing Connection) throws -> Result) throws -> Result {
        try body(Connection(SQLiteDriver(database, failures)))
    }
}
