internal import GRDB
private import GRDBSQLite
internal import SQLStore

/// Runs statements of one transaction on a GRDB connection, prepared once per connection.
final class SQLiteDriver: SQLDriver {
    /// The first error of a statement; the transaction must not commit once it is set.
    private(set) var failure: StoreError?

    private let database: Database
    private let failures: FailureMapping
    /// Statements being stepped through: the same text inside its own rows needs a second one.
    private var running: Set<OpaquePointer> = []

    /// Serves the open transaction of a connection.
    init(_ database: Database, _ failures: FailureMapping) {
        self.database = database
        self.failures = failures
    }

    var dialect: Dialect { .sqlite }

    func execute(_ sql: String, _ values: [SQLValue]) throws(StoreError) -> Int {
        try withStatement(sql) { statement throws(StoreError) in
            try statement.bind(values)
            return try changes { () throws(StoreError) in try statement.runToEnd() }
        }
    }

    func query(
        _ sql: String, _ values: [SQLValue],
        _ body: (borrowing SQLStore.Row) throws(StoreError) -> Bool
    ) throws(StoreError) {
        try withStatement(sql) { statement throws(StoreError) in
            try statement.bind(values)
            while try statement.step(), try body(SQLStore.Row(statement)) {}
        }
    }

    func scan(
        _ table: SQLStore.Table, _ body: (borrowing SQLStore.Row) throws(StoreError) -> Void
    ) throws(StoreError) {
        try query(table.selectionInKeyOrder, []) { row throws(StoreError) in
            try body(row)
            return true
        }
    }

    func batch(
        _ sql: String, rows: Int, _ fill: (Int, any RowWriter) throws(StoreError) -> Void
    ) throws(StoreError) -> Int {
        try withStatement(sql) { statement throws(StoreError) in
            try changes { () throws(StoreError) in
                for row in 0..<rows {
                    try statement.bind { writer throws(StoreError) in try fill(row, writer) }
                    try statement.runToEnd()
                    statement.reset()
                }
            }
        }
    }

    func changesOfEach(
        _ sql: String, rows: Int, _ fill: (Int, any RowWriter) throws(StoreError) -> Void
    ) throws(StoreError) -> [Int] {
        try withStatement(sql) { statement throws(StoreError) in
            var counts: [Int] = []
            counts.reserveCapacity(rows)
            for row in 0..<rows {
                try statement.bind { writer throws(StoreError) in try fill(row, writer) }
                counts.append(
                    try changes { () throws(StoreError) in try statement.runToEnd() })
                statement.reset()
            }
            return counts
        }
    }

    func queryEach(
        _ sql: String, rows: Int, _ fill: (Int, any RowWriter) throws(StoreError) -> Void,
        _ body: (Int, borrowing SQLStore.Row) throws(StoreError) -> Void
    ) throws(StoreError) {
        try withStatement(sql) { statement throws(StoreError) in
            for row in 0..<rows {
                try statement.bind { writer throws(StoreError) in try fill(row, writer) }
                while try statement.step() { try body(row, SQLStore.Row(statement)) }
                statement.reset()
            }
        }
    }

    func bulkInsert(
        into table: SQLStore.Table, rows: Int,
        _ fill: (Int, any RowWriter) throws(StoreError) -> Void
    ) throws(StoreError) {
        _ = try batch(table.insertion, rows: rows, fill)
    }

    private func changes(_ body: () throws(StoreError) -> Void) throws(StoreError) -> Int {
        let before = sqlite3_total_changes(database.sqliteConnection)
        try body()
        return Int(sqlite3_total_changes(database.sqliteConnection) &- before)
    }

    private func withStatement<Result>(
        _ sql: String, _ body: (SQLiteStatementRun) throws(StoreError) -> Result
    ) throws(StoreError) -> Result {
        if let failure { throw failure }
        do {
            let statement = try prepare(sql)
            let run = SQLiteStatementRun(statement.sqliteStatement, failures)
            running.insert(statement.sqliteStatement)
            defer {
                run.finish()
                running.remove(statement.sqliteStatement)
            }
            return try withExtendedLifetime(statement) { () throws(StoreError) in try body(run) }
        } catch {
            failure = error
            throw error
        }
    }

    private func prepare(_ sql: String) throws(StoreError) -> Statement {
        try failures.mapping {
            let text = dialect.render(sql)
            let statement = try database.cachedStatement(sql: text)
            return running.contains(statement.sqliteStatement)
                ? try database.makeStatement(sql: text) : statement
        }
    }
}
