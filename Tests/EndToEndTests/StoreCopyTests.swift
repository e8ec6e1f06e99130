import Foundation
import TestSupport
import Testing

/// `store copy`: a store goes on in another place as if nothing had happened.
struct StoreCopyTests {
    @Test func `life goes on after a copy as it would have without one`() async throws {
        let stayed = try await DemoRun.first.value.copied()
        try await Self.live(stayed)
        let moved = try await DemoRun.first.value.copied()
        // What is in flight when the store moves: requests to banks that are gone by now.
        try await Self.begin(moved)
        let url = try await PostgresCluster.shared().makeSchema()
        let copy = try await moved.colend("store copy --from sqlite:demo/colend.db --to \(url)")
        #expect(copy.exit == 0, "\(copy.errors)")
        let told: Object = try copy.json()
        #expect(told["state"] as? String == "copied" && (told["rows"] as? Int ?? 0) > 1_000)
        try FileManager.default.removeItem(atPath: moved.folder.path("demo/colend.db"))
        try await Self.goOn(moved, ["COLEND_STORE": url])
        let store = ["COLEND_STORE": url]
        for question in [
            "verify --digest", "verify", "eod status", "ledger trial-balance", "loans list",
            "files export --partner harbor --date \(try await Self.lastClosed(stayed))",
        ] {
            let answer = try await moved.colend(question, environment: store)
            #expect(answer.exit == 0, "\(question) \(answer.errors)")
            #expect(answer.output == (try await stayed.colend(question)).output, "\(question)")
        }
        // And back again.
        let back = try await moved.colend("store copy --from \(url) --to sqlite:back.db")
        #expect(back.exit == 0, "\(back.errors)")
        #expect(try back.json(as: Object.self)["rows"] as? Int ?? 0 > 1_000)
        let digest = try await moved.colend("verify --digest --store sqlite:back.db")
        #expect(digest.output == (try await stayed.colend("verify --digest")).output)
    }

    @Test func `what cannot be copied is refused before anything is made`() async throws {
        let books = try await Books.withLoans()
        let schema = try await PostgresCluster.shared().makeSchema()
        let other = schema.replacing("postgresql://", with: "postgres://") + "&connect_timeout=9"
        try FileManager.default.createSymbolicLink(
            atPath: books.folder.path("link.db"), withDestinationPath: "colend.db")
        let full = try await books.colend("store copy --from sqlite:colend.db --to sqlite:full.db")
        #expect(full.exit == 0, "\(full.errors)")
        #expect(try await books.colend("store init --store \(schema)").exit == 0)
        for (from, to, exit, code) in [
            ("sqlite:none.db", "sqlite:new.db", 74, "IO-003"),
            ("sqlite:colend.db", "sqlite:./colend.db", 64, "STORE-033"),
            ("sqlite:colend.db", "sqlite:link.db", 64, "STORE-033"),
            (schema, other, 64, "STORE-033"),
            ("sqlite:colend.db", "sqlite:full.db", 1, "STORE-032"),
            ("sqlite:colend.db", "sqlite:absent/new.db", 74, "STORE-001"),
            ("sqlite:colend.db", "file:new.db", 64, "USAGE-006"),
            ("sqlite:Config/platform.yaml", "sqlite:new.db", 74, "STORE-002"),
        ] as [(String, String, Int32, String)] {
            for option in ["", " --dry-run"] {
                // A rehearsal makes no file and so does not find out that it could not.
                if code == "STORE-001", !option.isEmpty { continue }
                let outcome = try await books.colend(
                    "store copy --from \(from) --to \(to)\(option)")
                #expect(outcome.exit == exit, "\(from) \(to) \(outcome.errors)")
                #expect(outcome.codes == [code], "\(from) \(to) \(outcome.errors)")
            }
        }
        #expect(books.folder.files()["new.db"] == nil)
    }

    @Test func `a target of a newer program is left alone`() async throws {
        let books = try await Books.withLoans()
        let cluster = try await PostgresCluster.shared()
        let url = try await cluster.makeSchema()
        #expect(try await books.colend("store init --store \(url)").exit == 0)
        try await cluster.execute("INSERT INTO schema_version VALUES (99, '')", on: url)
        let refused = try await books.colend("store copy --from sqlite:colend.db --to \(url)")
        #expect(refused.exit == 1)
        #expect(refused.codes == ["STORE-004"], "\(refused.errors)")
    }

