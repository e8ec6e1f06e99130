import PostgresEngine
import SQLStore

/// A schema of a PostgreSQL database for the books of one round.
struct ChaosSchema: Sendable {
    private let database: PostgresAddress
    private let name: String
    /// As `--store` takes it.
    let store: String

    /// - Throws: ``UsageFault`` USAGE-006 for a store of another kind.
    init(in url: String, round: Int) throws(UsageFault) {
        guard let address = PostgresAddress(url), !url.contains("options=") else {
            throw UsageFault(
                code: "USAGE-006",
                "each round makes a schema of its own; write --store "
                    + "postgres://USER@HOST:PORT/DATABASE, without options")
        }
        database = address
        name = "chaos_round_\(round)"
        store = url + (url.contains("?") ? "&" : "?") + "options=-csearch_path%3D\(name)"
    }

    /// Makes the schema anew.
    func make() async throws {
        try await execute("DROP SCHEMA IF EXISTS \(name) CASCADE", "CREATE SCHEMA \(name)")
    }

    func drop() async throws { try await execute("DROP SCHEMA \(name) CASCADE") }

    private func execute(_ statements: String...) async throws {
        let engine = try await PostgresEngine(database, mostConnections: 1)
        defer { engine.close() }
        try await engine.write { connection in
            for statement in statements { try connection.execute(statement) }
        }
    }
}
