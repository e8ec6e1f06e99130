internal import CPostgres
internal import SQLStore

/// The rows of a whole table as COPY sends them in binary, one at a time: a count of fields, then
/// each field's length and bytes.
final class CopyStream: RowSource {
    /// The statement that has the server send them.
    let sql: String

    private let connection: OpaquePointer
    private let failures: FailureMapping
    private let kinds: [ColumnKind]
    /// The fields of the row: read for every value, so they lie where no access is checked.
    private let fields: UnsafeMutablePointer<Field>
    /// What came last from the server, in memory of libpq's.
    private var message: UnsafeMutablePointer<CChar>?
    private var unread = UnsafeRawBufferPointer(start: nil, count: 0)
    private var hasHeader = false
    private var hasEnded = false

    private struct Field {
        var start: UnsafeRawPointer?
        /// -1 for null.
        var length: Int
    }

    /// Reads a table in the order of its key, once `sql` has been run.
    init(_ connection: OpaquePointer, _ failures: FailureMapping, _ table: Table) {
        self.connection = connection
        self.failures = failures
        sql = "COPY (\(table.selectionInKeyOrder)) TO STDOUT (FORMAT binary)"
        kinds = table.columns.map { column in
            switch column.kind {
            case .int64: .int64
            case .text: .text
            case .blob: .blob
            }
        }
        fields = .allocate(capacity: kinds.count)
        fields.initialize(repeating: Field(start: nil, length: -1), count: kinds.count)
    }

    deinit {
        fields.deallocate()
        PQfreemem(message)
    }

    /// Goes to the next row; false at the end, when the connection is free again.
    func next() throws(Failure) -> Bool {
        while true {
            var rest = unread
            if rest.isEmpty {
                guard try receive() else { return false }
                rest = unread
            }
            if !hasHeader {
                // A signature, flags that say nothing, and an extension with its length.
                _ = try take(15, from: &rest)
                _ = try take(Int(try integer(Int32.self, from: &rest)), from: &rest)
                hasHeader = true
                unread = rest
                continue
            }
            let count = try integer(Int16.self, from: &rest)
            if count >= 0 { try readFields(Int(count), from: &rest) }
            unread = rest
            // Below zero is the end of the rows; what follows is the end of the copy.
            if count >= 0 { return true }
        }
    }

    /// Reads to the end without looking at the rows.
    func discardRest() throws(Failure) {
        while try receive() {}
    }

    private func readFields(
        _ count: Int, from rest: inout UnsafeRawBufferPointer
    ) throws(Failure) {
        let kinds = kinds
        guard count == kinds.count else { throw broken }
        for column in 0..<count {
            let length = Int(try integer(Int32.self, from: &rest))
            guard length == 8 || length < 0 || kinds[column] != .int64 else { throw broken }
            fields[column] = Field(
                start: rest.baseAddress, length: length < 0 ? -1 : length)
            if length > 0 { _ = try take(length, from: &rest) }
        }
    }

    private func integer<Integer: FixedWidthInteger>(
        _ type: Integer.Type, from rest: inout UnsafeRawBufferPointer
    ) throws(Failure) -> Integer {
        let bytes = try take(MemoryLayout<Integer>.size, from: &rest)
        return Integer(bigEndian: bytes.loadUnaligned(as: Integer.self))
    }

    private func take(
        _ size: Int, from rest: inout UnsafeRawBufferPointer
    ) throws(Failure) -> UnsafeRawBufferPointer {
        guard size >= 0, size <= rest.count else { throw broken }
        let taken = UnsafeRawBufferPointer(rebasing: rest[..<size])
        rest = UnsafeRawBufferPointer(rebasing: rest[size...])
        return taken
    }

    /// The next message; false at the end of the copy.
    private func receive() throws(Failure) -> Bool {
        guard !hasEnded else { return false }
        PQfreemem(message)
        message = nil
        let length = Int(PQgetCopyData(connection, &message, 0))
        unread = UnsafeRawBufferPointer(start: message, count: max(0, length))
        if length > 0 { return true }
        hasEnded = true
        var failure = length == -2 ? failures.failure(nil, connection, sql: sql) : nil
        while let result = PQgetResult(connection) {
            if PQresultStatus(result) != PGRES_COMMAND_OK, failure == nil {
                failure = failures.failure(result, connection, sql: sql)
            }
            PQclear(result)
        }
        if let failure { throw failure }
        return false
    }

    private var broken: Failure {
        Failure(.inputOutput(reason: "the server's copy of rows cannot be read"))
    }
}

// RowSource: the current row.
extension CopyStream {
    func kind(_ column: Int) -> ColumnKind {
        guard kinds.indices.contains(column) else { return .foreign }
        return fields[column].length < 0 ? .null : kinds[column]
    }

    func int64(_ column: Int) -> Int64 {
        Int64(bigEndian: bytes(column).loadUnaligned(as: Int64.self))
    }

    func bytes(_ column: Int) -> UnsafeRawBufferPointer {
        let field = fields[column]
        return UnsafeRawBufferPointer(start: field.start, count: max(0, field.length))
    }
}
