import Foundation
import PostgresEngine
import SQLStore
import TestSupport

/// A schema of one test's own on the shared server, dropped with it.
final class Schemas: Sendable {
    let address: PostgresAddress
    let name: String
    private let server: PostgresEngine

    convenience init() async throws {
        try await self.init(on: PostgresCluster.shared())
    }

    /// On another server.
    init(on cluster: PostgresCluster) async throws {
        name = "t\(UUID().uuidString.lowercased().filter { $0 != "-" })"
        address = try Self.address(cluster.url(schema: name))
        server = try await PostgresEngine(try Self.address(cluster.url), mostConnections: 1)
        let name = name
        try await server.write { _ = try $0.execute("CREATE SCHEMA \(name)") }
    }

    deinit {
        let (name, server) = (name, server)
        Task { try? await server.write { _ = try $0.execute("DROP SCHEMA \(name) CASCADE") } }
    }

    /// An engine on the schema.
    func engine(
        patienceMilliseconds: Int = 120_000, statementMilliseconds: Int? = nil,
        mostConnections: Int = 6
    ) async throws -> PostgresEngine {
        try await PostgresEngine(
            address, patienceMilliseconds: patienceMilliseconds,
            statementMilliseconds: statementMilliseconds, mostConnections: mostConnections)
    }

    static func address(_ url: String) throws -> PostgresAddress {
        guard let address = PostgresAddress(url) else {
            throw PostgresCluster.Absence(description: "no address")
        }
        return address
    }
}

/// The single integer a statement yields.
func number(_ engine: PostgresEngine, _ sql: String) async throws -> Int64 {
    try await engine.read { connection in
        try connection.first(sql) { row throws(StoreError) in try row.int64(0) } ?? -1
    }
}

/// Lets the server fail with an SQLSTATE.
func raise(_ state: String, _ connection: borrowing Connection) throws(StoreError) {
    try connection.execute(
        "DO 'BEGIN RAISE EXCEPTION USING ERRCODE = ''\(state)'', MESSAGE = ''by request''; END'")
}

/// What an asynchronous call throws, as the store's error.
func storeError(_ body: () async throws -> Void) async -> StoreError? {
    do {
        try await body()
        return nil
    } catch {
        return error as? StoreError
    }
}
