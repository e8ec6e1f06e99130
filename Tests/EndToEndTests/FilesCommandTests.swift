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
