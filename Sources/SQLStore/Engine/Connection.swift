/// One open transaction, lent to a body; it cannot be copied, so it cannot outlive the body.
///
/// Statements are one text for every engine, with placeholders `?1`, `?2`, … and the tokens of
/// `Dialect`. Once a statement has failed the transaction is over: every later statement, and the
/// commit, throw the same error.
package struct Connection: ~Copyable {
    private let driver: any SQLDriver

    /// Wraps an engine's open transaction.
    package init(_ driver: any SQLDriver) {
        self.driver = driver
    }

    /// What differs between engines in the text of a statement.
    package var dialect: Dialect { driver.dialect }

    /// Runs one statement to its end and returns how many rows it inserted, updated or deleted.
    @discardableResult
    package borrowing func execute(
        _ sql: String, _ values: [SQLValue] = []
    ) throws(StoreError) -> Int {
        try driver.execute(sql, values)
    }

    /// Hands over every row of a statement, one at a time; a row is valid only inside `body`.
    package borrowing func query(
        _ sql: String, _ values: [SQLValue] = [],
        _ body: (borrowing Row) throws(StoreError) -> Void
    ) throws(StoreError) {
        try driver.query(sql, values) { row throws(StoreError) in
            try body(row)
            return true
        }
    }

    /// The first row of a statement, mapped; nil when there is none.
    package borrowing func first<Result>(
        _ sql: String, _ values: [SQLValue] = [],
        _ map: (borrowing Row) throws(StoreError) -> Result
    ) throws(StoreError) -> Result? {
        var found: Result?
        try driver.query(sql, values) { row throws(StoreError) in
            found = try map(row)
            return false
        }
        return found
    }

    /// All rows of a statement, mapped, in its order; for results known to be small.
    package borrowing func all<Result>(
        _ sql: String, _ values: [SQLValue] = [],
        _ map: (borrowing Row) throws(StoreError) -> Result
    ) throws(StoreError) -> [Result] {
        var results: [Result] = []
        try driver.query(sql, values) { row throws(StoreError) in
            results.append(try map(row))
            return true
        }
        return results
    }

    /// Hands over every row of a table with all its columns, in the order of its key.
    ///
    /// `body` runs no statement: the connection is busy with the rows.
    package borrowing func scan(
        _ table: Table, _ body: (borrowing Row) throws(StoreError) -> Void
    ) throws(StoreError) {
        try driver.scan(table, body)
    }

    /// Runs one statement once per row, prepared once; `fill` writes row `i` in placeholder order.
    ///
    /// Returns the number of rows changed, so an `ON CONFLICT DO NOTHING` shows what was new.
    @discardableResult
    package borrowing func batch(
        _ sql: String, rows: Int,
        _ fill: (Int, any RowWriter) throws(StoreError) -> Void
    ) throws(StoreError) -> Int {
        try driver.batch(sql, rows: rows, fill)
    }

    /// The same, and returns of each row how many rows it changed.
    ///
    /// So is found out which rows a guarded UPDATE met: with RETURNING, SQLite would build a
    /// temporary table at every run.
    package borrowing func changesOfEach(
        _ sql: String, rows: Int,
        _ fill: (Int, any RowWriter) throws(StoreError) -> Void
    ) throws(StoreError) -> [Int] {
        try driver.changesOfEach(sql, rows: rows, fill)
    }

    /// Runs one statement once per row, prepared once and without waiting in between; `fill` writes
    /// row `i` in placeholder order, `body` gets what run `i` yields. `body` runs no statement.
    package borrowing func queryEach(
        _ sql: String, rows: Int,
        _ fill: (Int, any RowWriter) throws(StoreError) -> Void,
        _ body: (Int, borrowing Row) throws(StoreError) -> Void
    ) throws(StoreError) {
        if rows > 0 { try driver.queryEach(sql, rows: rows, fill, body) }
    }

    /// Loads new rows into a table; `fill` writes row `i` in column order, rows in key order.
    ///
    /// Throws `StoreError.constraint` when a row is there already.
    package borrowing func bulkInsert(
        into table: Table, rows: Int,
        _ fill: (Int, any RowWriter) throws(StoreError) -> Void
    ) throws(StoreError) {
        try driver.bulkInsert(into: table, rows: rows, fill)
    }
}
