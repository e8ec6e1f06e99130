import PostgresEngine
import SQLStore
import Testing

@Suite struct StatementTests {
    private let schemas: Schemas
    private let engine: PostgresEngine

    init() async throws {
        schemas = try await Schemas()
        engine = try await schemas.engine()
        try await engine.write { connection in
            for statement in Self.table.creation(connection.dialect) {
                try connection.execute(statement)
            }
        }
    }

    private static let table = Table(
        "t", .reference, .business, [.int64("k"), .text("v").orNull, .blob("b").orNull],
        key: ["k"])

    @Test func `values come back as they went in`() async throws {
        let long = String(repeating: "贷", count: 5_000)
        let insertion = Self.table.insertion
        try await engine.write { connection in
            try connection.execute(insertion, [.int64(.min), .text(long), .blob([0, 255, 0])])
            try connection.execute(insertion, [2, "", .blob([])])
            try connection.execute(insertion, [3, .null, .null])
        }
        let rows = try await engine.read { connection in
            try connection.all("SELECT k, v, b FROM t ORDER BY k") { row throws(StoreError) in
                "\(try row.int64(0)) \(try row.textOrNil(1) ?? "-") \(try row.blobOrNil(2) ?? [9])"
            }
        }
        #expect(rows == ["\(Int64.min) \(long) [0, 255, 0]", "2  []", "3 - [9]"])
    }

    @Test func `a null in the first run leaves later runs their types`() async throws {
        let insertion = Self.table.insertion
        let changed = try await engine.write { connection in
            try connection.batch(insertion, rows: 4) { row, writer in
                writer.int64(Int64(row))
                if row % 2 == 0 { writer.null() } else { writer.text("v\(row)") }
                writer.blob(row < 2 ? nil : [UInt8(row)])
            }
        }
        #expect(changed == 4)
        #expect(try await number(engine, "SELECT count(*) FROM t WHERE v = 'v3'") == 1)
    }

    @Test(arguments: [0, 1, 255, 256, 257, 1_000])
    func `a batch of any length tells how many rows were new`(rows: Int) async throws {
        let insertion = Self.table.insertionUnlessPresent
        let counts = try await engine.write { connection in
            try (0..<2).map { _ in
                try connection.batch(insertion, rows: rows) { row, writer in
                    writer.int64(Int64(row))
                    writer.text("v")
                    writer.null()
                }
            }
        }
        #expect(counts == [rows, 0])
    }

    @Test(arguments: [1, 15, 16, 100_000])
    func `rows load in one piece or in many`(rows: Int) async throws {
        try await engine.write { connection in
            try connection.bulkInsert(into: Self.table, rows: rows) { row, writer in
                writer.int64(Int64(row))
                writer.text("row \(row)")
                if row % 3 == 0 { writer.null() } else { writer.blob([UInt8(row & 255)]) }
            }
        }
        #expect(try await number(engine, "SELECT count(*) FROM t") == rows)
        let sum = try await number(engine, "SELECT CAST(SUM(k) AS BIGINT) FROM t")
        #expect(sum == rows * (rows - 1) / 2)
    }

    @Test(arguments: [4, 40])
    func `a load that meets a row is a constraint error, and nothing of it is kept`(
        rows: Int
    ) async throws {
        let error = await #expect(throws: StoreError.self) {
            try await engine.write { connection in
                try connection.bulkInsert(into: Self.table, rows: rows) { row, writer in
                    writer.int64(Int64(row % (rows - 1)))
                    writer.null()
                    writer.null()
                }
            }
        }
        #expect(error?.code == "STORE-011")
        #expect(try await number(engine, "SELECT count(*) FROM t") == 0)
    }

    @Test func `a load whose rows cannot be had ends with their error`() async throws {
        let error = await #expect(throws: StoreError.self) {
            try await engine.write { connection in
                try connection.bulkInsert(into: Self.table, rows: 50_000) {
                    row, writer throws(StoreError) in
                    if row == 40_000 { throw .missing(record: "row") }
                    writer.int64(Int64(row))
                    writer.text("a text that fills the pieces")
                    writer.null()
                }
            }
        }
        #expect(error == .missing(record: "row"))
        #expect(try await number(engine, "SELECT count(*) FROM t") == 0)
    }

    @Test func `a load of the wrong width is refused`() async throws {
        let error = await #expect(throws: StoreError.self) {
            try await engine.write { connection in
                try connection.bulkInsert(into: Self.table, rows: 20) { row, writer in
                    writer.int64(Int64(row))
                }
            }
        }
        #expect(error?.code == "STORE-013")
    }

    @Test func `rows of an outer statement wait while an inner one runs`() async throws {
        let pairs = try await engine.write { connection in
            try connection.batch(Self.table.insertion, rows: 700) { row, writer in
                writer.int64(Int64(row))
                writer.null()
                writer.null()
            }
            var pairs: [[Int64]] = []
            try connection.query("SELECT k FROM t ORDER BY k") { row throws(StoreError) in
                let key = try row.int64(0)
                let inner = try connection.first(
                    "SELECT k FROM t WHERE k >= ?1 ORDER BY k DESC", [.int64(key)]
                ) { inner throws(StoreError) in try inner.int64(0) }
                pairs.append([key, inner ?? -1])
            }
            return pairs
        }
        #expect(pairs == (0..<700).map { [$0, 699] })
    }

    @Test func `text is ordered by its bytes whatever the database's order`() async throws {
        let words = ["a", "B", "ä", "z", "_", "贷", "10", "9", ""]
        let insertion = Self.table.insertion
        try await engine.write { connection in
            try connection.batch(insertion, rows: words.count) { row, writer in
                writer.int64(Int64(row))
                writer.text(words[row])
                writer.null()
            }
        }
        let sorted = try await engine.read { connection in
            try connection.all("SELECT v FROM t ORDER BY v") { row throws(StoreError) in
                try row.text(0)
            }
        }
        #expect(sorted == words.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    }
}
