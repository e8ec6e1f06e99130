import Operations
import SQLStore
import Testing

private struct Refusal: Error, Equatable {}

@Suite(.everyEngine) struct EngineTests {
    private let workspace: Workspace
    private let engine: any SQLEngine
    private static let table = Table(
        "t", .reference, .business, [.int64("k"), .text("v").orNull, .blob("b").orNull],
        key: ["k"])

    init() async throws {
        workspace = try Workspace()
        engine = try await workspace.bareEngine()
        try await engine.write { connection in
            for statement in Self.table.creation(connection.dialect) {
                try connection.execute(statement)
            }
        }
    }

    @Test func `values come back as they went in`() async throws {
        let long = String(repeating: "贷", count: 5_000)
        try await engine.write { connection in
            let changed = try connection.execute(
                "INSERT INTO t VALUES (?1, ?2, ?3), (2, '', ?4), (3, NULL, NULL)",
                [.int64(.min), .text(long), .blob([0, 255, 0]), .blob([])])
            #expect(changed == 3)
        }
        let rows = try await engine.read { connection in
            try connection.all("SELECT k, v, b FROM t ORDER BY k") { row throws(StoreError) in
                "\(try row.int64(0)) \(try row.textOrNil(1) ?? "-") \(try row.blobOrNil(2) ?? [9])"
            }
        }
        #expect(rows == ["\(Int64.min) \(long) [0, 255, 0]", "2  []", "3 - [9]"])
    }

    @Test func `the largest and smallest integers and ten megabytes come back`() async throws {
        let large = [UInt8](repeating: 0xA5, count: 10 << 20)
        let table = Self.table
        try await engine.write { connection in
            try connection.execute(table.insertion, [.int64(.max), .null, .blob(large)])
            try connection.batch(table.insertion, rows: 2) { row, writer in
                writer.int64(row == 0 ? .min : -1)
                writer.null()
                writer.blob(row == 0 ? large : [])
            }
            try connection.bulkInsert(into: table, rows: 20) { row, writer in
                writer.int64(Int64(row))
                writer.null()
                writer.blob(row == 7 ? large : [])
            }
        }
        let keys = try await engine.read { connection in
            try connection.all("SELECT k, b FROM t ORDER BY k") { row throws(StoreError) in
                try row.blob(1) == large ? try row.int64(0) : 0
            }
        }
        #expect(keys.filter { $0 != 0 } == [.min, 7, .max])
        #expect(keys.count == 23)
    }

