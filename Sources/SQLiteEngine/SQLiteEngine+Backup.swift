private import GRDB
private import GRDBSQLite
package import SQLStore

extension SQLiteEngine {
    /// Copies the whole database, as it is at one moment, into a new file; others read and write
    /// on meanwhile.
    ///
    /// - Throws: `StoreError` of either file; what is left of the new one is of no use then.
    package func backUp(to path: String) throws(StoreError) {
        let failures = FailureMapping(
            path: path, busyTimeoutMilliseconds: failures.busyTimeoutMilliseconds)
        try failures.mapping {
            let copy = try DatabaseQueue(path: path)
            try pool.backup(to: copy)
            try copy.close()
        }
    }
}
