import PostgresEngine
import SQLStore
import TestSupport
import Testing

/// Statements at the edge of what the protocol, the server and a connection can take.
@Suite struct LimitTests {
    private let schemas: Schemas
    private let engine: PostgresEngine

    init() async throws {
        schemas = try await Schemas()
        engine = try await schemas.engine(mostConnections: 1)
        try await engine.write { connection in
            try connection.execute("CREATE TABLE t (k BIGINT, v TEXT, w TEXT)")
            try connection.execute("CREATE SEQUENCE attempts")
        }
    }

    @Test(arguments: [65_535, 65_536])
    func `a statement has so many values and no more`(count: Int) async throws {
        let placeholders = (1...count).map { "(?\($0))" }.joined(separator: ",")
        let sql = "SELECT CAST(SUM(x) AS BIGINT) FROM (VALUES \(placeholders)) AS v(x)"
        let values = (1...count).map { SQLValue.int64(Int64($0)) }
        let sum = try? await engine.read { connection in
            try connection.first(sql, values) { row throws(StoreError) in try row.int64(0) }
        }
        #expect(sum == (count == 65_535 ? Int64(count * (count + 1) / 2) : nil))
        #expect(try await number(engine, "SELECT 1") == 1)
    }

    @Test func `statements beyond what a connection keeps are prepared anew`() async throws {
        try await engine.write { connection in
            for round in 0..<400 {
                for text in 0..<6 {
                    let found = try connection.first("SELECT ?1 + \(round * 6 + text)", [1]) {
                        row throws(StoreError) in try row.int64(0)
                    }
                    try hold(found == Int64(round * 6 + text + 1), "text \(round) \(text)")
                }
                // Four kinds of rows, so that the place may end in the middle of them.
                let sql = "INSERT INTO t VALUES (?1, ?2, ?3 || '\(round)')"
                let changed = try connection.batch(sql, rows: 4) { row, writer in
                    writer.int64(Int64(row))
                    if row & 1 == 0 { writer.null() } else { writer.text("v") }
                    if row & 2 == 0 { writer.null() } else { writer.text("w") }
                }
                try hold(changed == 4, "batch \(round)")
            }
        }
        #expect(try await number(engine, "SELECT count(*) FROM t WHERE v = 'v'") == 800)
        #expect(try await number(engine, "SELECT count(DISTINCT w) FROM t") == 400)
    }

    @Test func `statements that somebody took away cost one run`() async throws {
        let attempts = try await engine.write { connection in
            let run = try attempt(connection)
            if run == 1 { try connection.execute("DEALLOCATE ALL") }
            try connection.execute("INSERT INTO t VALUES (?1, NULL, NULL)", [.int64(run)])
            return try attempt(connection) - 1
        }
        #expect(attempts == 2)
        #expect(try await number(engine, "SELECT CAST(SUM(k) AS BIGINT) FROM t") == 2)
    }

    @Test(arguments: ["COPY t FROM STDIN", "COPY t TO STDOUT", "COPY (SELECT 1) TO STDOUT"])
    func `a statement that would copy is refused, one by one and in a batch`(
        sql: String
    ) async throws {
        try await engine.write { _ = try $0.execute("INSERT INTO t VALUES (1, NULL, NULL)") }
        for isBatch in [false, true] {
            let error = await storeError {
                try await engine.write { connection in
                    try connection.execute("UPDATE t SET k = 7")
                    if isBatch {
                        try connection.batch(sql, rows: 3) { _, _ in }
                    } else {
                        try connection.execute(sql)
                    }
                }
            }
            #expect(error?.code == "STORE-013")
            // The connection holds no lock any more, or this waits.
            let other = try await schemas.engine(patienceMilliseconds: 2_000)
            try await other.write { _ = try $0.execute("UPDATE t SET k = k + 1") }
            #expect(try await number(engine, "SELECT k FROM t") == (isBatch ? 3 : 2))
        }
    }

    @Test func `rows that wait for an inner statement which fails are let go of`() async throws {
        let error = await storeError {
            try await engine.write { connection in
                try connection.query("SELECT * FROM generate_series(1, 3000)") {
                    row throws(StoreError) in
                    try connection.execute("SELECT 1 / 0")
                }
            }
        }
        #expect(error?.code == "STORE-013")
        let late = await storeError {
            try await engine.read { connection in
                try connection.query("SELECT 1 / (2000 - i) FROM generate_series(1, 3000) AS g(i)")
                { row throws(StoreError) in
                    _ = try connection.first("SELECT 1") { _ throws(StoreError) in 1 }
                }
            }
        }
        #expect(late?.code == "STORE-013")
        #expect(try await number(engine, "SELECT 1") == 1)
    }

    @Test func `rows that arrive before a statement fails are let go of once`() async throws {
        for rows in 1...100 {
            let error = await storeError {
                try await engine.read { connection in
                    try connection.query(
                        "SELECT 1 / (CAST(?1 AS BIGINT) - i) FROM generate_series(1, 200) AS g(i)",
                        [.int64(Int64(rows))]
                    ) { _ throws(StoreError) in }
                }
            }
            #expect(error?.code == "STORE-013")
        }
        #expect(try await number(engine, "SELECT 1") == 1)
    }

    @Test func `rows that nobody wants to the end are passed over`() async throws {
        let first = try await engine.read { connection in
            try connection.first("SELECT i FROM generate_series(5, 50000) AS g(i)") {
                row throws(StoreError) in try row.int64(0)
            }
        }
        #expect(first == 5)
        #expect(try await number(engine, "SELECT 6") == 6)
    }
}
