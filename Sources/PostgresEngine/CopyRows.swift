internal import SQLStore

/// Rows in the binary form of COPY: a count of fields, then each field's length and bytes.
final class CopyRows: RowWriter {
    private var bytes = GrowingBytes(capacity: 1 << 17)
    private var fields: Int16 = 0
    private var hasZero = false

    /// With the header that opens every load.
    init() {
        "PGCOPY\n".utf8.forEach { bytes.append($0) }
        bytes.append(UInt8(0xFF))
        "\r\n\0".utf8.forEach { bytes.append($0) }
        // No flags, no extension.
        bytes.append(Int64(0))
    }

    /// What is to be sent.
    var byteCount: Int { bytes.count }
    /// Its first byte; valid until the next row.
    var start: UnsafePointer<CChar> { bytes.start }

    /// Forgets what was sent.
    func removeAll() { bytes.removeAll() }

    /// Appends what closes every load.
    func finish() { bytes.append(Int16(-1)) }

    /// Adds a row; throws when the number of its values is not that of the table's columns, or when
    /// a text cannot be stored.
    func add(
        to table: Table, _ fill: (any RowWriter) throws(StoreError) -> Void
    ) throws(StoreError) {
        let place = bytes.count
        fields = 0
        bytes.append(fields)
        try fill(self)
        guard Int(fields) == table.columns.count else {
            throw .statement(
                reason: "\(fields) values for \(table.columns.count) columns",
                sql: table.insertion)
        }
        guard !hasZero else { throw .zeroInText(sql: table.insertion) }
        bytes.replace(at: place, by: fields)
    }

    func int64(_ value: Int64) {
        fields += 1
        bytes.appendField(value)
    }

    func text(_ value: String) {
        var value = value
        value.withUTF8 { text(utf8: UnsafeRawBufferPointer($0)) }
    }

    func text(utf8 bytes: UnsafeRawBufferPointer) {
        hasZero = hasZero || bytes.hasZero
        append(bytes)
    }

    func blob(_ bytes: UnsafeRawBufferPointer) { append(bytes) }

    func null() {
        fields += 1
        bytes.append(Int32(-1))
    }

    private func append(_ content: UnsafeRawBufferPointer) {
        fields += 1
        bytes.append(Int32(content.count))
        bytes.append(content)
    }
}
