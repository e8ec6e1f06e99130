import PostgresEngine
import SQLStore
import TestSupport

/// The PostgreSQL server of this test process, on which every store has a schema of its own.
enum TestServer {
    private static let owner = Task { () throws -> PostgresEngine in
        try await PostgresEngine(
            try address(try await PostgresCluster.shared().url), mostConnections: 2)
    }

    /// Makes a schema unless it is there.
    static func makeSchema(_ name: String) async throws -> PostgresAddress {
        try await owner.value.write { connection in
            try connection.execute(connection.dialect.migrationLock)
            try connection.execute("CREATE SCHEMA IF NOT EXISTS \(name)")
        }
        return try address(try await PostgresCluster.shared().url(schema: name))
    }

    /// Drops schemas with everything in them, some time.
    static func drop(_ names: Set<String>) {
        Task {
            for name in names {
                try await owner.value.write { connection in
                    try connection.execute("DROP SCHEMA \(name) CASCADE")
                }
            }
        }
    }

    private static func address(_ url: String) throws -> PostgresAddress {
        guard let address = PostgresAddress(url) else {
            throw PostgresCluster.Absence(description: "COLEND_TEST_POSTGRES_URL is no address")
        }
        return address
    }
}
