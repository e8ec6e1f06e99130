import Foundation
import Operations
import SQLStore
import SQLiteEngine
import Testing

/// What only a store in a file can show.
@Suite struct SQLiteFileTests {
    private let workspace: Workspace
    private let engine: any SQLEngine

    init() async throws {
        workspace = try Workspace()
        engine = try await workspace.bareEngine()
        try await engine.write { connection in
            try connection.execute("CREATE TABLE t (k INTEGER PRIMARY KEY, v TEXT, b BLOB) STRICT")
        }
    }

    @Test func `every commit reaches the disk`() async throws {
        let modes = try await engine.write { connection in
            try connection.all("PRAGMA synchronous") { row throws(StoreError) in try row.int64(0) }
                + connection.all("PRAGMA foreign_keys") { row throws(StoreError) in
                    try row.int64(0)
                }
        }
        #expect(modes == [2, 1])
    }

    @Test func `who opens the file by a link takes the same locks`() async throws {
        let link = workspace.path("link.db")
        try FileManager.default.createSymbolicLink(
            atPath: link, withDestinationPath: workspace.path("bare.db"))
        let other = try SQLiteEngine(path: link)
        let lease = try #require(try engine.lock("seat-1"))
        #expect(try other.lock("seat-1") == nil)
        lease.release()
        #expect(try other.lock("seat-1") != nil)
    }

    @Test func `a full disk ends the transaction and leaves the store whole`() async throws {
        try await engine.write { try $0.execute("INSERT INTO t VALUES (1, 'a', NULL)") }
        let error = await #expect(throws: StoreError.self) {
            try await engine.write { connection in
                try connection.execute("PRAGMA max_page_count = 20")
                for key in 2..<100 {
                    try connection.execute(
                        "INSERT INTO t VALUES (?1, NULL, zeroblob(4096))", [.int64(Int64(key))])
                }
            }
        }
        #expect(error?.code == "STORE-008")
        #expect(error?.exit == .inputOutput)
        try await engine.write { try $0.execute("UPDATE t SET v = 'b'") }
        #expect(try await number(engine, "SELECT count(*) FROM t WHERE v = 'b'") == 1)
    }

    @Test func `files copied in the middle of a transaction hold only what was committed`()
        async throws
    {
        let workspace = workspace
        try await engine.write { connection in
            try connection.execute("CREATE TABLE counter (n INTEGER) STRICT")
            try connection.execute("INSERT INTO counter VALUES (0)")
            try connection.execute("CREATE TABLE filler (k INTEGER PRIMARY KEY, b BLOB) STRICT")
        }
        try await engine.write { connection in
            try connection.execute("UPDATE counter SET n = 5")
            // More than the page cache holds, so that uncommitted pages are in the log.
            for key in 0..<90 {
                try connection.execute(
                    "INSERT INTO filler VALUES (?1, zeroblob(1000000))", [.int64(Int64(key))])
            }
            try Self.copyAsAfterACrash(workspace, "bare.db", to: "crashed.db")
        }
        let crashed = try await workspace.bareEngine("crashed.db")
        #expect(try await number(crashed, "SELECT n FROM counter") == 0)
        #expect(try await number(crashed, "SELECT count(*) FROM filler") == 0)
        #expect(try await number(engine, "SELECT count(*) FROM filler") == 90)
        let check = try await crashed.read { connection in
            try connection.first("PRAGMA integrity_check") { row throws(StoreError) in
                try row.text(0)
            }
        }
        #expect(check == "ok")
    }

    /// What a crash would leave: the database and its log, without the shared index.
    private static func copyAsAfterACrash(
        _ workspace: Workspace, _ name: String, to copy: String
    ) throws {
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(
                atPath: workspace.path(name) + suffix, toPath: workspace.path(copy) + suffix)
        }
    }
}
