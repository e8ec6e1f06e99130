import Foundation
import PostgresEngine
import SQLStore
import SQLiteEngine
import Synchronization

/// The stores of one test, removed with it: files in a directory, or schemas of a server.
final class Workspace: Sendable {
    let directory: URL
    /// What its stores are on.
    let kind = StoreKind.current
    private let mark = UUID().uuidString.lowercased().filter { $0 != "-" }
    private let schemas = Mutex<Set<String>>([])

    init() throws {
        directory = FileManager.default.temporaryDirectory
            .appendingPathComponent("colend-store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }

    deinit {
        // A test that failed may have left nothing to remove.
        try? FileManager.default.removeItem(at: directory)
        let names = schemas.withLock { $0 }
        if !names.isEmpty { TestServer.drop(names) }
    }

    func path(_ name: String) -> String {
        directory.appendingPathComponent(name).path
    }

    /// An engine without tables of ours.
    func bareEngine(
        _ name: String = "bare.db", busyTimeoutMilliseconds: Int = 120_000
    ) async throws -> any SQLEngine {
        switch kind {
        case .sqlite:
            return try SQLiteEngine(
                path: path(name), busyTimeoutMilliseconds: busyTimeoutMilliseconds)
        case .postgres:
            let schema = "t\(mark)_\(name.replacing(".", with: "_"))"
            schemas.withLock { _ = $0.insert(schema) }
            return try await PostgresEngine(
                try await TestServer.makeSchema(schema),
                patienceMilliseconds: busyTimeoutMilliseconds)
        }
    }

    /// An engine with all tables.
    func engine(_ name: String = "store.db") async throws -> any SQLEngine {
        let engine = try await bareEngine(name)
        try await Schema.migrate(engine, path: path(name))
        return engine
    }

    /// Lets rows of one transaction refer to what is not there.
    func ignoreReferences(_ connection: borrowing Connection) throws(StoreError) {
        switch kind {
        case .sqlite: try connection.execute("PRAGMA defer_foreign_keys = ON")
        case .postgres: try connection.execute("SET LOCAL session_replication_role = replica")
        }
    }
}

extension SQLEngine {
    /// Closes the store; later calls throw.
    func close() throws {
        if let engine = self as? SQLiteEngine { try engine.close() }
        if let engine = self as? PostgresEngine { engine.close() }
    }
}

/// The single integer a statement yields.
func number(_ engine: any SQLEngine, _ sql: String) async throws -> Int64 {
    try await engine.read { connection in
        try connection.first(sql) { row throws(StoreError) in try row.int64(0) } ?? -1
    }
}
