internal import GRDB
package import SQLStore

/// SQLite behind `SQLEngine`: one writing connection and a few reading ones on a file in WAL mode.
///
/// Bodies run on the connections' own threads. Every commit reaches the disk before `write`
/// returns, so a kill at any moment leaves whole transactions.
package struct SQLiteEngine: SQLEngine {
    /// What to do when the file is not there.
    package enum Opening: Sendable {
        /// Make an empty database; the directory must be there.
        case createIfMissing
        /// Throw `StoreError.cannotOpen`.
        case existing
        /// The same, and every later write throws `StoreError.readOnly`: not a byte of the file
        /// changes.
        case readOnly
    }

    /// SQLite's text of statements.
    package var dialect: Dialect { .sqlite }

    let pool: DatabasePool
    let failures: FailureMapping

    /// Opens the file at `path`; waits up to `busyTimeoutMilliseconds` for other processes.
    ///
    /// Throws `StoreError.cannotOpen`, `.notADatabase`, `.readOnly`, `.busy` or `.corrupt`.
    package init(
        path: String, opening: Opening = .createIfMissing, busyTimeoutMilliseconds: Int = 10_000
    ) throws(StoreError) {
        SQLiteLibrary.prepare()
        failures = FailureMapping(path: path, busyTimeoutMilliseconds: busyTimeoutMilliseconds)
        guard opening == .createIfMissing || FileCheck.exists(path) else {
            throw .cannotOpen(path: path, reason: "there is no such file")
        }
        pool = try failures.mapping {
            let pool = try DatabasePool(
                path: path,
                configuration: Self.configuration(busyTimeoutMilliseconds, opening))
            if opening == .readOnly { return pool }
            // The pool lowers this when it turns WAL on: a power cut could undo a commit.
            try pool.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA synchronous = FULL")
                try database.execute(sql: "PRAGMA cache_size = -65536")
                // 32 MiB of log: the usual 4 are full after a few transactions, and pages that
                // many of them change would go into the file, and to the disk, with each.
                try database.execute(sql: "PRAGMA wal_autocheckpoint = 8192")
            }
            return pool
        }
    }

    /// Runs `body` between BEGIN IMMEDIATE and COMMIT on the writing thread.
    @discardableResult
    package func write<Result: Sendable>(
        _ body: @escaping @Sendable (borrowing Connection) throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            pool.asyncWriteWithoutTransaction { database in
                continuation.resume(
                    with: Swift.Result {
                        try SQLiteTransaction(database, failures).write(body)
                    })
            }
        }
    }

    /// Runs `body` over one snapshot on a reading thread.
    package func read<Result: Sendable>(
        _ body: @escaping @Sendable (borrowing Connection) throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            pool.asyncRead { opened in
                continuation.resume(
                    with: Swift.Result {
                        let database = try failures.mapping { try opened.get() }
                        return try SQLiteTransaction(database, failures).read(body)
                    })
            }
        }
    }

    /// Locks a file beside the store, named after it and the lock.
    package func lock(_ name: String) throws(StoreError) -> (any SQLLease)? {
        try FileLease.take(name, beside: failures.path)
    }

    /// Waits for running transactions and closes the file; later calls throw `StoreError.closed`.
    package func close() throws(StoreError) {
        try failures.mapping {
            // The pool closes its writer before its readers, and the last connection to go could
            // then not empty the log: everything goes into the one file before. Another process
            // that still reads keeps its part of the log; that is no failure.
            try pool.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            }
            try pool.close()
        }
    }

    private static func configuration(_ busyTimeoutMilliseconds: Int, _ opening: Opening)
        -> Configuration
    {
        var configuration = Configuration()
        configuration.readonly = opening == .readOnly
        configuration.label = "colend.store"
        configuration.foreignKeysEnabled = true
        configuration.maximumReaderCount = 4
        configuration.busyMode = .timeout(Double(busyTimeoutMilliseconds) / 1_000)
        configuration.prepareDatabase { database in
            // Each of them may fill its own; what is read for long is read in order, once.
            try database.execute(sql: "PRAGMA cache_size = -16384")
            try database.execute(sql: "PRAGMA temp_store = MEMORY")
        }
        return configuration
    }
}
