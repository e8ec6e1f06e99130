import Dispatch
import PostgresEngine
import SQLStore
import TestSupport
import Testing

@Suite struct FailureTests {
    private let schemas: Schemas

    init() async throws {
        schemas = try await Schemas()
    }

    @Test(arguments: [
        ("23502", "STORE-011"), ("23503", "STORE-011"), ("53100", "STORE-008"),
        ("25006", "STORE-009"), ("42501", "STORE-001"), ("55P03", "STORE-007"),
        ("57014", "STORE-020"), ("58030", "STORE-010"), ("XX001", "STORE-006"),
        ("XX000", "STORE-010"), ("42P01", "STORE-013"), ("22003", "STORE-013"),
        ("53200", "STORE-018"), ("57P03", "STORE-018"), ("08006", "STORE-018"),
    ])
    func `what the server reports has the codes of every store`(
        state: String, code: String
    ) async throws {
        let engine = try await schemas.engine(patienceMilliseconds: 20)
        let error = await storeError { try await engine.write { try raise(state, $0) } }
        #expect(error?.code == code)
        #expect(error?.sentence.isEmpty == false)
    }

    @Test func `a reading transaction cannot write and locks nothing`() async throws {
        let engine = try await schemas.engine()
        try await engine.write { _ = try $0.execute("CREATE TABLE t (k BIGINT)") }
        #expect(try await number(engine, "SELECT k FROM t {lock} {skip}") == -1)
        let error = await storeError {
            try await engine.read { _ = try $0.execute("DELETE FROM t") }
        }
        #expect(error == .readOnly)
    }

    @Test func `a lock that another holds too long is told as busy`() async throws {
        let holder = try await schemas.engine()
        let waiting = try await schemas.engine(patienceMilliseconds: 50)
        try await holder.write { _ = try $0.execute("CREATE TABLE t (k BIGINT)") }
        let isHeld = AsyncStream.makeStream(of: Void.self)
        let isTold = DispatchSemaphore(value: 0)
        async let holding: Void = holder.write { connection in
            try connection.execute("LOCK TABLE t")
            isHeld.continuation.yield()
            isTold.wait()
        }
        for await _ in isHeld.stream { break }
        let error = await storeError {
            try await waiting.write { _ = try $0.execute("DELETE FROM t") }
        }
        isTold.signal()
        try await holding
        #expect(error == .busy(waitedMilliseconds: 50))
    }

    @Test func `a statement that takes too long is given up`() async throws {
        let engine = try await schemas.engine(statementMilliseconds: 30)
        let error = await storeError {
            try await engine.write { _ = try $0.execute("SELECT pg_sleep(60)") }
        }
        #expect(error?.code == "STORE-020")
        #expect(try await number(engine, "SELECT 1") == 1)
    }

    @Test func `cancelling a task gives up the statement it waits for`() async throws {
        let engine = try await schemas.engine()
        let task = Task {
            try await engine.write { _ = try $0.execute("SELECT pg_sleep(60)") }
        }
        let watcher = try await schemas.engine()
        let sleepers = """
            SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(60)'
            AND state = 'active'
            """
        while try await number(watcher, sleepers) == 0 { await Task.yield() }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await number(engine, "SELECT 1") == 1)
    }

    @Test func `what a cancelled task still has to put down is put down`() async throws {
        let engine = try await schemas.engine()
        try await engine.write { _ = try $0.execute("CREATE TABLE t (k BIGINT)") }
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            try await engine.write { _ = try $0.execute("INSERT INTO t VALUES (1)") }
        }
        task.cancel()
        try await task.value
        #expect(try await number(engine, "SELECT count(*) FROM t") == 1)
    }

    @Test func `a closed engine says so`() async throws {
        let engine = try await schemas.engine()
        engine.close()
        #expect(await storeError { _ = try await number(engine, "SELECT 1") } == .closed)
    }

    @Test func `an engine for reading writes nothing`() async throws {
        let engine = try await PostgresEngine(schemas.address, opening: .readOnly)
        #expect(try await number(engine, "SELECT 1") == 1)
        let error = await storeError {
            try await engine.write { _ = try $0.execute("CREATE TABLE t (k BIGINT)") }
        }
        #expect(error == .readOnly)
    }
}
