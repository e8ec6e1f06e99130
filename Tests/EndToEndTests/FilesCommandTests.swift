import Foundation
import TestSupport
import Testing

/// `files` through the real program: by hand, twice, in another order, and not usable.
struct FilesCommandTests {
    private static let date = "2026-01-05"

    private func received() async throws -> DemoRun {
        try await HandedFiles(of: "harbor", on: Self.date).run
    }

    private func imported(_ run: DemoRun, _ options: String = "") async throws -> Colend.Outcome {
        try await run.colend(
            "files import --partner harbor --date \(Self.date) --directory in \(options)")
    }

    @Test func `the same files by hand change nothing`() async throws {
        let run = try await received()
        let before = try await run.colend("verify --digest").output
        let outcome = try await imported(run)
        #expect(outcome.exit == 0, "\(outcome.output) \(outcome.errors)")
        #expect(try outcome.json(as: Object.self)["unchanged"] as? Bool == true)
        #expect(try await run.colend("verify --digest").output == before)
    }

    @Test func `a listed file that is gone is told, and what it held stays`() async throws {
        let run = try await received()
        let before = try await run.colend("verify --digest").output
        try FileManager.default.removeItem(atPath: run.folder.path("in/balances.csv"))
        let outcome = try await imported(run)
        #expect(outcome.exit == 75, "\(outcome.output) \(outcome.errors)")
        let absent = try outcome.json(as: Object.self)["absent"] as? [String]
        #expect(absent == ["balances.csv"])
        #expect(try await run.colend("verify --digest").output == before)
    }

    @Test func `lines in another order are a version of their own with the same books`()
        async throws
    {
        let files = try await HandedFiles(of: "harbor", on: Self.date)
        let run = files.run
        let before = try await run.colend("verify --digest").output
        try await files.reorder { $0.reversed() }
        let rehearsed = try await imported(run, "--dry-run").json(as: Object.self)
        #expect((rehearsed["superseded"] as? [Object])?.isEmpty == false)
        let outcome = try await imported(run).json(as: Object.self)
        #expect(outcome["unchanged"] as? Bool == false)
        let names = (outcome["superseded"] as? [Object])?.compactMap { $0["name"] as? String }
        #expect(names?.contains("instalment-plan.csv") == true)
        #expect(try await run.colend("verify --digest").output == before)
        #expect(try await run.colend("verify").exit == 0)
        let listed = try await run.colend(
            "files list --partner harbor --date \(Self.date)"
        ).json(as: [Object].self)
        let plans = listed.filter {
            $0["name"] as? String == "instalment-plan.csv" && $0["from"] as? String == "harbor"
        }
        #expect(plans.compactMap { $0["state"] as? String } == ["superseded", "in-force"])
    }

    @Test func `files of partners, channel and account are awaited after a close`()
        async throws
    {
        let run = try await DemoRun.first.value.copied()
        func status() async throws -> Object {
            try await run.colend("eod status").json(as: Object.self)
        }
        let open = try #require(try await status()["open"] as? String)
        let closed = try await run.colend("eod --date \(open)")
        #expect(closed.exit == 0 || closed.exit == 2, "\(closed.errors)")
        let waiting = try #require(try await status()["waiting"] as? [Object])
        let parties = waiting.filter { $0["date"] as? String == open }
            .compactMap { $0["party"] as? String }
        let houses = ["clearing", "clearing-account", "harbor", "meridian", "summit"]
        #expect(parties.sorted() == houses)
    }

    @Test(arguments: [
        "files import --partner harbor --date 2026-01-05 --directory in",
        "files fetch --partner harbor --date 2026-01-05", "recon run",
    ])
    func `nothing is matched or settled beside a close`(words: String) async throws {
        let run = try await received()
        let before = try await run.colend("verify --digest").output
        let lock = open(
            run.folder.path("demo/colend.db-close"), O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        try #require(lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) == 0)
        defer { close(lock) }
        let outcome = try await run.colend(words)
        #expect(outcome.exit == 75)
        #expect(outcome.codes == ["CLOSE-002"])
        #expect(try await run.colend("verify --digest").output == before)
    }

    @Test func `breaks that somebody looks into are findings of a file taken in anew`()
        async throws
    {
        let first = try await DemoRun.first.value
        let open = try await first.colend("breaks list --state open").json(as: [Object].self)
        let found = try #require(
            open.first { ["harbor", "meridian", "summit"].contains($0["party"] as? String) })
        let party = try #require(found["party"] as? String)
        let date = try #require(found["date"] as? String)
        let files = try await HandedFiles(of: party, on: date)
        let own = open.filter {
            $0["party"] as? String == party && $0["date"] as? String == date
        }
        for id in own.compactMap({ $0["id"] as? String }) {
            let assigned = try await files.run.colend("breaks assign \(id) --as ann")
            #expect(assigned.exit == 0, "\(assigned.errors)")
        }
        try await files.reorder { $0.reversed() }
        let outcome = try await files.run.colend(
            "files import --partner \(party) --date \(date) --directory in")
        #expect(outcome.exit == 2, "\(outcome.output) \(outcome.errors)")
        #expect(try outcome.json(as: Object.self)["open"] as? Int == own.count)
    }

    @Test func `a file that is not its manifest's is refused and nothing changes`() async throws {
        let run = try await received()
        let before = try await run.colend("verify --digest").output
        try run.folder.write("loan_id\n", to: "in/balances.csv")
        let outcome = try await imported(run)
        #expect(outcome.exit == 65)
        #expect(outcome.output.contains("RECON-006"))
        #expect(outcome.output.contains(" (balances.csv); ask"), "no line is to blame")
        #expect(try await run.colend("verify --digest").output == before)
    }

    @Test(arguments: [
        ("import --partner harbor --date 2026-01-05 --directory nowhere", Int32(74), "FILE-033"),
        ("import --partner harbor --date 2026-12-05 --directory in", 1, "FILE-032"),
        ("import --partner nobody --date 2026-01-05 --directory in", 64, "USAGE-002"),
        ("fetch --partner harbor --date soon", 64, "USAGE-001"),
        ("list --partner harbor --date 2026-12-05", 1, "QUERY-001"),
    ])
    func `a command that cannot be done says why`(words: String, exit: Int32, code: String)
        async throws
    {
        let run = try await received()
        let outcome = try await run.colend("files " + words)
        #expect(outcome.exit == exit)
        #expect(outcome.codes == [code])
    }

    @Test func `a bank that is gone is unavailable, and files of another are not taken`()
        async throws
    {
        let run = try await received()
        #expect(
            try await run.colend("files fetch --partner harbor --date \(Self.date)").exit == 69)
        let other = try await run.colend(
            "files import --partner meridian --date \(Self.date) --directory in")
        #expect(other.exit == 65)
        #expect(other.output.contains("RECON-005"))
    }
}
