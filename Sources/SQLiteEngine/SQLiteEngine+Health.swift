private import GRDB
private import GRDBSQLite
internal import SQLStore

extension SQLiteEngine {
    /// The version of the SQLite that is loaded, such as `3.40.1`.
    package static var libraryVersion: String { String(cString: sqlite3_libversion()) }

    /// Pages and rows that are damaged, in SQLite's words; empty for a sound file.
    ///
    /// Indexes are not compared with their tables, which would read everything twice.
    /// - Throws: `StoreError` when the file cannot be read.
    package func quickCheck() async throws -> [String] {
        try await read { connection in
            try connection.all("PRAGMA quick_check(10)") { row throws(StoreError) in
                try row.text(0)
            }
        }.filter { $0 != "ok" }
    }
}
