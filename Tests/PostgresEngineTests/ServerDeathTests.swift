import Foundation
import PostgresEngine
import SQLStore
import Synchronization
import TestSupport
import Testing

extension OwnServerTests {
    /// A server that dies with all its connections, and comes back by itself.
    @Suite struct ServerDeathTests {
        private let server: Server
        private let schemas: Schemas
        private let engine: PostgresEngine

        init() async throws {
            server = try await Server.shared.value
            schemas = try await Schemas(on: server.cluster)
            engine = try await schemas.engine(patienceMilliseconds: 30_000)
            try await engine.write { connection in
                try connection.execute("CREATE TABLE counter (n BIGINT NOT NULL)")
                try connection.execute("INSERT INTO counter VALUES (0)")
            }
        }

        @Test func `a transaction that the server died under runs again when it is back`()
            async throws
        {
            let crash = Crash()
            try await engine.write { connection in
                try connection.execute("UPDATE counter SET n = n + 1")
                try crash.once(connection)
            }
            #expect(crash.runs == 2)
            #expect(try await number(engine, "SELECT n FROM counter") == 1)
        }

        @Test func `a server that died in the commit leaves it told as unknown`() async throws {
            try await engine.write { connection in
                try connection.execute(
                    """
                    CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS
                    'BEGIN EXECUTE format(''COPY (SELECT 1) TO PROGRAM ''''kill -9 %s'''''',
                        pg_backend_pid()); PERFORM pg_sleep(60); RETURN NULL; END'
                    """)
                try connection.execute(
                    """
                    CREATE CONSTRAINT TRIGGER dying AFTER UPDATE ON counter
                    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION die()
                    """)
            }
            let error = await storeError {
                try await engine.write { _ = try $0.execute("UPDATE counter SET n = n + 1") }
            }
            #expect(error?.code == "STORE-019")
            #expect(try await number(engine, "SELECT n FROM counter") == 0)
        }

        @Test func `calls that rest or wait in line outlive the server`() async throws {
            let own = try await schemas.engine(patienceMilliseconds: 30_000, mostConnections: 2)
            let crash = Crash()
            // Whoever was in its commit is told so; all others come through.
            let told = await withThrowingTaskGroup(of: Void.self) { group in
                for call in 0..<12 {
                    group.addTask {
                        try await own.write { connection in
                            try connection.execute("UPDATE counter SET n = n + 1")
                            if call == 5 { try crash.once(connection) }
                        }
                    }
                }
                var told = 0
                while let result = await group.nextResult() {
                    guard case .failure(let error) = result else { continue }
                    #expect((error as? StoreError)?.code == "STORE-019")
                    told += 1
                }
                return told
            }
            let done = try await number(engine, "SELECT n FROM counter")
            #expect((12 - told...12).contains(Int(done)))
        }
    }

    /// The death of a server, once; a sequence would not count it: what is not on the disk yet is
    /// given again after it.
    private final class Crash: Sendable {
        private let count = Mutex(0)

        /// How often the body has run.
        var runs: Int { count.withLock { $0 } }

        /// On the first run, kills the process that serves a connection, upon which the server ends
        /// all others and starts anew; waits until it has begun to.
        func once(_ connection: borrowing Connection) throws(StoreError) {
            let run = count.withLock { count in
                count += 1
                return count
            }
            guard run == 1 else { return }
            let victim = try connection.first("SELECT pg_backend_pid()") { row throws(StoreError) in
                try row.int64(0)
            }
            if let victim { kill(pid_t(victim), SIGKILL) }
            try connection.execute("SELECT pg_sleep(60)")
        }
    }
}
