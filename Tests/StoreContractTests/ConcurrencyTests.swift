import Foundation
import Operations
import SQLStore
import Testing

@Suite(.everyEngine) struct ConcurrencyTests {
    private let workspace: Workspace

    init() async throws {
        workspace = try Workspace()
        let engine = try await workspace.bareEngine()
        try await engine.write {
            try $0.execute("CREATE TABLE counter (k BIGINT PRIMARY KEY, n BIGINT NOT NULL)")
            try $0.execute("INSERT INTO counter VALUES (1, 0)")
        }
    }

    @Test func `writers on two connections lose no update`() async throws {
        let engines = [try await workspace.bareEngine(), try await workspace.bareEngine()]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for turn in 0..<200 {
                let engine = engines[turn % 2]
                group.addTask {
                    try await engine.write { connection in
                        let n = try connection.first("SELECT n FROM counter {lock}") {
                            row throws(StoreError) in try row.int64(0)
                        }
                        try connection.execute("UPDATE counter SET n = ?1", [.int64((n ?? 0) + 1)])
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await number(engines[0], "SELECT n FROM counter") == 200)
    }

    @Test func `a writer that waits too long is told to try again`() async throws {
        let holder = try await workspace.bareEngine()
        let waiting = try await workspace.bareEngine(busyTimeoutMilliseconds: 100)
        let held = DispatchSemaphore(value: 0)
        let done = DispatchSemaphore(value: 0)
        async let holding: Void = holder.write { connection in
            try connection.execute("UPDATE counter SET n = 8")
            held.signal()
            done.wait()
        }
        await wait(for: held)
        let error = await #expect(throws: StoreError.self) {
            try await waiting.write { _ = try $0.execute("UPDATE counter SET n = 9") }
        }
        done.signal()
        try await holding
        #expect(error == .busy(waitedMilliseconds: 100))
        #expect(error?.exit == .temporary)
    }

    @Test func `a reader sees one state while a writer commits another`() async throws {
        let engine = try await workspace.bareEngine()
        let reading = DispatchSemaphore(value: 0)
        let written = DispatchSemaphore(value: 0)
        async let seen = engine.read { connection in
            let sql = "SELECT n FROM counter"
            let before = try connection.first(sql) { row throws(StoreError) in try row.int64(0) }
            reading.signal()
            written.wait()
            let after = try connection.first(sql) { row throws(StoreError) in try row.int64(0) }
            return [before, after]
        }
        await wait(for: reading)
        try await engine.write { _ = try $0.execute("UPDATE counter SET n = 7") }
        written.signal()
        #expect(try await seen == [0, 0])
        #expect(try await number(engine, "SELECT n FROM counter") == 7)
    }

    private func wait(for semaphore: DispatchSemaphore) async {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                semaphore.wait()
                continuation.resume()
            }
        }
    }
}