    @Test(arguments: [1, 3, 40])
    func `a text with a zero byte is refused by every way in`(rows: Int) async throws {
        let table = Self.table
        let error = await #expect(throws: StoreError.self) {
            try await engine.write { connection in
                guard rows > 1 else {
                    try connection.execute(table.insertion, [1, "a\0b", .null])
                    return
                }
                try connection.bulkInsert(into: table, rows: rows) { row, writer in
                    writer.int64(Int64(row))
                    writer.text(row == rows - 1 ? "\0" : "whole")
                    writer.blob([0])
                }
            }
        }
        #expect(error?.code == "STORE-013")
        #expect(error?.sentence.contains("zero byte") == true)
        #expect(try await number(engine, "SELECT count(*) FROM t") == 0)
    }

    @Test func `empty text and bytes are not null`() async throws {
        try await engine.write { connection in
            try connection.execute("INSERT INTO t VALUES (1, ?1, ?2)", [.text(""), .blob([])])
        }
        #expect(
            try await number(engine, "SELECT count(*) FROM t WHERE v IS NULL OR b IS NULL") == 0)
    }

    @Test func `an error thrown by the body rolls everything back`() async throws {
        await #expect(throws: Refusal.self) {
            try await engine.write { connection in
                try connection.execute("INSERT INTO t VALUES (1, 'a', NULL)")
                throw Refusal()
            }
        }
        #expect(try await number(engine, "SELECT count(*) FROM t") == 0)
    }

    @Test func `a failed statement cannot be swallowed and committed`() async throws {
        await #expect(throws: StoreError.self) {
            try await engine.write { connection in
                try connection.execute("INSERT INTO t VALUES (1, 'a', NULL)")
                _ = try? connection.execute("INSERT INTO t VALUES (1, 'b', NULL)")
            }
        }
        #expect(try await number(engine, "SELECT count(*) FROM t") == 0)
    }

    @Test func `a broken unique key is a constraint error`() async throws {
        try await engine.write { try $0.execute("INSERT INTO t VALUES (1, 'a', NULL)") }
        let error = await #expect(throws: StoreError.self) {
            try await engine.write { try $0.execute("INSERT INTO t VALUES (1, 'a', NULL)") }
        }
        #expect(error?.code == "STORE-011")
    }

    @Test(arguments: [
        ("SELEC 1", [] as [SQLValue]), ("SELECT ?1, ?2", [1]), ("SELECT 1", [1]),
    ])
    func `a wrong statement or number of values is refused`(
        sql: String, values: [SQLValue]
    ) async throws {
        let error = await #expect(throws: StoreError.self) {
            try await engine.write { _ = try $0.execute(sql, values) }
        }
        #expect(error?.code == "STORE-013")
    }

    @Test(arguments: ["SELECT 'x'", "SELECT 1.5", "SELECT NULL", "SELECT x'00'"])
    func `another type than expected is an error of its own`(sql: String) async throws {
        let error = await #expect(throws: StoreError.self) { try await number(engine, sql) }
        #expect(error?.code == "STORE-012")
    }

    @Test func `reading transactions cannot write`() async throws {
        let error = await #expect(throws: StoreError.self) {
            try await engine.read { _ = try $0.execute("DELETE FROM t") }
        }
        #expect(error?.code == "STORE-009")
    }

    @Test func `a hundred thousand rows load in one transaction`() async throws {
        let table = Table(
            "wide", .reference, .business, [.int64("k"), .text("v")], key: ["k"])
        try await engine.write { connection in
            for statement in table.creation(connection.dialect) {
                try connection.execute(statement)
            }
            try connection.bulkInsert(into: table, rows: 100_000) { row, writer in
                writer.int64(Int64(row))
                writer.text("v\(row)")
            }
        }
        #expect(try await number(engine, "SELECT count(*) FROM wide") == 100_000)
        #expect(
            try await number(engine, "SELECT CAST(SUM(k) AS BIGINT) FROM wide") == 4_999_950_000)
    }

    @Test func `a batch tells how many rows were new`() async throws {
        let sql = "INSERT INTO t VALUES (?1, NULL, NULL) ON CONFLICT (k) DO NOTHING"
        let (first, second) = try await engine.write { connection in
            (
                try connection.batch(sql, rows: 3) { row, writer in writer.int64(Int64(row)) },
                try connection.batch(sql, rows: 5) { row, writer in writer.int64(Int64(row)) }
            )
        }
        #expect((first, second) == (3, 2))
    }

    @Test(arguments: [3, 700])
    func `each row of a guarded update tells whether it met one`(rows: Int) async throws {
        let changes = try await engine.write { connection in
            try connection.batch("INSERT INTO t VALUES (?1, NULL, NULL)", rows: rows) {
                row, writer in writer.int64(Int64(2 * row))
            }
            return try connection.changesOfEach(
                "UPDATE t SET v = ?2 WHERE k = ?1 AND v IS NULL", rows: rows
            ) { row, writer in
                writer.int64(Int64(row))
                writer.text("met")
            }
        }
        #expect(changes == (0..<rows).map { 1 - $0 % 2 })
    }

    @Test func `the same statement runs inside its own rows`() async throws {
        let sql = "SELECT k FROM t ORDER BY k"
        let pairs = try await engine.write { connection in
            try connection.execute("INSERT INTO t VALUES (1, NULL, NULL), (2, NULL, NULL)")
            var pairs: [[Int64]] = []
            for outer in try connection.all(sql, [], { row throws(StoreError) in try row.int64(0) })
            {
                try connection.query(sql) { row throws(StoreError) in
                    let inner = try connection.first(sql) { inner throws(StoreError) in
                        try inner.int64(0)
                    }
                    pairs.append([outer, try row.int64(0), inner ?? 0])
                }
            }
            return pairs
        }
        #expect(pairs == [[1, 1, 1], [1, 2, 1], [2, 1, 1], [2, 2, 1]])
    }

    @Test func `a closed engine says so`() async throws {
        try engine.close()
        for attempt in 0..<2 {
            let error = await #expect(throws: StoreError.self) {
                if attempt == 0 { _ = try await number(engine, "SELECT 1") }
                try await engine.write { _ = try $0.execute("DELETE FROM t") }
            }
            #expect(error?.code == "STORE-014")
        }
    }
}
