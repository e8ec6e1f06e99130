import Foundation
import PostgresEngine
import SQLStore
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
                try connection.execute("CREATE SEQUENCE attempts")
                try connection.execute("CREATE TABLE counter (n BIGINT NOT NULL)")
                try connection.execute("INSERT INTO counter VALUES (0)")
            }
        }

        @Test func `a transaction that the server died under runs again when it is back`()
            async throws
        {
            let attempts = try await engine.write { connection in
                try connection.execute("UPDATE counter SET n = n + 1")
                let attempt = try attempt(connection)
                if attempt == 1 { try OwnServerTests.crash(connection) }
                return attempt
            }
            // A sequence may skip numbers in a crash; it never gives one again.
            #expect(attempts > 1)
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
            try await withThrowingTaskGroup(of: Void.self) { group in
                for call in 0..<12 {
                    group.addTask {
                        try await own.write { connection in
                            try connection.execute("UPDATE counter SET n = n + 1")
                            let attempt = try attempt(connection)
                            if call == 5, attempt < 8 { try OwnServerTests.crash(connection) }
                        }
                    }
                }
                // Whoever was in its commit is told so; all others come through.
                var told = 0
                while let result = await group.nextResult() {
                    if case .failure(let error) = result {
                        #expect((error as? StoreError)?.code == "STORE-019")
                        told += 1
                    }
                }
                let done = try await number(engine, "SELECT n FROM counter")
                #expect((12 - told...12).contains(Int(done)))
            }
        }
    }

    /// Kills the process that serves a connection, upon which the server ends all others and
    /// starts anew; waits until it has begun to.
    fileprivate static func crash(_ connection: borrowing Connection) throws(StoreError) {
        let victim = try connection.first("SELECT pg_backend_pid()") { row throws(StoreError) in
            try row.int64(0)
        }
        if let victim { kill(pid_t(victim), SIGKILL) }
        try connection.execute("SELECT pg_sleep(60)")
    }
}
