import PostgresEngine
import SQLStore
import Testing

@Suite struct LockTests {
    private let schemas: Schemas
    private let engine: PostgresEngine

    init() async throws {
        schemas = try await Schemas()
        engine = try await schemas.engine()
    }

    @Test func `a lock is held by one at a time, within a process and between two`() async throws {
        let other = try await schemas.engine()
        let lease = try engine.lock("close")
        #expect(lease != nil)
        #expect(try engine.lock("close") == nil)
        #expect(try other.lock("close") == nil)
        #expect(try other.lock("seat-1") != nil)
        lease?.release()
        lease?.release()
        #expect(try other.lock("close") != nil)
    }

    @Test func `a lock that nobody refers to is free`() async throws {
        _ = try engine.lock("close")
        #expect(try engine.lock("close") != nil)
    }

    @Test func `stores in two schemas do not lock each other`() async throws {
        let elsewhere = try await Schemas()
        let lease = try engine.lock("close")
        #expect(try await elsewhere.engine().lock("close") != nil)
        withExtendedLifetime(lease) {}
    }

    @Test func `a closed engine frees its locks`() async throws {
        let lease = try engine.lock("close")
        engine.close()
        #expect(try await schemas.engine().lock("close") != nil)
        withExtendedLifetime(lease) {}
    }

    @Test func `who has lost a lock with its connection writes no more until it lets go`()
        async throws
    {
        let other = try await schemas.engine()
        let lease = try engine.lock("close")
        #expect(lease?.isHeld == true)
        try await end(holdersOf: "close", other)
        #expect(lease?.isHeld == false)
        #expect(try other.lock("close") != nil)
        let error = await storeError {
            try await engine.write { _ = try $0.execute("CREATE TABLE t (k BIGINT)") }
        }
        #expect(error?.code == "STORE-018")
        #expect(error?.sentence.contains("'close'") == true)
        lease?.release()
        try await engine.write { _ = try $0.execute("CREATE TABLE t (k BIGINT)") }
        #expect(try engine.lock("close") != nil)
    }

    @Test func `a lock lost in the middle of a transaction is noticed before the commit`()
        async throws
    {
        let other = try await schemas.engine()
        let lease = try engine.lock("close")
        let error = await storeError {
            try await engine.write { connection in
                try connection.execute("CREATE TABLE t (k BIGINT)")
                try connection.execute(LockTests.ending, [.text("close")])
            }
        }
        #expect(error?.code == "STORE-018")
        let tables = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"
        #expect(try await number(other, tables) == 0)
        withExtendedLifetime(lease) {}
    }

    /// Ends the connections that hold a lock of this schema; waits until they are gone.
    private static let ending = """
        SELECT pg_terminate_backend(l.pid, 10000) FROM pg_locks l
        WHERE l.locktype = 'advisory' AND l.granted AND (l.classid::bigint << 32)
            + l.objid::bigint = hashtextextended('colend ' || current_schema() || ' ' || ?1, 0)
        """

    private func end(holdersOf name: String, _ engine: PostgresEngine) async throws {
        try await engine.write { _ = try $0.execute(LockTests.ending, [.text(name)]) }
    }
}
