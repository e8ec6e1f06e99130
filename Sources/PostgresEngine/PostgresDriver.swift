internal import SQLStore

/// Runs statements of one transaction on a session, prepared once per connection.
final class PostgresDriver: SQLDriver {
    /// The first failure of a statement; the transaction must not commit once it is set.
    private(set) var failure: Failure?

    private let session: Session
    private let cancellation: Cancellation
    /// Whether rows are being read for a write that follows.
    private let isWriting: Bool
    /// Whether whole tables come or go: no statement can run then.
    private var isCopying = false

    /// Serves the open transaction of a session.
    init(_ session: Session, _ cancellation: Cancellation, isWriting: Bool) {
        self.session = session
        self.cancellation = cancellation
        self.isWriting = isWriting
    }

    var dialect: Dialect { .postgres }

    func execute(_ sql: String, _ values: [SQLValue]) throws(StoreError) -> Int {
        try noting { () throws(Failure) in
            let stream = try run(sql, values)
            try stream.discardRest()
            return stream.changes
        }
    }

    func query(
        _ sql: String, _ values: [SQLValue],
        _ body: (borrowing Row) throws(StoreError) -> Bool
    ) throws(StoreError) {
        try noting { () throws(Failure) in
            let stream = try run(sql, values)
            do throws(Failure) {
                while try stream.next() {
                    let goesOn = try mapping { () throws(StoreError) in try body(Row(stream)) }
                    if !goesOn { break }
                }
            } catch {
                // The rest must be off the wire before the rollback; its own failure is later.
                try? stream.discardRest()
                throw error
            }
            try stream.discardRest()
        }
    }

    func scan(
        _ table: Table, _ body: (borrowing Row) throws(StoreError) -> Void
    ) throws(StoreError) {
        try noting { () throws(Failure) in
            try check()
            let stream = try session.unload(table)
            isCopying = true
            defer { isCopying = false }
            do throws(Failure) {
                while try stream.next() {
                    try mapping { () throws(StoreError) in try body(Row(stream)) }
                }
            } catch {
                // The rest must be off the wire before the rollback; its own failure is later.
                try? stream.discardRest()
                throw error
            }
        }
    }

    func batch(
        _ sql: String, rows: Int, _ fill: (Int, any RowWriter) throws(StoreError) -> Void
    ) throws(StoreError) -> Int {
        var changed = 0
        try pipelines(sql, rows, fill) { statement, values, _ throws(Failure) in
            changed += try session.runAll(statement, values)
        }
        return changed
    }

    func changesOfEach(
        _ sql: String, rows: Int, _ fill: (Int, any RowWriter) throws(StoreError) -> Void
    ) throws(StoreError) -> [Int] {
        var counts = [Int](repeating: 0, count: rows)
        try pipelines(sql, rows, fill) { statement, values, first throws(Failure) in
            try session.runEach(statement, values) { run, changed in
                counts[first + run] += changed
            }
        }
        return counts
    }

    func queryEach(
        _ sql: String, rows: Int, _ fill: (Int, any RowWriter) throws(StoreError) -> Void,
        _ body: (Int, borrowing Row) throws(StoreError) -> Void
    ) throws(StoreError) {
        try pipelines(sql, rows, fill) { statement, values, first throws(Failure) in
            try session.queryAll(statement, values) { index, found throws(Failure) in
                try mapping { () throws(StoreError) in try body(first + index, Row(found)) }
            }
        }
    }

    /// Hands over the rows in pieces that fit a pipeline, each with the number of its first row.
    private func pipelines(
        _ sql: String, _ rows: Int, _ fill: (Int, any RowWriter) throws(StoreError) -> Void,
        _ send: (KnownStatement, ValueRows, Int) throws(Failure) -> Void
    ) throws(StoreError) {
        try noting { () throws(Failure) in
            let statement = try session.statement(sql, isLocking: isWriting)
            let values = ValueRows(placeholders: statement.text.placeholders)
            var first = 0
            for row in 0..<rows {
                try mapping { () throws(StoreError) in
                    try values.add(sql: sql) { writer throws(StoreError) in
                        try fill(row, writer)
                    }
                }
                guard
                    values.count == Self.rowsPerPipeline || row == rows - 1
                        || values.byteCount >= Self.bytesPerPipeline
                else { continue }
                try check()
                try send(statement, values, first)
                first = row + 1
                values.removeAll()
            }
        }
    }

    func bulkInsert(
        into table: Table, rows: Int, _ fill: (Int, any RowWriter) throws(StoreError) -> Void
    ) throws(StoreError) {
        // Few rows are quicker by a statement that is prepared than by a load that is not.
        guard rows >= Self.rowsWorthLoading else {
            _ = try batch(table.insertion, rows: rows, fill)
            return
        }
        try noting { () throws(Failure) in
            try check()
            try session.beginLoad(table)
            isCopying = true
            defer { isCopying = false }
            do throws(Failure) {
                try load(table, rows: rows, fill)
            } catch {
                // What the server says to a load that was given up is not the cause.
                try? session.endLoad(table, givenUp: "the rows cannot be had")
                throw error
            }
            try session.endLoad(table)
        }
    }

    private func load(
        _ table: Table, rows: Int, _ fill: (Int, any RowWriter) throws(StoreError) -> Void
    ) throws(Failure) {
        let copy = CopyRows()
        for row in 0..<rows {
            try mapping { () throws(StoreError) in
                try copy.add(to: table) { writer throws(StoreError) in try fill(row, writer) }
            }
            if copy.byteCount >= Self.bytesPerPiece {
                try check()
                try session.load(copy, of: table)
            }
        }
        copy.finish()
        try session.load(copy, of: table)
    }

    /// So few that their answers fit between server and client while neither reads.
    private static let rowsPerPipeline = 256
    private static let bytesPerPipeline = 1 << 20
    private static let bytesPerPiece = 1 << 16
    private static let rowsWorthLoading = 16
}

extension PostgresDriver {
    private func run(_ sql: String, _ values: [SQLValue]) throws(Failure) -> RowStream {
        try check()
        // Nothing is locked where nothing can be written.
        let statement = try session.statement(sql, isLocking: isWriting)
        let rows = ValueRows(placeholders: statement.text.placeholders)
        try mapping { () throws(StoreError) in
            try rows.add(sql: sql) { writer in writer.write(values) }
        }
        return try session.run(statement, rows)
    }

    private func check() throws(Failure) {
        if cancellation.isCancelled {
            throw Failure.cancelled
        }
    }

    private func mapping<Result>(
        _ body: () throws(StoreError) -> Result
    ) throws(Failure) -> Result {
        do throws(StoreError) {
            return try body()
        } catch {
            // A statement inside the body has left the failure behind the error.
            throw failure ?? Failure(error)
        }
    }

    private func noting<Result>(
        _ body: () throws(Failure) -> Result
    ) throws(StoreError) -> Result {
        if let failure { throw failure.error }
        do throws(Failure) {
            if isCopying {
                throw Failure(.statement(reason: "a load or a scan is under way", sql: ""))
            }
            return try body()
        } catch {
            failure = failure ?? error
            throw error.error
        }
    }
}
