internal import CPostgres
internal import SQLStore

// Prepared statements: one at a time with its rows, or many without waiting in between.

extension Session {
    /// What is known of a text; nothing is locked unless `isLocking`.
    func statement(_ sql: String, isLocking: Bool) throws(Failure) -> KnownStatement {
        try makeRoom(for: 1)
        return statements.statement(sql, isLocking: isLocking)
    }

    /// The number a statement with one text yields; nil when it yields none.
    func number(_ sql: String, _ value: String) throws(Failure) -> Int64? {
        let values = ValueRows(placeholders: 1)
        do throws(StoreError) {
            try values.add(sql: sql) { $0.text(value) }
        } catch {
            throw Failure(error)
        }
        let stream = try run(statement(sql, isLocking: false), values)
        let found = try stream.next() ? stream.int64(0) : nil
        try stream.discardRest()
        return found
    }

    /// Runs a statement with the only row of values and returns its rows as they arrive, the first
    /// of them not fetched yet.
    func run(_ statement: KnownStatement, _ values: ValueRows) throws(Failure) -> RowStream {
        try awaitRows()
        let sql = statement.text.sql
        let prepared = try prepare(statement, values.types(0))
        guard values.withRows({ row in send(prepared, row) }) else { throw failure(sql) }
        // Refused only when nothing was sent.
        _ = colend_pg_stream_rows(link.raw)
        let stream = RowStream(link.raw, failures, sql: sql)
        arriving = stream
        return stream
    }

    /// Runs a statement once per row without waiting in between; returns how many rows changed.
    ///
    /// All or nothing arrives on the server before the first answer is read, so the rows are few.
    func runAll(_ statement: KnownStatement, _ values: ValueRows) throws(Failure) -> Int {
        try pipeline(statement, values) { _, _ throws(Failure) in }
    }

    /// The same, and tells of each run how many rows it changed.
    func runEach(
        _ statement: KnownStatement, _ values: ValueRows, _ body: (Int, Int) -> Void
    ) throws(Failure) {
        _ = try pipeline(statement, values) { run, result throws(Failure) in
            body(run, RowStream.changes(result))
        }
    }

    /// The same, and hands over the rows that each run yields with the run's number.
    func queryAll(
        _ statement: KnownStatement, _ values: ValueRows,
        _ body: (Int, ResultRows) throws(Failure) -> Void
    ) throws(Failure) {
        _ = try pipeline(statement, values) { run, result throws(Failure) in
            let rows = ResultRows(result)
            while rows.next() { try body(run, rows) }
        }
    }

    private func pipeline(
        _ statement: KnownStatement, _ values: ValueRows,
        _ body: (Int, OpaquePointer) throws(Failure) -> Void
    ) throws(Failure) -> Int {
        try awaitRows()
        let sql = statement.text.sql
        // Before the first is looked up: making room for a later one would take it away.
        try makeRoom(for: values.count)
        var prepared: [PreparedStatement] = []
        for row in 0..<values.count {
            let isAsBefore = row > 0 && values.types(row) == values.types(row - 1)
            prepared.append(
                isAsBefore ? prepared[row - 1] : try prepare(statement, values.types(row)))
        }
        guard PQenterPipelineMode(link.raw) == 1,
            values.withRows({ row in send(prepared[row.number], row) }),
            PQpipelineSync(link.raw) == 1
        else { throw failure(sql) }
        let (changed, first) = answers(sql, body)
        PQexitPipelineMode(link.raw)
        if let first { throw first }
        return changed
    }

    /// Reads the answers of a pipeline up to its end; the first failure is the cause of the others.
    ///
    /// A pipeline that does not get there leaves the connection in no state to be used again.
    private func answers(
        _ sql: String, _ body: (Int, OpaquePointer) throws(Failure) -> Void
    ) -> (changed: Int, failure: Failure?) {
        var changed = 0
        var run = 0
        var first: Failure?
        var isBetween = false
        while isOpen {
            guard let result = PQgetResult(link.raw) else {
                // Null stands between the answers of two statements, and twice behind the last.
                if isBetween { break }
                isBetween = true
                run += 1
                continue
            }
            isBetween = false
            defer { PQclear(result) }
            let status = PQresultStatus(result)
            switch status {
            // libpq may still hand out the first rows one by one, as the last statement wished.
            case _ where colend_pg_is_part(status) == 1:
                guard first == nil else { continue }
                do throws(Failure) { try body(run, result) } catch { first = error }
            case PGRES_PIPELINE_SYNC: return (changed, first)
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK:
                changed += RowStream.changes(result)
                guard first == nil else { continue }
                // The rest must be off the wire before anything else is asked.
                do throws(Failure) { try body(run, result) } catch { first = error }
            case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
                return (0, Failure(.statement(reason: "a statement may not copy", sql: sql)))
            default: if first == nil { first = failures.failure(result, link.raw, sql: sql) }
            }
        }
        return (changed, first ?? failure(sql))
    }

    private func send(_ statement: PreparedStatement, _ row: ValueRows.Lent) -> Bool {
        PQsendQueryPrepared(
            link.raw, statement.name, Int32(row.count), row.values, row.lengths, row.formats, 1)
            == 1
    }

    private func prepare(
        _ statement: KnownStatement, _ types: ArraySlice<Oid>
    ) throws(Failure) -> PreparedStatement {
        if let known = statement.prepared(for: types) { return known }
        try makeRoom(for: 1)
        let (name, text) = (statements.newName(), statement.text)
        PQclear(
            try checked(
                PQprepare(link.raw, name, text.text, Int32(types.count), Array(types)), text.sql))
        let prepared = PreparedStatement(
            name: name, types: try resolve(types, of: name, text.sql))
        statements.add(prepared, to: statement)
        return prepared
    }

    /// Where a value was null the server has chosen the type.
    private func resolve(
        _ types: ArraySlice<Oid>, of name: String, _ sql: String
    ) throws(Failure) -> [Oid] {
        guard types.contains(ServerType.unknown) else { return Array(types) }
        let description = try checked(PQdescribePrepared(link.raw, name), sql)
        defer { PQclear(description) }
        return (0..<Int32(types.count)).map { PQparamtype(description, $0) }
    }

    private func makeRoom(for count: Int) throws(Failure) {
        guard !statements.hasRoom(for: count) else { return }
        try command("DEALLOCATE ALL")
        statements.forgetAll()
    }
}
