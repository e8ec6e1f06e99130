/// A database that runs transactions: the one thing SQLStore asks of an engine.
///
/// Bodies are synchronous and run on threads the engine owns, never on the cooperative pool. A body
/// may run again after a serialization failure, so it has no effect outside the database.
package protocol SQLEngine: Sendable {
    /// What differs between engines in the text of a statement.
    var dialect: Dialect { get }

    /// Runs `body` in one writing transaction and commits it; whatever `body` throws rolls it back.
    ///
    /// Throws `StoreError.busy` when another process keeps writing longer than the engine waits.
    @discardableResult
    func write<Result: Sendable>(
        _ body: @escaping @Sendable (borrowing Connection) throws -> Result
    ) async throws -> Result

    /// Runs `body` over one consistent snapshot; a statement that writes is refused.
    func read<Result: Sendable>(
        _ body: @escaping @Sendable (borrowing Connection) throws -> Result
    ) async throws -> Result

    /// Takes a lock of that name for this process, or returns nil at once when another holds it.
    ///
    /// The lock is held between transactions and dies with its process.
    func lock(_ name: String) throws(StoreError) -> (any SQLLease)?
}

/// A lock that is held until it is released or its process ends.
package protocol SQLLease: Sendable {
    /// Whether it is held still, as far as is known: a lock on a server goes with its connection.
    var isHeld: Bool { get }

    /// Lets others take the lock; further calls do nothing.
    func release()
}

/// What an engine implements for one open transaction; `Connection` is what statements see of it.
package protocol SQLDriver: AnyObject {
    /// What differs between engines in the text of a statement.
    var dialect: Dialect { get }

    /// Runs one statement to its end and returns the number of rows it changed.
    func execute(_ sql: String, _ values: [SQLValue]) throws(StoreError) -> Int

    /// Runs one statement and hands over its rows one at a time until `body` returns false.
    func query(
        _ sql: String, _ values: [SQLValue],
        _ body: (borrowing Row) throws(StoreError) -> Bool
    ) throws(StoreError)

    /// Hands over every row of a table in the order of its key, by the engine's fastest way; no
    /// statement may run meanwhile.
    func scan(
        _ table: Table, _ body: (borrowing Row) throws(StoreError) -> Void
    ) throws(StoreError)

    /// Runs one statement once per row, prepared once, and returns the number of rows changed.
    func batch(
        _ sql: String, rows: Int,
        _ fill: (Int, any RowWriter) throws(StoreError) -> Void
    ) throws(StoreError) -> Int

    /// The same, and returns of each row how many rows it changed.
    func changesOfEach(
        _ sql: String, rows: Int,
        _ fill: (Int, any RowWriter) throws(StoreError) -> Void
    ) throws(StoreError) -> [Int]

    /// Runs one statement once per row, prepared once, and hands over what each run yields, with
    /// the row's number, in order of the rows; `body` runs no statement.
    func queryEach(
        _ sql: String, rows: Int, _ fill: (Int, any RowWriter) throws(StoreError) -> Void,
        _ body: (Int, borrowing Row) throws(StoreError) -> Void
    ) throws(StoreError)

    /// Loads rows into a table in the order of its columns, by the engine's fastest way.
    func bulkInsert(
        into table: Table, rows: Int,
        _ fill: (Int, any RowWriter) throws(StoreError) -> Void
    ) throws(StoreError)
}

/// Takes the values of one row of a batch, in the order of its placeholders or columns.
package protocol RowWriter: AnyObject {
    /// The next value, an integer.
    func int64(_ value: Int64)
    /// The next value, text.
    func text(_ value: String)
    /// The next value, text as its UTF-8.
    func text(utf8 bytes: UnsafeRawBufferPointer)
    /// The next value, bytes.
    func blob(_ bytes: UnsafeRawBufferPointer)
    /// The next value, absent.
    func null()
}

extension RowWriter {
    /// The next value, bytes.
    package func blob(_ value: [UInt8]) {
        value.withUnsafeBytes { blob($0) }
    }

    /// The next value, an integer or null.
    package func int64(_ value: Int64?) {
        if let value { int64(value) } else { null() }
    }

    /// The next value, text or null.
    package func text(_ value: String?) {
        if let value { text(value) } else { null() }
    }

    /// The next value, bytes or null.
    package func blob(_ value: [UInt8]?) {
        if let value { blob(value) } else { null() }
    }
}
