internal import CPostgres
internal import SQLStore

// COPY in binary: a table's rows in one stream, out or in.

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
