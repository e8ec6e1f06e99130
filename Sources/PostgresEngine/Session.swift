internal import CPostgres
internal import SQLStore

/// A connection with its settings and its prepared statements; used by one thread at a time.
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
    /// Where tables are made and looked for.
    private(set) var schema = ""
    let failures: FailureMapping
    let link: ServerLink
    var statements = PreparedStatements()
    /// The rows that are still arriving; nothing else can be asked before they are here.
    var arriving: RowStream?

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

    /// Whether the next transaction can begin on it.
    var isAtRest: Bool { link.isAtRest }

    /// Whether it is still there, after a look at what the server may have said meanwhile.
    var isStillOpen: Bool {
        link.takeNotice()
        return link.isOpen
    }

    /// What holds for every session, whatever the server, the database or the role would have.
    private func settle(_ terms: Terms) throws(Failure) {
        var settings = [
            // Text in statements means one thing.
            "standard_conforming_strings": "on",
            // The store's statements are too short to be worth compiling.
            "jit": "off",
            "lock_timeout": "\(failures.patienceMilliseconds)",
            // Connections rest between calls, and locks are held by one that does nothing else.
            "idle_session_timeout": "0",
        ]
        if let limit = terms.statementMilliseconds { settings["statement_timeout"] = "\(limit)" }
        let assignments = settings.map { "set_config('\($0)', '\($1)', false)" }
        // One schema: a name that is not in it must not be found elsewhere. A commit that is
        // reported is on the disk.
        let result = try exchange(
            """
            SELECT COALESCE(current_schema(), ''),
                set_config('search_path', quote_ident(current_schema()), false),
                CASE WHEN current_setting('synchronous_commit') = 'off'
                    THEN set_config('synchronous_commit', 'on', false) END,
                \(assignments.joined(separator: ", "))
            """)
        defer { PQclear(result) }
        schema = PQgetvalue(result, 0, 0).map { String(cString: $0) } ?? ""
        guard !schema.isEmpty else { throw unfit("the schema of the search path is not there") }
    }

    private func unfit(_ reason: String) -> Failure {
        Failure(.cannotOpen(path: failures.place, reason: reason))
    }
}

// MARK: - One text, one answer

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

    /// Sends a text and waits for its answer, which the caller clears.
    func exchange(_ text: String) throws(Failure) -> OpaquePointer? {
        try awaitRows()
        return try checked(PQexec(link.raw, text), text)
    }

    /// The result of a call, unless it is a failure.
    func checked(_ result: OpaquePointer?, _ sql: String) throws(Failure) -> OpaquePointer? {
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_COPY_IN, PGRES_COPY_OUT: return result
        default:
            defer { PQclear(result) }
            throw failures.failure(result, link.raw, sql: sql)
        }
    }

    /// What libpq itself has against a call.
    func failure(_ sql: String) -> Failure {
        failures.failure(nil, link.raw, sql: sql)
    }

    /// Lets the rows of an outer statement come in, since the connection is needed.
    func awaitRows() throws(Failure) {
        guard let stream = arriving else { return }
        arriving = nil
        try stream.keepRest()
    }
}
