/// Another engine whose writing transactions are all rolled back: what `--dry-run` runs on.
///
/// Each transaction sees the store as it is, not what earlier rehearsed ones did, so it suits
/// commands that write once.
package struct RehearsalEngine: SQLEngine {
    private let engine: any SQLEngine

    /// Rehearses on an engine.
    package init(_ engine: any SQLEngine) {
        self.engine = engine
    }

    /// The engine's own text of statements.
    package var dialect: Dialect { engine.dialect }

    /// Runs `body` and rolls back; the result, and every error, are those of a real run.
    package func write<Result: Sendable>(
        _ body: @escaping @Sendable (borrowing Connection) throws -> Result
    ) async throws -> Result {
        do {
            return try await engine.write { connection in
                throw Rehearsed(result: try body(connection))
            }
        } catch let rehearsed as Rehearsed<Result> {
            return rehearsed.result
        }
    }

    /// Reads as the engine does.
    package func read<Result: Sendable>(
        _ body: @escaping @Sendable (borrowing Connection) throws -> Result
    ) async throws -> Result {
        try await engine.read(body)
    }

    /// The engine's own lock: a rehearsed close waits for a real one.
    package func lock(_ name: String) throws(StoreError) -> (any SQLLease)? {
        try engine.lock(name)
    }
}

/// Carries a result past the rollback.
private struct Rehearsed<Result: Sendable>: Error {
    let result: Result
}
