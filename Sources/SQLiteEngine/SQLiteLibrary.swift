private import CSQLite

/// The C library of this process, as the engine wants it.
enum SQLiteLibrary {
    /// Settles what can only be said before the library's first use; later calls do nothing.
    static func prepare() { _ = isPrepared }

    /// SQLite counts its memory under one mutex, which every allocation of every connection then
    /// takes twice; nobody here reads the count. Refused, and no harm done, if other code of the
    /// process has used the library before.
    private static let isPrepared = colend_sqlite_count_memory(0) == SQLITE_OK
}
