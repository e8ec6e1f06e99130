private import Crypto

/// What a table holds: how many rows, and SHA-256 over their canonical bytes in key order.
package struct TableSum: Hashable, Sendable {
    /// The number of rows.
    package let rows: Int64
    /// SHA-256 over the table as `CanonicalRow` writes it.
    package let sha256: [UInt8]
}

/// Adds up the canonical bytes of a table, row by row.
struct TableSummer {
    private var bytes: TableBytes
    private var hasher = SHA256()

    /// Begins a table.
    init(_ table: Table) {
        bytes = TableBytes(table)
    }

    /// Adds a row; what has gathered is shown to `body` now and then.
    mutating func add(
        _ row: borrowing Row, _ body: ([UInt8]) -> Void = { _ in }
    ) throws(StoreError) {
        try bytes.add(row) { piece in
            hasher.update(data: piece)
            body(piece)
        }
    }

    /// Ends the table.
    mutating func finish(_ body: ([UInt8]) -> Void = { _ in }) -> TableSum {
        let rows = bytes.finish { piece in
            hasher.update(data: piece)
            body(piece)
        }
        return TableSum(rows: rows, sha256: [UInt8](hasher.finalize()))
    }
}
