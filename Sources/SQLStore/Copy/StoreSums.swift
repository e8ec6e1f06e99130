private import Crypto

/// What every table of a store holds, business and operational, read in one snapshot.
package struct StoreSums: Sendable {
    /// By the table's name.
    package let tables: [String: TableSum]
    /// The digest of all business data.
    package let digest: [UInt8]

    /// Reads all rows once.
    init(
        _ connection: borrowing Connection, progress: (Int64) -> Void
    ) throws(StoreError) {
        var tables: [String: TableSum] = [:]
        var whole = SHA256()
        var rows: Int64 = 0
        for table in Schema.tables.sorted(by: { $0.name < $1.name }) {
            let isBusiness = table.role == .business
            var summer = TableSummer(table)
            var isEmpty = true
            try connection.scan(table) { row throws(StoreError) in
                isEmpty = false
                try summer.add(row) { if isBusiness { whole.update(data: $0) } }
                rows += 1
                if rows.isMultiple(of: 4_096) { progress(rows) }
            }
            let isSeen = isBusiness && !(isEmpty && table.isUnseenWhenEmpty)
            tables[table.name] = summer.finish { if isSeen { whole.update(data: $0) } }
        }
        self.tables = tables
        digest = [UInt8](whole.finalize())
    }
}