    @Test(arguments: ["copy.after-batch", "copy.after-batch:3", "copy.before-finish"])
    func `a copy that was killed is no store until it has run again`(point: String) async throws {
        let books = try await Books.withLoans()
        let url = try await PostgresCluster.shared().makeSchema()
        let command = ["store", "copy", "--from", "sqlite:colend.db", "--to", url]
        let killed = try await books.colend(command, environment: ["COLEND_CRASH_AT": point])
        #expect(killed.exit == 137, "\(killed.errors)")
        for words in ["loans list", "verify", "store init", "eod --date 2026-01-01"] {
            let refused = try await books.colend("\(words) --store \(url)")
            #expect(refused.exit == 1)
            #expect(refused.codes == ["STORE-031"], "\(words) \(refused.errors)")
        }
        let rehearsed = try await books.colend(command + ["--dry-run"])
        #expect(rehearsed.exit == 0, "\(rehearsed.errors)")
        let again = try await books.colend(command)
        #expect(again.exit == 0, "\(again.errors)")
        let digest = try await books.colend("verify --digest --store \(url)")
        #expect(digest.output == (try await books.digest()))
    }

    @Test func `a target without room ends the copy, and a new one finishes it`() async throws {
        let run = try await DemoRun.first.value.copied()
        let copy = "store copy --from sqlite:demo/colend.db --to sqlite:small.db"
        // A limit on the size of files: full for this process, whatever the disk has.
        let program = ProductProcess.directory.appending(path: "colend").path
        let line =
            "cd '\(run.folder.path)' && ulimit -f 900 && trap '' XFSZ && '\(program)' \(copy)"
        let small = try await Tool.run("bash", ["-c", line])
        #expect(small.exit == 74, "\(small.output)")
        #expect(small.output.contains("STORE-010:") || small.output.contains("STORE-008:"))
        let refused = try await run.colend("verify --digest --store sqlite:small.db")
        #expect(refused.codes == ["STORE-031"], "\(refused.errors)")
        let again = try await run.colend(copy)
        #expect(again.exit == 0, "\(again.errors)")
    }

    @Test func `a rehearsal counts and makes nothing`() async throws {
        let books = try await Books.withLoans()
        let before = Set(books.folder.files().keys)
        let outcome = try await books.colend(
            "store copy --from sqlite:colend.db --to sqlite:new.db --dry-run")
        let told: Object = try outcome.json()
        #expect(told["state"] as? String == "rehearsed" && (told["rows"] as? Int ?? 0) > 10)
        #expect(Set(books.folder.files().keys).subtracting(before).isEmpty)
    }

    /// Everything in one place.
    private static func live(_ run: DemoRun) async throws {
        try await begin(run)
        try await goOn(run, [:])
    }

    /// New loans, asked for at banks that do not answer.
    private static func begin(_ run: DemoRun) async throws {
        let date = try await open(run, [:])
        let loans = (1...3).map {
            "N\($0),B\($0),instalment-loan,1000.00,USD,10,12,\(date)T01:00:00Z,harbor-70-30\n"
        }
        let imported = try await run.colend(
            "loans import -", input: Books.header + ",agreement\n" + loans.joined())
        try #require(imported.exit == 0, "\(imported.errors)")
        let outcome = try await run.colend("fund")
        #expect([0, 2, 69, 75].contains(outcome.exit), "\(outcome.errors)")
    }

    /// Closes the next dates.
    private static func goOn(_ run: DemoRun, _ store: [String: String]) async throws {
        let date = try await open(run, store)
        let day = try #require(Int(date.suffix(2)))
        let outcome = try await run.colend(
            "eod --date \(date) --until \(date.prefix(8))\(day + 3)", environment: store)
        #expect([0, 2].contains(outcome.exit), "\(outcome.errors)")
    }

    private static func open(_ run: DemoRun, _ store: [String: String]) async throws -> String {
        let status: Object = try await run.colend("eod status", environment: store).json()
        return try #require(status["open"] as? String)
    }

    private static func lastClosed(_ run: DemoRun) async throws -> String {
        let status: Object = try await run.colend("eod status").json()
        return try #require(status["lastClosed"] as? String)
    }
}
