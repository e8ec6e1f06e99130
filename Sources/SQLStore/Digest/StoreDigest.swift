private import Crypto

/// SHA-256 over the canonical rows of all business tables, by table name and natural key.
///
/// Two stores with the same business outcome have the same digest, however they got there:
/// operational tables and the order of insertion leave no trace, nor do tables without rows of what
/// a store may do without.
package enum StoreDigest {
    /// The 32 bytes of the digest, read in one snapshot, row by row.
    package static func compute(
        _ connection: borrowing Connection
    ) throws(StoreError) -> [UInt8] {
        var hasher = SHA256()
        for table in Schema.tables.filter({ $0.role == .business }).sorted(by: { $0.name < $1.name }
        ) {
            try add(table, connection, to: &hasher)
        }
        return [UInt8](hasher.finalize())
    }

    /// The digest in lower-case hexadecimal.
    package static func hexadecimal(
        _ connection: borrowing Connection
    ) throws(StoreError) -> String {
        let digits = Array("0123456789abcdef")
        return try compute(connection).reduce(into: "") { text, byte in
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
    }

    private static func add(
        _ table: Table, _ connection: borrowing Connection, to hasher: inout SHA256
    ) throws(StoreError) {
        var bytes = TableBytes(table)
        var isEmpty = true
        try connection.scan(table) { row throws(StoreError) in
            isEmpty = false
            try bytes.add(row) { hasher.update(data: $0) }
        }
        if isEmpty && table.isUnseenWhenEmpty { return }
        _ = bytes.finish { hasher.update(data: $0) }
    }
}
