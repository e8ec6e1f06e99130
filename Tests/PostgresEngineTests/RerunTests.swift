import Dispatch
import PostgresEngine
import SQLStore
import Testing

/// What the engine does about transactions that cannot be finished at once.
@Suite struct RerunTests {
    private let schemas: Schemas
    private let engine: PostgresEngine

    init() async throws {
        schemas = try await Schemas()
        engine = try await schemas.engine()
        try await engine.write { connection in
            // A sequence counts attempts: no rollback takes its numbers back.
            try connection.execute("CREATE SEQUENCE attempts")
            try connection.execute("CREATE TABLE counter (k BIGINT PRIMARY KEY, n BIGINT NOT NULL)")
            try connection.execute("INSERT INTO counter VALUES (1, 0), (2, 0)")
        }
    }

    @Test(arguments: ["40001", "40P01"])
    func `a transaction that lost against another one runs again`(state: String) async throws {
        let attempts = try await engine.write { connection in
            try connection.execute("UPDATE counter SET n = n + 1 WHERE k = 1")
            let attempt = try attempt(connection)
            if attempt < 3 { try raise(state, connection) }
            return attempt
        }
        #expect(attempts == 3)
        #expect(try await number(engine, "SELECT n FROM counter WHERE k = 1") == 1)
    }

    @Test func `it runs again even when the body swallows the error`() async throws {
        let attempts = try await engine.write { connection in
            let attempt = try attempt(connection)
            if attempt < 2 { try? raise("40001", connection) }
            return attempt
        }
        #expect(attempts == 2)
    }

    @Test func `a transaction that keeps losing ends as busy`() async throws {
        let hasty = try await schemas.engine(patienceMilliseconds: 50)
        let error = await storeError {
            try await hasty.write { try raise("40001", $0) }
        }
        #expect(error == .busy(waitedMilliseconds: 50))
    }

    @Test func `any other failure does not run again`() async throws {
        let error = await storeError {
            try await engine.write { connection in
                _ = try attempt(connection)
                try raise("23505", connection)
            }
        }
        #expect(error?.code == "STORE-011")
        #expect(try await number(engine, "SELECT last_value FROM attempts") == 1)
    }

    @Test func `two that wait for each other both finish, one of them on a later run`()
        async throws
    {
        let (first, second) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        @Sendable func cross(
            _ keys: [Int64], _ own: DispatchSemaphore, _ other: DispatchSemaphore
        ) async throws {
            try await engine.write { connection in
                let attempt = try attempt(connection)
                for (turn, key) in keys.enumerated() {
                    try connection.execute(
                        "UPDATE counter SET n = n + 1 WHERE k = ?1", [.int64(key)])
                    // Both hold their first row before either asks for its second.
                    guard turn == 0, attempt <= 2 else { continue }
                    own.signal()
                    other.wait()
                }
            }
        }
        async let forth: Void = cross([1, 2], first, second)
        async let back: Void = cross([2, 1], second, first)
        _ = try await (forth, back)
        // Who lost may be back at its first row before the server has woken who waits for it; then
        // they wait for each other once more.
        #expect(try await number(engine, "SELECT last_value FROM attempts") >= 3)
        #expect(try await number(engine, "SELECT CAST(SUM(n) AS BIGINT) FROM counter") == 4)
    }

    @Test func `a transaction that is no more serializable runs again`() async throws {
        let (first, second) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        @Sendable func skew(
            _ key: Int64, _ own: DispatchSemaphore, _ other: DispatchSemaphore
        ) async throws {
            try await engine.write { connection in
                try connection.execute("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE")
                let attempt = try attempt(connection)
                let sum = try connection.first("SELECT CAST(SUM(n) AS BIGINT) FROM counter") {
                    row throws(StoreError) in try row.int64(0)
                }
                if attempt <= 2 {
                    own.signal()
                    other.wait()
                }
                try connection.execute(
                    "UPDATE counter SET n = ?1 WHERE k = ?2", [.int64((sum ?? 0) + 1), .int64(key)])
            }
        }
        async let one: Void = skew(1, first, second)
        async let two: Void = skew(2, second, first)
        _ = try await (one, two)
        // One after the other: the second has seen what the first one wrote.
        #expect(try await number(engine, "SELECT last_value FROM attempts") >= 3)
        #expect(try await number(engine, "SELECT CAST(SUM(n) AS BIGINT) FROM counter") == 3)
    }

    @Test func `writers that lock the same rows in other orders all finish`() async throws {
        // A server may take its second to notice each of their deadlocks.
        let engine = try await schemas.engine(patienceMilliseconds: 60_000)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for turn in 0..<20 {
                group.addTask {
                    try await engine.write { connection in
                        for key in turn % 2 == 0 ? [1, 2] : [2, 1] {
                            try connection.execute(
                                "UPDATE counter SET n = n + 1 WHERE k = ?1", [.int64(Int64(key))])
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await number(engine, "SELECT CAST(SUM(n) AS BIGINT) FROM counter") == 40)
    }

    @Test func `writers that read under a lock lose no update`() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<60 {
                group.addTask {
                    try await engine.write { connection in
                        let n = try connection.first("SELECT n FROM counter WHERE k = 1 {lock}") {
                            row throws(StoreError) in try row.int64(0)
                        }
                        try connection.execute(
                            "UPDATE counter SET n = ?1 WHERE k = 1", [.int64((n ?? 0) + 1)])
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await number(engine, "SELECT n FROM counter WHERE k = 1") == 60)
    }

    @Test func `a connection lost before the commit costs nothing`() async throws {
        let attempts = try await engine.write { connection in
            try connection.execute("UPDATE counter SET n = n + 1 WHERE k = 1")
            let attempt = try attempt(connection)
            if attempt == 1 {
                try connection.execute("SELECT pg_terminate_backend(pg_backend_pid())")
            }
            return attempt
        }
        #expect(attempts == 2)
        #expect(try await number(engine, "SELECT n FROM counter WHERE k = 1") == 1)
    }

    @Test func `a connection lost while it rested costs nothing`() async throws {
        let other = try await schemas.engine()
        let victim = try await number(engine, "SELECT pg_backend_pid()")
        _ = try await number(
            other, "SELECT CASE WHEN pg_terminate_backend(\(victim)) THEN 1 ELSE 0 END")
        #expect(try await number(engine, "SELECT n FROM counter WHERE k = 1") == 0)
        #expect(try await number(engine, "SELECT pg_backend_pid()") != victim)
    }

    @Test func `a connection lost during the commit is told and not run again`() async throws {
        try await engine.write { connection in
            try connection.execute(
                """
                CREATE FUNCTION leave() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'
                """)
            try connection.execute(
                """
                CREATE CONSTRAINT TRIGGER leaving AFTER UPDATE ON counter
                DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION leave()
                """)
        }
        let error = await storeError {
            try await engine.write { connection in
                _ = try attempt(connection)
                try connection.execute("UPDATE counter SET n = 7 WHERE k = 1")
            }
        }
        #expect(error?.code == "STORE-019")
        #expect(try await number(engine, "SELECT last_value FROM attempts") == 1)
    }
}

/// How often a body has run, by the sequence `attempts`: no rollback takes its numbers back.
func attempt(_ connection: borrowing Connection) throws(StoreError) -> Int64 {
    try connection.first("SELECT nextval('attempts')") { row throws(StoreError) in
        try row.int64(0)
    } ?? 0
}
