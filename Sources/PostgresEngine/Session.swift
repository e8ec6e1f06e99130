internal import CPostgres
internal import SQLStore

/// A connection with its prepared statements; used by one thread at a time.
final class Session {
    /// What a session is opened with.
    struct Terms: Sendable {
        let address: PostgresAddress
        let failures: FailureMapping
        /// How long a statement may run; nil leaves it to the server.
        let statementMilliseconds: Int?
    }

    /// Cancels what runs, from any thread.
    let canceller: Canceller
    /// Where tables are made and looked for first.
    private(set) var schema = ""
    let failures: FailureMapping

    private let link: ServerLink
    private var prepared: [String: [PreparedStatement]] = [:]
    private var preparedCount = 0
    private var texts: [TextKey: StatementText] = [:]
    /// The rows that are still arriving; nothing else can be asked before they are here.
    private var arriving: RowStream?

    private struct TextKey: Hashable {
        let sql: String
        let isLocking: Bool
    }

    /// Far more than the store has statements, so that texts made on the fly cannot pile up.
    private static let mostPrepared = 1_000
    private static let oldestServer: Int32 = 150_000

    /// Connects and makes the session's settings.
    init(_ terms: Terms) throws(Failure) {
        failures = terms.failures
        link = try ServerLink(terms.address, terms.failures)
        canceller = Canceller(link.raw)
        let version = PQserverVersion(link.raw)
        guard version >= Self.oldestServer else {
            throw unfit("the server is PostgreSQL \(version / 10_000) and 15 or later is needed")
        }
        guard PQparameterStatus(link.raw, "server_encoding").map({ String(cString: $0) }) == "UTF8"
        else { throw unfit("the database's encoding is not UTF8") }
        try settle(terms)
    }

    /// Whether the connection is still there, as far as is known on this side.
    var isOpen: Bool { link.isOpen }

    /// Whether it is still there, after a look at what the server may have said meanwhile.
    var isStillOpen: Bool {
        link.takeNotice()
        return link.isOpen
    }

    private func settle(_ terms: Terms) throws(Failure) {
        let limit =
            terms.statementMilliseconds.map {
                ", set_config('statement_timeout', '\($0)', false)"
            } ?? ""
        // A commit that is reported is on the disk, whatever the server's default; and the store's
        // statements are too short to be worth compiling.
        let result = try exchange(
            """
            SELECT COALESCE(current_schema(), ''), set_config('jit', 'off', false),
                set_config('lock_timeout', '\(failures.patienceMilliseconds)', false),
                CASE WHEN current_setting('synchronous_commit') = 'off'
                    THEN set_config('synchronous_commit', 'on', false) END\(limit)
            """)
        defer { PQclear(result) }
        schema = PQgetvalue(result, 0, 0).map { String(cString: $0) } ?? ""
        guard !schema.isEmpty else { throw unfit("the schema of the search path is not there") }
    }

    private func unfit(_ reason: String) -> Failure {
        Failure(.cannotOpen(path: failures.place, reason: reason))
    }
}

// MARK: - Statements

extension Session {
    /// Runs a text without placeholders whose rows nobody wants.
    func command(_ text: String) throws(Failure) {
        PQclear(try exchange(text))
    }

    /// Commits; a transaction that can only be rolled back is an error.
    func commit() throws(Failure) {
        let result = try exchange("COMMIT")
        defer { PQclear(result) }
        let words = PQcmdStatus(result).map { String(cString: $0) }
        guard words == "COMMIT" else {
            throw Failure(.statement(reason: "the transaction was rolled back", sql: "COMMIT"))
        }
    }

    /// The number a statement with one text yields; nil when it yields none.
    func number(_ sql: String, _ value: String) throws(Failure) -> Int64? {
        let values = ValueRows(placeholders: 1)
        values.text(value)
        let stream = try run(text(sql, isLocking: false), values)
        let found = try stream.next() ? stream.int64(0) : nil
        try stream.discardRest()
        return found
    }

    /// The server's text of a statement.
    func text(_ sql: String, isLocking: Bool) -> StatementText {
        let key = TextKey(sql: sql, isLocking: isLocking)
        if let known = texts[key] { return known }
        if texts.count >= Self.mostPrepared { texts.removeAll() }
        let text = StatementText(sql, .postgres, isLocking: isLocking)
        texts[key] = text
        return text
    }

    /// Runs a statement and returns its rows as they arrive, the first of them not fetched yet.
    func run(
        _ text: StatementText, _ values: ValueRows, row: Int = 0
    ) throws(Failure) -> RowStream {
        try awaitRows()
        let statement = try prepare(text, values.types(row))
        guard send(statement, values, row: row) else { throw failure(text.sql) }
        // Refused only when nothing was sent.
        _ = colend_pg_stream_rows(link.raw)
        let stream = RowStream(link.raw, failures, sql: text.sql)
        arriving = stream
        return stream
    }

