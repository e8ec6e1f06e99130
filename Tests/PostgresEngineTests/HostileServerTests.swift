import Foundation
import PostgresEngine
import SQLStore
import TestSupport
import Testing

extension OwnServerTests {
    /// Servers, databases and roles that are set up against us.
    @Suite struct HostileServerTests {
        private let server: Server

        init() async throws {
            server = try await Server.shared.value
        }

        @Test func `whatever a role has set, a transaction means the same`() async throws {
            let settings = [
                "default_transaction_isolation = 'serializable'",
                "default_transaction_read_only = on", "default_transaction_deferrable = on",
                "standard_conforming_strings = off", "synchronous_commit = off",
                "bytea_output = escape", "DateStyle = 'German'", "extra_float_digits = 0",
                "lc_messages = 'C'", "client_encoding = 'LATIN1'", "jit = on",
                "lock_timeout = 1", "client_min_messages = 'debug1'",
            ]
            try await server.cluster.psql(
                "CREATE ROLE odd LOGIN", "CREATE SCHEMA odd AUTHORIZATION odd")
            for setting in settings {
                try await server.cluster.psql("ALTER ROLE odd SET \(setting)")
            }
            let engine = try await PostgresEngine(server.address(role: "odd"))
            let seen = try await engine.write { connection in
                try connection.execute("CREATE TABLE t (k BIGINT PRIMARY KEY, v TEXT, b BYTEA)")
                try connection.execute(
                    "INSERT INTO t VALUES (1, '贷\\n', ?1)", [.blob([0, 255, 92])])
                return try connection.first(
                    """
                    SELECT current_setting('transaction_isolation') || ' '
                        || current_setting('synchronous_commit') || ' '
                        || current_setting('lock_timeout') || ' ' || v, b FROM t
                    """
                ) { row throws(StoreError) in "\(try row.text(0)) \(try row.blob(1))" }
            }
            #expect(seen == "read committed on 10s 贷\\n [0, 255, 92]")
            let error = await storeError {
                try await engine.read { _ = try $0.execute("DELETE FROM t") }
            }
            #expect(error == .readOnly)
        }

        @Test func `a server that ends what rests does not end us, nor take our locks`()
            async throws
        {
            try await server.cluster.psql(
                "CREATE ROLE restless LOGIN", "CREATE SCHEMA restless AUTHORIZATION restless",
                // Long enough for a busy machine to get from connecting to its settings.
                "ALTER ROLE restless SET idle_session_timeout = 1000")
            let engine = try await PostgresEngine(server.address(role: "restless"))
            let lease = try engine.lock("close")
            let before = try await number(engine, "SELECT pg_backend_pid()")
            try await Task.sleep(for: .milliseconds(2500))
            #expect(try await number(engine, "SELECT pg_backend_pid()") == before)
            try await engine.write { _ = try $0.execute("CREATE TABLE t (k BIGINT)") }
            withExtendedLifetime(lease) {}
        }

        @Test func `a transaction that the server ended for resting runs again`() async throws {
            try await server.cluster.psql(
                "CREATE ROLE hasty LOGIN", "CREATE SCHEMA hasty AUTHORIZATION hasty",
                "ALTER ROLE hasty SET idle_in_transaction_session_timeout = 200")
            let engine = try await PostgresEngine(server.address(role: "hasty"))
            try await engine.write { _ = try $0.execute("CREATE SEQUENCE attempts") }
            let attempts = try await engine.write { connection in
                let attempt = try attempt(connection)
                if attempt == 1 { usleep(600_000) }
                return try connection.first("SELECT ?1", [.int64(attempt)]) {
                    row throws(StoreError) in try row.int64(0)
                }
            }
            #expect((attempts ?? 0) > 1)
        }

