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
    private let columns: Int
    private var canonical = CanonicalRow()
    private var hasher = SHA256()
    private var rows: Int64 = 0

    /// Begins a table.
    init(_ table: Table) {
        columns = table.columns.count
        canonical.begin(table)
    }

    /// Adds a row; what has gathered is shown to `body` now and then.
    mutating func add(
        _ row: borrowing Row, _ body: ([UInt8]) -> Void = { _ in }
    ) throws(StoreError) {
        try canonical.append(row, columns: columns)
        rows += 1
        if canonical.bytes.count >= Self.chunkBytes { flush(body) }
    }

    /// Ends the table.
    mutating func finish(_ body: ([UInt8]) -> Void = { _ in }) -> TableSum {
        canonical.end(rows: rows)
        flush(body)
        return TableSum(rows: rows, sha256: [UInt8](hasher.finalize()))
    }

    private mutating func flush(_ body: ([UInt8]) -> Void) {
        hasher.update(data: canonical.bytes)
        body(canonical.bytes)
        canonical.removeAll()
    }

    /// Enough bytes per step that hashing dominates, few enough that memory stays flat.
    private static let chunkBytes = 1 << 16
}
