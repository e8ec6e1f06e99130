import Foundation
import SQLStore
import SQLiteEngine

/// A directory of its own for one test, removed with it.
final class Workspace: Sendable {
    let directory: URL

    init() throws {
        directory = FileManager.default.temporaryDirectory
            .appendingPathComponent("colend-store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }

    deinit {
        // A test that failed may have left nothing to remove.
        try? FileManager.default.removeItem(at: directory)
    }

    func path(_ name: String) -> String {
        directory.appendingPathComponent(name).path
    }

    /// An engine without tables of ours.
    func bareEngine(_ name: String = "bare.db", busyTimeoutMilliseconds: Int = 10_000) throws
        -> SQLiteEngine
    {
        try SQLiteEngine(path: path(name), busyTimeoutMilliseconds: busyTimeoutMilliseconds)
    }

    /// An engine with all tables.
    func engine(_ name: String = "store.db") async throws -> SQLiteEngine {
        let engine = try bareEngine(name)
        try await Schema.migrate(engine, path: path(name))
        return engine
    }

    /// What a crash would leave: the database and its log, without the shared index.
    func copyAsAfterACrash(_ name: String, to copy: String) throws {
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(
                atPath: path(name) + suffix, toPath: path(copy) + suffix)
        }
    }
}

/// The single integer a statement yields.
func number(_ engine: SQLiteEngine, _ sql: String) async throws -> Int64 {
    try await engine.read { connection in
        try connection.first(sql) { row throws(StoreError) in try row.int64(0) } ?? -1
    }
}
