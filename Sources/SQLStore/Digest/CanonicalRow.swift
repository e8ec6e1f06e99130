/// The bytes that stand for rows in a digest: typed and length-prefixed, so no two collide.
///
/// A table is `T`, its name as text, its rows, `E`, the number of rows as integer. A row is `R` and
/// its columns in declared order. An integer is 1 and 8 bytes, big-endian two's complement; text is
/// 2, a blob 3, each with its length in bytes (8, big-endian) and the bytes; null is 0.
package struct CanonicalRow {
    /// The bytes gathered so far.
    package private(set) var bytes: [UInt8] = []

    /// Nothing gathered.
    package init() {}

    /// Drops what was gathered, keeping the memory.
    package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
    }

    /// The start of a table.
    package mutating func begin(_ table: Table) {
        bytes.append(UInt8(ascii: "T"))
        var name = table.name
        name.withUTF8 { append(2, UnsafeRawBufferPointer($0)) }
    }

    /// The end of a table after so many rows.
    package mutating func end(rows: Int64) {
        bytes.append(UInt8(ascii: "E"))
        append(rows)
    }

    /// One row of so many columns; throws when a column holds a type the store never writes.
    package mutating func append(_ row: borrowing Row, columns: Int) throws(StoreError) {
        bytes.append(UInt8(ascii: "R"))
        for column in 0..<columns {
            try append(row, column: column)
        }
    }

    private mutating func append(_ row: borrowing Row, column: Int) throws(StoreError) {
        switch row.kind(column) {
        case .null: bytes.append(0)
        case .int64: append(try row.int64(column))
        case .text: try appendBytes(2, row, column)
        case .blob: try appendBytes(3, row, column)
        case .foreign:
            throw .unexpectedValue(column: column, expected: "a stored type", found: "foreign")
        }
    }

    private mutating func appendBytes(
        _ tag: UInt8, _ row: borrowing Row, _ column: Int
    ) throws(StoreError) {
        try row.withBytes(column) { append(tag, $0) }
    }

    private mutating func append(_ value: Int64) {
        bytes.append(1)
        appendBigEndian(UInt64(bitPattern: value))
    }

    private mutating func append(_ tag: UInt8, _ content: UnsafeRawBufferPointer) {
        bytes.append(tag)
        appendBigEndian(UInt64(content.count))
        bytes.append(contentsOf: content)
    }

    private mutating func appendBigEndian(_ value: UInt64) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }
}
