import PostgresEngine
import SQLStore
import TestSupport
import Testing

/// A server that is gone for a moment.
@Suite struct CrashTests {
    @Test func `after a crash of the server reading and writing go on, and locks are lost`()
        async throws
    {
        let server = try await PostgresCluster()
        let address = try #require(PostgresAddress(server.url))
        let engine = try await PostgresEngine(address, mostConnections: 1)
        let lease = try engine.lock("close")
        try await engine.write { _ = try $0.execute("CREATE TABLE t (k BIGINT)") }
        try await server.crash()
        #expect(lease?.isHeld == false)
        let error = await storeError {
            try await engine.write { _ = try $0.execute("INSERT INTO t VALUES (1)") }
        }
        #expect(error?.code == "STORE-018")
        lease?.release()
        for blow in [server.crash, { _ = try await server.killBackend() }] {
            try await blow()
            #expect(try await number(engine, "SELECT count(*) FROM t") == 0)
            try await blow()
            try await engine.write { _ = try $0.execute("INSERT INTO t VALUES (1)") }
            try await engine.write { _ = try $0.execute("DELETE FROM t") }
        }
        engine.close()
    }
}
