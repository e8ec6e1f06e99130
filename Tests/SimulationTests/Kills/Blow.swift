import TestSupport

/// What befalls a database server while a command runs.
enum Blow: String, Sendable, CaseIterable {
    /// It stops at once, as in a crash, and starts again.
    case crash
    /// The process of a connection dies, so that the server cuts all of them and recovers.
    case backend
    /// An operator ends every connection.
    case sessions

    /// False when it met no connection.
    func strike(_ server: PostgresCluster) async throws -> Bool {
        switch self {
        case .crash:
            try await server.crash()
            return true
        case .backend: return try await server.killBackend()
        case .sessions: return try await server.endSessions()
        }
    }
}