    /// Runs a statement once per row without waiting in between; returns how many rows changed.
    ///
    /// All or nothing arrives on the server before the first answer is read, so the rows are few.
    func runAll(_ text: StatementText, _ values: ValueRows) throws(Failure) -> Int {
        try awaitRows()
        var statements: [PreparedStatement] = []
        for row in 0..<values.count {
            statements.append(try prepare(text, values.types(row)))
        }
        guard PQenterPipelineMode(link.raw) == 1 else { throw failure(text.sql) }
        for (row, statement) in statements.enumerated() {
            guard send(statement, values, row: row) else { throw failure(text.sql) }
        }
        guard PQpipelineSync(link.raw) == 1 else { throw failure(text.sql) }
        let (changed, first) = answers(text.sql)
        if let first { throw first }
        guard PQexitPipelineMode(link.raw) == 1 else { throw failure(text.sql) }
        return changed
    }

    /// Reads the answers of a pipeline up to its end; the first failure is the cause of the others.
    private func answers(_ sql: String) -> (changed: Int, failure: Failure?) {
        var changed = 0
        var first: Failure?
        while isOpen {
            // Null stands between the answers of two statements.
            guard let result = PQgetResult(link.raw) else { continue }
            defer { PQclear(result) }
            switch PQresultStatus(result) {
            case PGRES_PIPELINE_SYNC:
                if first != nil { PQexitPipelineMode(link.raw) }
                return (changed, first)
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK: changed += RowStream.changes(result)
            default: if first == nil { first = failures.failure(result, link.raw, sql: sql) }
            }
        }
        return (changed, first ?? failure(sql))
    }

    private func send(_ statement: PreparedStatement, _ values: ValueRows, row: Int) -> Bool {
        values.withRow(row) { pointers, lengths, formats in
            PQsendQueryPrepared(
                link.raw, statement.name, Int32(pointers.count), pointers, lengths, formats, 1)
        } == 1
    }

    private func prepare(
        _ text: StatementText, _ types: [Oid]
    ) throws(Failure) -> PreparedStatement {
        if let known = prepared[text.text]?.first(where: { $0.takes(types) }) { return known }
        if preparedCount >= Self.mostPrepared {
            try command("DEALLOCATE ALL")
            prepared.removeAll()
            preparedCount = 0
        }
        preparedCount += 1
        let name = "s\(preparedCount)"
        PQclear(
            try checked(
                PQprepare(link.raw, name, text.text, Int32(types.count), types), text.sql))
        let statement = PreparedStatement(name: name, types: try resolve(types, of: name, text.sql))
        prepared[text.text, default: []].append(statement)
        return statement
    }

    /// Where a value was null the server has chosen the type.
    private func resolve(
        _ types: [Oid], of name: String, _ sql: String
    ) throws(Failure) -> [Oid] {
        guard types.contains(ServerType.unknown) else { return types }
        let description = try checked(PQdescribePrepared(link.raw, name), sql)
        defer { PQclear(description) }
        return types.indices.map { PQparamtype(description, Int32($0)) }
    }

    private func exchange(_ text: String) throws(Failure) -> OpaquePointer? {
        try awaitRows()
        return try checked(PQexec(link.raw, text), text)
    }

    private func checked(
        _ result: OpaquePointer?, _ sql: String
    ) throws(Failure) -> OpaquePointer? {
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_COPY_IN, PGRES_COPY_OUT: return result
        default:
            defer { PQclear(result) }
            throw failures.failure(result, link.raw, sql: sql)
        }
    }

    private func failure(_ sql: String) -> Failure {
        failures.failure(nil, link.raw, sql: sql)
    }

    /// Lets the rows of an outer statement come in, since the connection is needed.
    private func awaitRows() throws(Failure) {
        guard let stream = arriving else { return }
        arriving = nil
        try stream.keepRest()
    }
}

// MARK: - Loading

extension Session {
    /// Begins to read a whole table; nothing else can be asked before its rows are read.
    func unload(_ table: Table) throws(Failure) -> CopyStream {
        let stream = CopyStream(link.raw, failures, table)
        try command(stream.sql)
        return stream
    }

    /// Begins to load rows into a table.
    func beginLoad(_ table: Table) throws(Failure) {
        try command(table.loading)
    }

    /// Sends a piece of the load.
    func load(_ rows: CopyRows, of table: Table) throws(Failure) {
        guard PQputCopyData(link.raw, rows.start, Int32(rows.byteCount)) == 1 else {
            throw failure(table.loading)
        }
        rows.removeAll()
    }

    /// Ends the load, or gives it up for a reason; throws what the server says to the rows.
    func endLoad(_ table: Table, givenUp reason: String? = nil) throws(Failure) {
        guard PQputCopyEnd(link.raw, reason) == 1 else { throw failure(table.loading) }
        var first: Failure?
        while let result = PQgetResult(link.raw) {
            defer { PQclear(result) }
            if PQresultStatus(result) != PGRES_COMMAND_OK, first == nil {
                first = failures.failure(result, link.raw, sql: table.loading)
            }
        }
        if let first { throw first }
    }
}

extension Table {
    fileprivate var loading: String {
        let names = columns.map(\.name).joined(separator: ", ")
        return "COPY \(name) (\(names)) FROM STDIN (FORMAT binary)"
    }
}

/// A statement the server has parsed, for values of certain types.
struct PreparedStatement {
    let name: String
    let types: [Oid]

    /// Whether values of these types fit; null fits everywhere.
    func takes(_ values: [Oid]) -> Bool {
        zip(types, values).allSatisfy { $0 == $1 || $1 == ServerType.unknown }
    }
}
