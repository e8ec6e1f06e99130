/// What an engine implements to read the current row of a statement.
package protocol RowSource: AnyObject {
    /// Type and value of a column; text and blob are read by `withBytes`.
    func kind(_ column: Int) -> ColumnKind
    /// The integer in a column whose kind is `int64`.
    func int64(_ column: Int) -> Int64
    /// The bytes of a column whose kind is `text` or `blob`, valid until the next row.
    func bytes(_ column: Int) -> UnsafeRawBufferPointer
}

/// What a column of the current row holds.
package enum ColumnKind: Sendable {
    /// A 64-bit integer.
    case int64
    /// UTF-8 text.
    case text
    /// Raw bytes.
    case blob
    /// Nothing.
    case null
    /// A type the store never writes, such as a floating-point number.
    case foreign
}

/// The current row of a statement, read by column index from 0; it cannot outlive the callback.
///
/// Every access throws `StoreError.unexpectedValue` when the column holds another type.
package struct Row: ~Copyable {
    private let source: any RowSource

    /// Wraps an engine's current row.
    package init(_ source: any RowSource) {
        self.source = source
    }

    /// The integer in a column.
    package borrowing func int64(_ column: Int) throws(StoreError) -> Int64 {
        try expect(.int64, column)
        return source.int64(column)
    }

    /// The text in a column.
    package borrowing func text(_ column: Int) throws(StoreError) -> String {
        try expect(.text, column)
        return String(decoding: source.bytes(column), as: UTF8.self)
    }

    /// The bytes in a column.
    package borrowing func blob(_ column: Int) throws(StoreError) -> [UInt8] {
        try expect(.blob, column)
        return [UInt8](source.bytes(column))
    }

    /// The integer in a column, nil for null.
    package borrowing func int64OrNil(_ column: Int) throws(StoreError) -> Int64? {
        if isNull(column) { nil } else { try int64(column) }
    }

    /// The text in a column, nil for null.
    package borrowing func textOrNil(_ column: Int) throws(StoreError) -> String? {
        if isNull(column) { nil } else { try text(column) }
    }

    /// The bytes in a column, nil for null.
    package borrowing func blobOrNil(_ column: Int) throws(StoreError) -> [UInt8]? {
        if isNull(column) { nil } else { try blob(column) }
    }

    /// Whether a column holds nothing.
    package borrowing func isNull(_ column: Int) -> Bool {
        source.kind(column) == .null
    }

    /// The bytes of a text or blob column without a copy, valid only inside `body`.
    package borrowing func withBytes(
        _ column: Int, _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(StoreError) {
        let kind = source.kind(column)
        guard kind == .text || kind == .blob else {
            throw .unexpectedValue(column: column, expected: "text or blob", found: "\(kind)")
        }
        body(source.bytes(column))
    }

    /// What a column holds.
    package borrowing func kind(_ column: Int) -> ColumnKind {
        source.kind(column)
    }

    private borrowing func expect(_ expected: ColumnKind, _ column: Int) throws(StoreError) {
        let kind = source.kind(column)
        guard kind == expected else {
            throw .unexpectedValue(column: column, expected: "\(expected)", found: "\(kind)")
        }
    }
}
