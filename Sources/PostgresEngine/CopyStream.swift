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
    /// What came last from the server, in memory of libpq's.
    private var message: UnsafeMutablePointer<CChar>?
    private var length = 0
    private var position = 0
    private var hasHeader = false
    private var hasEnded = false
    /// Where each field of the row begins and how long it is; -1 for null.
    private var fields: [(start: Int, length: Int)] = []

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
    }

    deinit { PQfreemem(message) }

    /// Goes to the next row; false at the end, when the connection is free again.
    func next() throws(Failure) -> Bool {
        while true {
            while position == length {
                guard try receive() else { return false }
            }
            if !hasHeader {
                // A signature, flags that say nothing, and an extension with its length.
                position += 15
                position += Int(try integer(Int32.self))
                hasHeader = true
                continue
            }
            let count = try integer(Int16.self)
            // The end of the rows; what follows is the end of the copy.
            guard count >= 0 else { continue }
            guard Int(count) == kinds.count else { throw broken }
            try readFields()
            return true
        }
    }

    /// Reads to the end without looking at the rows.
    func discardRest() throws(Failure) {
        while try receive() {}
    }

    private func readFields() throws(Failure) {
        fields.removeAll(keepingCapacity: true)
        for kind in kinds {
            let size = Int(try integer(Int32.self))
            guard size <= length - position, size == 8 || size < 0 || kind != .int64 else {
                throw broken
            }
            fields.append((position, size))
            position += max(0, size)
        }
    }

    private func integer<Integer: FixedWidthInteger>(
        _ type: Integer.Type
    ) throws(Failure) -> Integer {
        let size = MemoryLayout<Integer>.size
        guard let message, size <= length - position else { throw broken }
        defer { position += size }
        return Integer(
            bigEndian: UnsafeRawPointer(message + position).loadUnaligned(as: Integer.self))
    }

    /// The next message; false at the end of the copy.
    private func receive() throws(Failure) -> Bool {
        guard !hasEnded else { return false }
        PQfreemem(message)
        message = nil
        (position, length) = (0, Int(PQgetCopyData(connection, &message, 0)))
        if length > 0 { return true }
        hasEnded = true
        let isLost = length == -2
        length = 0
        var failure = isLost ? failures.failure(nil, connection, sql: sql) : nil
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
        guard fields.indices.contains(column) else { return .foreign }
        return fields[column].length < 0 ? .null : kinds[column]
    }

    func int64(_ column: Int) -> Int64 {
        Int64(bigEndian: bytes(column).loadUnaligned(as: Int64.self))
    }

    func bytes(_ column: Int) -> UnsafeRawBufferPointer {
        let field = fields[column]
        return UnsafeRawBufferPointer(
            start: message.map { UnsafeRawPointer($0 + field.start) }, count: max(0, field.length))
    }
}
