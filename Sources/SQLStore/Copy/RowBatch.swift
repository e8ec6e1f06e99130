/// Rows of one table on their way from a store to another: their values in a few pieces of memory,
/// whatever their number.
package struct RowBatch: Sendable {
    private struct Field: Sendable {
        enum Kind: Sendable { case null, int64, text, blob }

        let kind: Kind
        /// The integer, or where the bytes begin.
        let value: Int64
        let length: Int
    }

    /// The table they belong to.
    package let table: Table
    /// How many there are.
    package private(set) var rows = 0
    private var fields: [Field] = []
    private var bytes: [UInt8] = []

    /// No rows yet.
    package init(of table: Table) {
        self.table = table
    }

    /// Whether it is time to hand them over: 65,536 rows, or texts and bytes of 8 MiB.
    package var isFull: Bool { rows >= 65_536 || bytes.count >= 8 << 20 }

    /// Adds a row with all columns of the table.
    ///
    /// Throws `StoreError.unexpectedValue` when a column holds what its description forbids.
    package mutating func append(_ row: borrowing Row) throws(StoreError) {
        for (index, column) in table.columns.enumerated() {
            switch (row.kind(index), column.kind) {
            case (.null, _) where column.isNullable:
                fields.append(Field(kind: .null, value: 0, length: 0))
            case (.int64, .int64):
                fields.append(Field(kind: .int64, value: try row.int64(index), length: 8))
            case (.text, .text): try append(.text, row, index)
            case (.blob, .blob): try append(.blob, row, index)
            default:
                throw .unexpectedValue(
                    column: index, expected: "\(table.name).\(column.name)",
                    found: "\(row.kind(index))")
            }
        }
        rows += 1
    }

    private mutating func append(
        _ kind: Field.Kind, _ row: borrowing Row, _ column: Int
    ) throws(StoreError) {
        let start = bytes.count
        try row.withBytes(column) { bytes.append(contentsOf: $0) }
        fields.append(Field(kind: kind, value: Int64(start), length: bytes.count - start))
    }

    /// Loads the rows into the table of another store.
    ///
    /// Throws `StoreError.constraint` when a row is there already.
    package func insert(_ connection: borrowing Connection) throws(StoreError) {
        let columns = table.columns.count
        try connection.bulkInsert(into: table, rows: rows) { row, writer throws(StoreError) in
            for field in fields[(row * columns)..<((row + 1) * columns)] { write(field, writer) }
        }
    }

    private func write(_ field: Field, _ writer: any RowWriter) {
        switch field.kind {
        case .null: writer.null()
        case .int64: writer.int64(field.value)
        case .text: withBytes(field) { writer.text(utf8: $0) }
        case .blob: withBytes(field) { writer.blob($0) }
        }
    }

    private func withBytes(_ field: Field, _ body: (UnsafeRawBufferPointer) -> Void) {
        let start = Int(field.value)
        bytes.withUnsafeBytes { all in
            body(UnsafeRawBufferPointer(rebasing: all[start..<(start + field.length)]))
        }
    }
}