        @Test func `one schema is used, whatever its name, and no other is looked into`()
            async throws
        {
            let name = #"odd "name"; 'schema' $1 贷"#
            let quoted = "\"\(name.replacing("\"", with: "\"\""))\""
            try await server.cluster.psql(
                "CREATE ROLE several LOGIN", "CREATE SCHEMA \(quoted) AUTHORIZATION several",
                "CREATE SCHEMA second", "CREATE TABLE second.t (k BIGINT)",
                "GRANT ALL ON SCHEMA second TO several", "GRANT ALL ON second.t TO several",
                "ALTER ROLE several SET search_path = \(quoted), second, public")
            let engine = try await PostgresEngine(server.address(role: "several"))
            let unseen = await storeError { _ = try await number(engine, "SELECT k FROM t") }
            #expect(unseen?.code == "STORE-013")
            try await engine.write { _ = try $0.execute("CREATE TABLE t (k BIGINT)") }
            #expect(try await engine.health().schema == name)
            let lease = try engine.lock("close")
            #expect(lease != nil)
            #expect(try await number(engine, "SELECT count(*) FROM t") == 0)
        }

        @Test func `a role without rights is told so`() async throws {
            try await server.cluster.psql(
                "CREATE ROLE poor LOGIN", "CREATE SCHEMA rich",
                "ALTER ROLE poor SET search_path = rich", "GRANT USAGE ON SCHEMA rich TO poor",
                "CREATE TABLE rich.t (k BIGINT)", "CREATE DATABASE private",
                "REVOKE CONNECT ON DATABASE private FROM PUBLIC", "CREATE ROLE nobody NOLOGIN")
            let engine = try await PostgresEngine(server.address(role: "poor"))
            for statement in ["CREATE TABLE mine (k BIGINT)", "INSERT INTO t VALUES (1)"] {
                let error = await storeError {
                    try await engine.write { _ = try $0.execute(statement) }
                }
                #expect(error?.code == "STORE-001")
                #expect(error?.sentence.contains("permission denied") == true)
            }
            for address in [
                try server.address(role: "poor", database: "private"),
                try server.address(role: "nobody"), try server.address(role: "absent"),
            ] {
                let error = await storeError { _ = try await PostgresEngine(address) }
                #expect(error?.code == "STORE-001", "\(address.shown)")
            }
        }

        @Test func `a database that is not in UTF-8 is refused`() async throws {
            try await server.cluster.psql(
                "CREATE DATABASE old TEMPLATE template0 ENCODING 'LATIN1' "
                    + "LOCALE_PROVIDER libc LOCALE 'C'")
            let address = try server.address(role: "colend", database: "old")
            let error = await storeError { _ = try await PostgresEngine(address) }
            #expect(error?.code == "STORE-001")
            #expect(error?.sentence.contains("encoding is not UTF8") == true)
        }

        @Test func `a server that is full is tried again`() async throws {
            try await server.cluster.psql(
                "CREATE ROLE crowd LOGIN CONNECTION LIMIT 1",
                "CREATE SCHEMA crowd AUTHORIZATION crowd")
            let address = try server.address(role: "crowd")
            let first = try await PostgresEngine(address, patienceMilliseconds: 50)
            let error = await storeError { _ = try await PostgresEngine(address) }
            #expect(error?.code == "STORE-018")
            #expect(error?.sentence.contains("too many connections") == true)
            // The engine's own second connection, which holds locks, finds no place either.
            #expect(await storeError { _ = try first.lock("close") }?.code == "STORE-018")
            first.close()
            // The server takes a moment to see that the place is free.
            while await storeError({ _ = try await PostgresEngine(address) }) != nil {
                try await Task.sleep(for: .milliseconds(20))
            }
        }

        @Test func `a standby is read and not written`() async throws {
            let mark = try server.certificates.folder.write("", to: "standby.signal")
            let standby = try await PostgresCluster(files: [URL(fileURLWithPath: mark)])
            let engine = try await PostgresEngine(try Schemas.address(standby.url))
            #expect(try await number(engine, "SELECT 1") == 1)
            let error = await storeError {
                try await engine.write { _ = try $0.execute("CREATE TABLE t (k BIGINT)") }
            }
            #expect(error == .readOnly)
        }
    }
}
