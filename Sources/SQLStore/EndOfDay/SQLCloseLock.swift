internal import Operations

/// The lock of a close: the engine's, so it holds between processes and dies with its holder.
package struct SQLCloseLock: CloseLock {
    private let engine: any SQLEngine

    /// The lock behind an engine.
    package init(engine: any SQLEngine) {
        self.engine = engine
    }

    package func withLock<Result: Sendable>(
        _ body: @Sendable () async throws -> Result
    ) async throws -> Result? {
        guard let lease = try engine.lock("close") else { return nil }
        defer { lease.release() }
        return try await body()
    }
}
