internal import CPostgres
internal import SQLStore

/// The rows of one statement, read as they arrive; it owns libpq's results.
final class RowStream: RowSource {
    /// How many rows the statement inserted, updated or deleted; known at its end.
    private(set) var changes = 0

    private let connection: OpaquePointer
    private let failures: FailureMapping
    private let sql: String
    /// Results that came in while something else was asked, in reverse.
    private var kept: [OpaquePointer] = []
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
        for result in kept { PQclear(result) }
    }

    /// Goes to the next row; false at the end.
    func next() throws(Failure) -> Bool {
        row += 1
        while row >= (current.map { PQntuples($0) } ?? 0) {
            PQclear(current)
            current = try take()
            row = 0
            guard let current else { return false }
            if kinds.isEmpty { kinds = Self.kinds(current) }
        }
        return true
    }

    /// Lets the rest come in, for the connection is needed.
    func keepRest() throws(Failure) {
        var rest: [OpaquePointer] = []
        while let result = try fetch() { rest.append(result) }
        kept = rest.reversed() + kept
    }

    /// Reads to the end without looking at the rows.
    func discardRest() throws(Failure) {
        while let result = try take() { PQclear(result) }
    }

    private func take() throws(Failure) -> OpaquePointer? {
        if let first = kept.popLast() { return first }
        return try fetch()
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
            case PGRES_COPY_IN: PQputCopyEnd(connection, "not asked for")
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
        let words = PQcmdStatus(result).map { String(cString: $0) } ?? ""
        guard ["INSERT", "UPDATE", "DELETE", "MERGE"].contains(words.prefix { $0 != " " }) else {
            return 0
        }
        return PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0
    }

    private static func kinds(_ result: OpaquePointer) -> [ColumnKind] {
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
        let content = bytes(column)
        return switch content.count {
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
