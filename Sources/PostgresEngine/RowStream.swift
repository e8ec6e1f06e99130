internal import CPostgres
private import Glibc
internal import SQLStore

/// The rows of one statement, read as they arrive; it owns libpq's results.
final class RowStream: RowSource {
    /// How many rows the statement inserted, updated or deleted; known at its end.
    private(set) var changes = 0

    private let connection: OpaquePointer
    private let failures: FailureMapping
    private let sql: String
    /// Results that came in while something else was asked, the first ones read already.
    private var kept: [OpaquePointer] = []
    private var keptRead = 0
    private var hasEnded = false
    private var current: OpaquePointer?
    private var row: Int32 = -1
    private var kinds: [ColumnKind] = []

    /// Reads what a statement that was just sent answers.
    init(_ connection: OpaquePointer, _ failures: FailureMapping, sql: String) {
        self.connection = connection
        self.failures = failures
        self.sql = sql
    }

    deinit {
        PQclear(current)
        for result in kept[keptRead...] { PQclear(result) }
    }

    /// Goes to the next row; false at the end.
    func next() throws(Failure) -> Bool {
        row += 1
        while row >= (current.map { PQntuples($0) } ?? 0) {
            let read = current
            // Forgotten before the next is asked for, which may fail.
            current = nil
            PQclear(read)
            current = try take()
            row = 0
            guard let current else { return false }
            if kinds.isEmpty { kinds = Self.kinds(current) }
        }
        return true
    }

    /// Lets the rest come in, for the connection is needed.
    func keepRest() throws(Failure) {
        while let result = try fetch() { kept.append(result) }
    }

    /// Reads to the end without looking at the rows.
    func discardRest() throws(Failure) {
        while let result = try take() { PQclear(result) }
    }

    private func take() throws(Failure) -> OpaquePointer? {
        guard keptRead < kept.count else { return try fetch() }
        defer { keptRead += 1 }
        return kept[keptRead]
    }

    /// The next result with rows; nil at the end, when the connection is free again.
    private func fetch() throws(Failure) -> OpaquePointer? {
        guard !hasEnded else { return nil }
        var failure: Failure?
        while let result = PQgetResult(connection) {
            let status = PQresultStatus(result)
            if colend_pg_is_part(status) == 1 { return result }
            switch status {
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK: changes += Self.changes(result)
            case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
                // libpq repeats it for ever; the next command takes the connection out of it.
                PQclear(result)
                hasEnded = true
                throw Failure(.statement(reason: "a statement may not copy", sql: sql))
            default:
                failure = failure ?? failures.failure(result, connection, sql: sql)
            }
            PQclear(result)
        }
        hasEnded = true
        if let failure { throw failure }
        return nil
    }

    /// The rows a result says were inserted, updated or deleted; a query changes none.
    static func changes(_ result: OpaquePointer) -> Int {
        guard let word = PQcmdStatus(result), let count = PQcmdTuples(result) else { return 0 }
        // SELECT, FETCH and MOVE tell a number too; INSERT, UPDATE, DELETE and MERGE change rows.
        let first = (UInt8(bitPattern: word[0]), UInt8(bitPattern: word[0] == 0 ? 0 : word[1]))
        switch first {
        case (UInt8(ascii: "I"), UInt8(ascii: "N")), (UInt8(ascii: "U"), UInt8(ascii: "P")),
            (UInt8(ascii: "D"), UInt8(ascii: "E")), (UInt8(ascii: "M"), UInt8(ascii: "E")):
            return Int(atoll(count))
        default: return 0
        }
    }

    static func kinds(_ result: OpaquePointer) -> [ColumnKind] {
        (0..<PQnfields(result)).map { column in
            switch PQftype(result, column) {
            case ServerType.int64, ServerType.int32, ServerType.int16: .int64
            case ServerType.text, ServerType.varchar: .text
            case ServerType.bytes: .blob
            default: .foreign
            }
        }
    }
}

// RowSource: the current row.
extension RowStream {
    func kind(_ column: Int) -> ColumnKind {
        guard kinds.indices.contains(column), let current else { return .foreign }
        return PQgetisnull(current, row, Int32(column)) == 1 ? .null : kinds[column]
    }

    func int64(_ column: Int) -> Int64 {
        Self.int64(in: bytes(column))
    }

    /// The integer that the server has written, whatever its width.
    static func int64(in content: UnsafeRawBufferPointer) -> Int64 {
        switch content.count {
        case 8: Int64(bigEndian: content.loadUnaligned(as: Int64.self))
        case 4: Int64(Int32(bigEndian: content.loadUnaligned(as: Int32.self)))
        default: Int64(Int16(bigEndian: content.loadUnaligned(as: Int16.self)))
        }
    }

    func bytes(_ column: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(
            start: PQgetvalue(current, row, Int32(column)),
            count: Int(PQgetlength(current, row, Int32(column))))
    }
}
