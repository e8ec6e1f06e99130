/// The canonical bytes of a table, in pieces.
struct TableBytes {
    private let columns: Int
    private var canonical = CanonicalRow()
    private var rows: Int64 = 0

    /// Begins a table.
    init(_ table: Table) {
        columns = table.columns.count
        canonical.begin(table)
    }

    /// Adds a row; hands over what has gathered when that is enough.
    mutating func add(
        _ row: borrowing Row, _ body: ([UInt8]) -> Void
    ) throws(StoreError) {
        try canonical.append(row, columns: columns)
        rows += 1
        if canonical.bytes.count >= Self.pieceBytes { handOver(body) }
    }

    /// Ends the table, hands over the rest and tells how many rows there were.
    mutating func finish(_ body: ([UInt8]) -> Void) -> Int64 {
        canonical.end(rows: rows)
        handOver(body)
        return rows
    }

    private mutating func handOver(_ body: ([UInt8]) -> Void) {
        body(canonical.bytes)
        canonical.removeAll()
    }

    /// Enough bytes per step that hashing dominates, few enough that memory stays flat.
    private static let pieceBytes = 1 << 16
}
