package import SQLStore

/// PostgreSQL behind `SQLEngine`: a few connections over libpq, each with a thread of its own.
///
/// Writing transactions are READ COMMITTED and rest on row locks and unique keys; reading ones see
/// one snapshot. A body runs again when it has lost against another transaction (SQLSTATE 40001,
/// 40P01) or its connection before the commit: nothing is kept then. What was lost during a commit
/// is not run again but told as `StoreError.commitUnknown`.
///
/// Cancelling a task cancels the statement it waits for. A call by a task that is cancelled already
/// runs to its end: it puts down what has happened outside.
package struct PostgresEngine: SQLEngine {
    /// What is expected of the database.
    package enum Opening: Sendable {
        /// It takes part in the business.
        case readWrite
        /// Every later write throws `StoreError.readOnly`.
        case readOnly
    }

    /// PostgreSQL's text of statements.
    package var dialect: Dialect { .postgres }

    private let connections: Connections
    private let opening: Opening

    /// Connects once, to see that it can.
    ///
    /// - Parameters:
    ///   - patienceMilliseconds: How long a call waits for locks, and tries again.
    ///   - statementMilliseconds: How long a statement may run; nil leaves it to the server.
    ///   - mostConnections: Besides the one that holds locks.
    /// - Throws: `StoreError.cannotOpen`, or `.unavailable` when the server does not answer.
    package init(
        _ address: PostgresAddress, opening: Opening = .readWrite,
        patienceMilliseconds: Int = 10_000, statementMilliseconds: Int? = nil,
        mostConnections: Int = 6
    ) async throws {
        precondition(patienceMilliseconds > 0 && mostConnections > 0)
        self.opening = opening
        connections = Connections(
            Session.Terms(
                address: address,
                failures: FailureMapping(
                    place: address.shown, patienceMilliseconds: patienceMilliseconds),
                statementMilliseconds: statementMilliseconds), mostConnections)
        try await connections.call { thread, _ in try thread.connect() }
    }

    /// Runs `body` between BEGIN and COMMIT on a connection's thread.
    @discardableResult
    package func write<Result: Sendable>(
        _ body: @escaping @Sendable (borrowing Connection) throws -> Result
    ) async throws -> Result {
        guard opening == .readWrite else { throw StoreError.readOnly }
        let locks = connections.locks
        return try await connections.call { thread, cancellation in
            try thread.run(cancellation) { session in
                try locks.check()
                return try PostgresTransaction(
                    session: session, cancellation: cancellation, checkLocks: locks.check
                ).write(body)
            }
        }
    }

    /// Runs `body` over one snapshot on a connection's thread.
    package func read<Result: Sendable>(
        _ body: @escaping @Sendable (borrowing Connection) throws -> Result
    ) async throws -> Result {
        try await connections.call { thread, cancellation in
            try thread.run(cancellation) { session in
                try PostgresTransaction(
                    session: session, cancellation: cancellation, checkLocks: {}
                ).read(body)
            }
        }
    }

    /// Takes an advisory lock of that name in the store's schema.
    package func lock(_ name: String) throws(StoreError) -> (any SQLLease)? {
        try connections.locks.take(name)
    }

    /// Waits for running transactions and closes every connection; later calls throw
    /// `StoreError.closed`.
    package func close() {
        connections.close()
    }
}

/// Everything an engine has open, closed with the last copy of the engine.
private final class Connections: Sendable {
    let locks: SessionLocks
    private let pool: SessionPool

    init(_ terms: Session.Terms, _ mostConnections: Int) {
        locks = SessionLocks(terms)
        pool = SessionPool(terms, mostThreads: mostConnections)
    }

    deinit {
        // Perhaps on a thread of the pool, which cannot wait for itself.
        pool.abandon()
    }

    func close() {
        pool.close()
        locks.close()
    }

    /// Runs a call on a thread of the pool.
    func call<Result: Sendable>(
        _ work: @escaping @Sendable (SessionThread, Cancellation) throws -> Result
    ) async throws -> Result {
        let cancellation = Cancellation()
        // What a task does after it was cancelled is tidying up.
        guard !Task.isCancelled else { return try await submit(cancellation, work) }
        return try await withTaskCancellationHandler {
            try await submit(cancellation, work)
        } onCancel: {
            cancellation.cancel()
        }
    }

    private func submit<Result: Sendable>(
        _ cancellation: Cancellation,
        _ work: @escaping @Sendable (SessionThread, Cancellation) throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            let isTaken = pool.submit { thread in
                continuation.resume(
                    with: Swift.Result {
                        do {
                            return try work(thread, cancellation)
                        } catch StoreError.interrupted where cancellation.isCancelled {
                            throw CancellationError()
                        }
                    })
            }
            if !isTaken { continuation.resume(throwing: StoreError.closed) }
        }
    }
}
