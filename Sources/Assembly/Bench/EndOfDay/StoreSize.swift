import Foundation
import PostgresEngine
import SQLStore

/// What a store takes on its disk.
enum StoreSize {
    /// Of a file with its log, or of a whole database.
    ///
    /// - Throws: what opening a database throws.
    static func bytes(of store: String) async throws -> Int64 {
        guard let address = PostgresAddress(store) else { return ofFile(store.dropFirst(7)) }
        let engine = try await PostgresEngine(address, mostConnections: 1)
        defer { engine.close() }
        return try await engine.read { connection in
            try connection.first("SELECT pg_database_size(current_database())") {
                row throws(StoreError) in try row.int64(0)
            } ?? 0
        }
    }

    private static func ofFile(_ path: Substring) -> Int64 {
        ["", "-wal"].reduce(0) { sum, suffix in
            let attributes = try? FileManager.default.attributesOfItem(atPath: path + suffix)
            return sum + ((attributes?[.size] as? NSNumber)?.int64Value ?? 0)
        }
    }
}
