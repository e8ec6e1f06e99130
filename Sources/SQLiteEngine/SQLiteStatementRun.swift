private import GRDBSQLite
internal import SQLStore

/// One run of a prepared statement: binds, steps and reads at the level of the C library.
final class SQLiteStatementRun: RowSource, RowWriter {
    private let handle: OpaquePointer
    private let failures: FailureMapping
    private var boundCount: Int32 = 0
    private var bindResult = SQLITE_OK
    private var hasZero = false
    /// Where the texts of a row lie while it is run: SQLite would allocate for each copy it makes.
    private let texts = UnsafeMutableRawBufferPointer.allocate(byteCount: 1_024, alignment: 1)
    private var textCount = 0

    /// Runs the statement behind a handle, which must outlive this object.
    init(_ handle: OpaquePointer, _ failures: FailureMapping) {
        self.handle = handle
        self.failures = failures
    }

    deinit { texts.deallocate() }

    /// Binds all values in the order of the placeholders.
    func bind(_ values: [SQLValue]) throws(StoreError) {
        try bind { writer throws(StoreError) in
            for value in values {
                switch value {
                case .int64(let value): writer.int64(value)
                case .text(let value): writer.text(value)
                case .blob(let value): writer.blob(value)
                case .null: writer.null()
                }
            }
        }
    }

    /// Lets `fill` bind the values; throws when their number is not that of the placeholders, or
    /// when a text cannot be stored.
    func bind(_ fill: (any RowWriter) throws(StoreError) -> Void) throws(StoreError) {
        boundCount = 0
        textCount = 0
        bindResult = SQLITE_OK
        hasZero = false
        try fill(self)
        let expected = sqlite3_bind_parameter_count(handle)
        guard boundCount == expected else {
            let reason = "\(boundCount) values for \(expected) placeholders"
            throw .statement(reason: reason, sql: String(cString: sqlite3_sql(handle)))
        }
        guard !hasZero else { throw .zeroInText(sql: String(cString: sqlite3_sql(handle))) }
        guard bindResult == SQLITE_OK else { throw failure(bindResult) }
    }

    /// Goes to the next row; false at the end.
    func step() throws(StoreError) -> Bool {
        let result = sqlite3_step(handle)
        switch result {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw failure(sqlite3_extended_errcode(sqlite3_db_handle(handle)))
        }
    }

    /// Steps through all rows without reading them.
    func runToEnd() throws(StoreError) {
        while try step() {}
    }

    /// Makes the statement ready for another run.
    func reset() {
        // The result repeats the error of the last step, which has been thrown already.
        _ = sqlite3_reset(handle)
    }

    /// The same after the last run: the statement keeps nothing of what was bound.
    func finish() {
        reset()
        sqlite3_clear_bindings(handle)
    }

    private func failure(_ code: Int32) -> StoreError {
        failures.error(
            code: code, message: String(cString: sqlite3_errmsg(sqlite3_db_handle(handle))),
            sql: String(cString: sqlite3_sql(handle)))
    }
}

// RowWriter: the next placeholder each time.
extension SQLiteStatementRun {
    func int64(_ value: Int64) {
        note(sqlite3_bind_int64(handle, next(), value))
    }

    func text(_ value: String) {
        var value = value
        value.withUTF8 { text(utf8: UnsafeRawBufferPointer($0)) }
    }

    func text(utf8 bytes: UnsafeRawBufferPointer) {
        hasZero = hasZero || bytes.hasZero
        let kept = keep(bytes)
        (kept ?? bytes).withMemoryRebound(to: CChar.self) { characters in
            // SQLite takes a null pointer for NULL, and empty text may have none.
            note(
                sqlite3_bind_text64(
                    handle, next(), characters.baseAddress ?? Self.empty,
                    UInt64(characters.count), kept == nil ? Self.copied : nil,
                    UInt8(SQLITE_UTF8)))
        }
    }

    /// The bytes where they stay until the next row is bound; nil when there is no room for them.
    private func keep(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        guard !bytes.isEmpty, bytes.count <= texts.count - textCount else { return nil }
        let place = UnsafeMutableRawBufferPointer(
            rebasing: texts[textCount..<(textCount + bytes.count)])
        place.copyMemory(from: bytes)
        textCount += bytes.count
        return UnsafeRawBufferPointer(place)
    }

    func blob(_ bytes: UnsafeRawBufferPointer) {
        guard !bytes.isEmpty else {
            note(sqlite3_bind_zeroblob(handle, next(), 0))
            return
        }
        note(
            sqlite3_bind_blob64(
                handle, next(), bytes.baseAddress, UInt64(bytes.count), Self.copied))
    }

    func null() {
        note(sqlite3_bind_null(handle, next()))
    }

    private func next() -> Int32 {
        boundCount += 1
        return boundCount
    }

    private func note(_ result: Int32) {
        if bindResult == SQLITE_OK { bindResult = result }
    }

    /// Tells SQLite to copy what it is given before the call returns.
    private static var copied: sqlite3_destructor_type {
        unsafeBitCast(OpaquePointer(bitPattern: -1), to: sqlite3_destructor_type.self)
    }

    /// One zero byte that never moves, the address of empty text.
    nonisolated(unsafe) private static let empty: UnsafePointer<CChar> = {
        let byte = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
        byte.initialize(to: 0)
        return UnsafePointer(byte)
    }()
}

// RowSource: the current row.
extension SQLiteStatementRun {
    func kind(_ column: Int) -> ColumnKind {
        guard (0..<Int(sqlite3_data_count(handle))).contains(column) else { return .foreign }
        return switch sqlite3_column_type(handle, Int32(column)) {
        case SQLITE_INTEGER: .int64
        case SQLITE_TEXT: .text
        case SQLITE_BLOB: .blob
        case SQLITE_NULL: .null
        default: .foreign
        }
    }

    func int64(_ column: Int) -> Int64 {
        sqlite3_column_int64(handle, Int32(column))
    }

    func bytes(_ column: Int) -> UnsafeRawBufferPointer {
        // The pointer first: the count is that of the representation it made.
        let start = sqlite3_column_blob(handle, Int32(column))
        return UnsafeRawBufferPointer(
            start: start, count: Int(sqlite3_column_bytes(handle, Int32(column))))
    }
}
