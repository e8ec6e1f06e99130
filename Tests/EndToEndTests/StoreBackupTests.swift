import Foundation
import TestSupport
import Testing

/// The commands of the Backup article, as they stand there.
struct StoreBackupTests {
    @Test func `a backup made while another writes is one moment of the store`() async throws {
        let books = try await Books.withLoans()
        let before = try await books.digest()
        let writer = try ProductProcess.start(
            .colend, ["loans", "import", "-"], environment: secret, input: Self.manyLoans,
            in: books.folder)
        var digests: Set<String> = []
        for number in 0..<3 {
            let outcome = try await books.colend("store backup --to kept-\(number).db")
            try #require(outcome.exit == 0, "\(outcome.errors)")
            let told: Object = try outcome.json()
            let kept = try await books.colend(
                "verify --digest --store sqlite:kept-\(number).db")
            #expect(kept.output == "\(told["digest"] as? String ?? "")\n")
            digests.insert(kept.output)
        }
        #expect(await writer.outcome().exit == 0)
        // An import is one transaction: a backup has all of it or nothing.
        #expect(digests.isSubset(of: [before, try await books.digest()]))
        let names = books.folder.files().keys
        #expect(!names.contains { $0.contains(".part") })
    }

    @Test func `a backup goes in the store's place, and what came since is repeated`()
        async throws
    {
        let books = try await Books.withLoans()
        let digest = try await books.digest()
        #expect(try await books.colend("store backup --to kept.db").exit == 0)
        let since = try await repeated(books)
        #expect(since != digest)
        try await shell("rm -f colend.db-wal colend.db-shm && cp kept.db colend.db", books)
        #expect(try await books.digest() == digest)
        #expect(try await books.colend("verify").exit == 0)
        #expect(try await books.colend("doctor --offline").exit == 0)
        #expect(try await repeated(books) == since)
    }

    /// A day's work: what comes in, the funding, the close; the digest afterwards.
    private func repeated(_ books: Books) async throws -> String {
        for (command, input) in [
            ("loans import -", Self.manyLoans), ("fund", ""), ("eod --date 2026-01-01", ""),
        ] {
            let outcome = try await books.colend(command, input: input)
            #expect([0, 2, 69].contains(outcome.exit), "\(command) \(outcome.errors)")
        }
        return try await books.digest()
    }

    @Test(.enabled(if: Tool.isThere("sqlite3")))
    func `SQLite's own backup is as good`() async throws {
        let books = try await Books.withLoans()
        try await shell("sqlite3 colend.db '.backup kept.db'", books)
        try await shell("sqlite3 colend.db \"VACUUM INTO 'small.db'\"", books)
        for name in ["kept.db", "small.db"] {
            let kept = try await books.colend("verify --digest --store sqlite:\(name)")
            #expect(kept.output == (try await books.digest()), "\(name)")
        }
    }

    @Test func `a dump goes into a new database with the same digest`() async throws {
        let books = try await Books.withLoans()
        let cluster = try await PostgresCluster.shared()
        let (url, store) = (try await cluster.makeDatabase(), try await cluster.makeDatabase())
        let copied = try await books.colend("store copy --from sqlite:colend.db --to \(url)")
        #expect(copied.exit == 0, "\(copied.errors)")
        let dump = books.folder.path("kept.dump")
        let dumped = try await cluster.run(
            "pg_dump", ["--format=custom", "--file=\(dump)", url])
        #expect(dumped.exit == 0, "\(dumped.said)")
        let restored = try await cluster.run(
            "pg_restore",
            [
                "--exit-on-error", "--single-transaction", "--no-owner", "--dbname=\(store)",
                dump,
            ])
        #expect(restored.exit == 0, "\(restored.said)")
        let digest = try await books.colend("verify --digest --store \(store)")
        #expect(digest.output == (try await books.digest()), "\(digest.errors)")
        #expect(try await books.colend("verify --store \(store)").exit == 0)
        #expect(try await books.colend("doctor --offline --store \(store)").exit == 0)
    }

    @Test func `a place that is taken, or cannot be, is left alone`() async throws {
        let books = try await Books.withLoans()
        let before = books.folder.files()["Config/platform.yaml"]
        for (path, code) in [
            ("Config/platform.yaml", "IO-002"), ("absent/kept.db", "STORE-001"),
            ("/dev/null/kept.db", "STORE-001"),
        ] {
            let outcome = try await books.colend("store backup --to \(path)")
            #expect(outcome.exit == 74)
            #expect(outcome.codes == [code], "\(outcome.errors)")
        }
        #expect(books.folder.files()["Config/platform.yaml"] == before)
        let rehearsed = try await books.colend("store backup --to kept.db --dry-run")
        #expect(rehearsed.exit == 0 && books.folder.files()["kept.db"] == nil)
        let absent = try await books.colend("store backup --to kept.db --store sqlite:none.db")
        #expect(absent.exit == 74 && absent.codes == ["IO-003"], "\(absent.errors)")
    }

    @Test func `a store on a server is kept by the server's tools`() async throws {
        let books = try await Books.new()
        let url = try await PostgresCluster.shared().makeSchema()
        #expect(try await books.colend("store init --store \(url)").exit == 0)
        let outcome = try await books.colend("store backup --to kept.db --store \(url)")
        #expect(outcome.exit == 64)
        #expect(outcome.codes == ["STORE-036"], "\(outcome.errors)")
        let copied = try await books.colend("store copy --from \(url) --to sqlite:kept.db")
        #expect(copied.exit == 0, "\(copied.errors)")
    }

    private let secret = ["COLEND_HARBOR_SECRET": String(repeating: "5a", count: 32)]

    private static let manyLoans =
        Books.header + "\n"
        + (0..<60).map {
            "M\($0),B\($0),instalment-loan,1000.00,USD,10,12,2026-01-01T09:00:00Z\n"
        }.joined()

    private func shell(_ line: String, _ books: Books) async throws {
        let ended = try await Tool.run("bash", ["-c", "cd '\(books.folder.path)' && \(line)"])
        #expect(ended.exit == 0, "\(ended.output)")
    }
}
