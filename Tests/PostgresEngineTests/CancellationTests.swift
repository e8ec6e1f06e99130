import Dispatch
import PostgresEngine
import SQLStore
import Testing

/// Cancelling hits the call that is not wanted any more, and none but that.
@Suite struct CancellationTests {
    private let schemas: Schemas

    init() async throws {
        schemas = try await Schemas()
        try await schemas.engine().write { connection in
            try connection.execute("CREATE TABLE t (k BIGINT PRIMARY KEY, n BIGINT NOT NULL)")
            try connection.execute("INSERT INTO t VALUES (1, 0)")
        }
    }

    /// Waits until so many statements with this schema's mark wait for a lock.
    private func wait(until count: Int64, _ engine: PostgresEngine) async throws {
        let blocked = """
            SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'
            AND query LIKE '%\(schemas.name)%'
            """
        while try await number(engine, blocked) != count { await Task.yield() }
    }

    @Test func `a call that waits for a lock is given up, and its wait leaves nothing`()
        async throws
    {
        let holder = try await schemas.engine()
        // A busy machine may take a while to come to the cancelling.
        let waiting = try await schemas.engine(patienceMilliseconds: 600_000)
        let isHeld = AsyncStream.makeStream(of: Void.self)
        let isOver = DispatchSemaphore(value: 0)
        async let holding: Void = holder.write { connection in
            try connection.execute("UPDATE t SET n = 1")
            isHeld.continuation.yield()
            isOver.wait()
        }
        for await _ in isHeld.stream { break }
        let mark = schemas.name
        let task = Task {
            try await waiting.write { _ = try $0.execute("UPDATE t SET n = 2 /* \(mark) */") }
        }
        try await wait(until: 1, holder)
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        try await wait(until: 0, holder)
        isOver.signal()
        try await holding
        #expect(try await number(waiting, "SELECT n FROM t") == 1)
    }

    @Test func `a call in line that is cancelled does nothing when its turn comes`() async throws {
        let engine = try await schemas.engine(mostConnections: 1)
        let isHeld = AsyncStream.makeStream(of: Void.self)
        let isOver = DispatchSemaphore(value: 0)
        async let holding: Void = engine.write { _ in
            isHeld.continuation.yield()
            isOver.wait()
        }
        for await _ in isHeld.stream { break }
        let task = Task { try await engine.write { _ = try $0.execute("UPDATE t SET n = 2") } }
        // The call may not be in line yet; cancelled before that, it would run.
        for _ in 0..<1_000 { await Task.yield() }
        task.cancel()
        isOver.signal()
        try await holding
        let outcome = await task.result
        let changed = try await number(engine, "SELECT n FROM t")
        switch outcome {
        case .success: #expect(changed == 2)
        case .failure(let error):
            #expect(error is CancellationError)
            #expect(changed == 0)
        }
    }

    @Test func `a request that comes late hits nobody else's statement`() async throws {
        let engine = try await schemas.engine(mostConnections: 1)
        for turn in 0..<150 {
            let task = Task {
                try await engine.write { connection in
                    for _ in 0..<3 { try connection.execute("UPDATE t SET n = n") }
                }
            }
            for _ in 0..<(turn * 7 % 40) { await Task.yield() }
            task.cancel()
            // On the same connection, right behind: neither it nor its commit may be hit.
            try await engine.write { _ = try $0.execute("UPDATE t SET n = n + 1") }
            _ = await task.result
        }
        #expect(try await number(engine, "SELECT n FROM t") == 150)
    }

    @Test func `what waits in line when the engine closes is done`() async throws {
        let engine = try await schemas.engine(mostConnections: 2)
        let first = AsyncStream.makeStream(of: Void.self)
        let isOver = DispatchSemaphore(value: 0)
        let tasks = (0..<8).map { call in
            Task {
                try await engine.write { connection in
                    if call < 2 {
                        first.continuation.yield()
                        isOver.wait()
                    }
                    try connection.execute(
                        "INSERT INTO t VALUES (?1, 0)", [.int64(Int64(10 + call))])
                }
            }
        }
        for await _ in first.stream { break }
        let closing = Task.detached { engine.close() }
        isOver.signal()
        isOver.signal()
        await closing.value
        var done = 0
        for task in tasks {
            switch await task.result {
            case .success: done += 1
            case .failure(let error): #expect(error as? StoreError == .closed)
            }
        }
        let other = try await schemas.engine()
        #expect(try await number(other, "SELECT count(*) FROM t") == done + 1)
        #expect(throws: StoreError.closed) { try engine.lock("close") }
    }
}
