import SQLStore
import Testing

/// Whole tables, read in one go.
@Suite(.everyEngine) struct ScanTests {
    private let workspace: Workspace
    private let engine: any SQLEngine

    init() async throws {
        workspace = try Workspace()
        engine = try await workspace.engine()
    }

    @Test func `every row comes with all its columns, in the order of the key`() async throws {
        try await fill([30, 10, 20])
        let rows = try await engine.read { connection in try Self.days(connection) }
        #expect(rows.map(\.date) == [10, 20, 30])
        #expect(rows.map(\.head) == [nil, [], [0, 255]])
        let asked = try await engine.read { connection in
            try connection.all(Table.businessDay.selectionInKeyOrder) { row throws(StoreError) in
                try Self.day(row)
            }
        }
        #expect(asked.map(\.date) == rows.map(\.date) && asked.map(\.head) == rows.map(\.head))
    }

    @Test func `texts are ordered by their bytes, and kept to the byte`() async throws {
        let texts = [
            "", "B", "a", "é", "贷", "a b\n\"'\\", String(repeating: "long ", count: 400),
        ]
        try await engine.write { connection in
            for text in texts { try connection.execute(Table.terms.insertion, [.text(text), "x"]) }
        }
        let found = try await engine.read { connection in
            var found: [String] = []
            try connection.scan(.terms) { row throws(StoreError) in found.append(try row.text(0)) }
            return found
        }
        #expect(found == texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    }

    @Test func `an empty table has no rows, and the connection goes on`() async throws {
        let counts = try await engine.write { connection in
            let none = try Self.days(connection).count
            try connection.execute(Table.businessDay.insertion, [1, 0, .null])
            return (none, try Self.days(connection).count, try Self.days(connection).count)
        }
        #expect(counts == (0, 1, 1))
    }

    @Test func `what a body throws ends the transaction, however many rows are left`()
        async throws
    {
        try await engine.write { connection in
            try connection.bulkInsert(into: .factKey, rows: 20_000) { row, writer in
                writer.int64(1)
                writer.text("f\(row + 100_000)")
                writer.text("l")
                writer.text("c")
            }
        }
        let engine = engine
        let error = await storeError {
            try await engine.write { connection in
                try connection.execute(Table.businessDay.insertion, [1, 0, .null])
                var rows = 0
                try connection.scan(.factKey) { _ throws(StoreError) in
                    rows += 1
                    if rows == 5 { throw .diskFull }
                }
            }
        }
        #expect(error == .diskFull)
        #expect(try await number(engine, "SELECT count(*) FROM business_day") == 0)
    }

    @Test func `a value read as another type is refused`() async throws {
        try await fill([10])
        let engine = engine
        let error = await storeError {
            try await engine.read { connection in
                try connection.scan(.businessDay) { row throws(StoreError) in
                    _ = try row.text(0)
                }
            }
        }
        #expect(error?.code == "STORE-012")
    }

    @Test func `a table that is not there is told`() async throws {
        let bare = try await workspace.bareEngine("other.db")
        let error = await storeError {
            try await bare.read { connection in _ = try Self.days(connection) }
        }
        #expect(error?.code == "STORE-013")
    }

    @Test func `no statement runs inside a scan of the server`() async throws {
        guard workspace.kind == .postgres else { return }
        try await fill([10, 20])
        let engine = engine
        let error = await storeError {
            try await engine.read { connection in
                try connection.scan(.businessDay) { _ throws(StoreError) in
                    _ = try connection.first("SELECT 1") { row throws(StoreError) in
                        try row.int64(0)
                    }
                }
            }
        }
        #expect(error?.sentence.contains("a load or a scan is under way") == true)
        #expect(try await number(engine, "SELECT count(*) FROM business_day") == 2)
    }

    private func fill(_ dates: [Int64]) async throws {
        let heads: [Int64: SQLValue] = [10: .null, 20: .blob([]), 30: .blob([0, 255])]
        try await engine.write { connection in
            for date in dates {
                try connection.execute(
                    Table.businessDay.insertion, [.int64(date), 0, heads[date] ?? .null])
            }
        }
    }

    private static func days(
        _ connection: borrowing Connection
    ) throws(StoreError) -> [(date: Int64, head: [UInt8]?)] {
        var days: [(Int64, [UInt8]?)] = []
        try connection.scan(.businessDay) { row throws(StoreError) in
            days.append(try day(row))
        }
        return days
    }

    private static func day(
        _ row: borrowing Row
    ) throws(StoreError) -> (date: Int64, head: [UInt8]?) {
        (try row.int64(0), try row.blobOrNil(2))
    }
}
