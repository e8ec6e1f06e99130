import Foundation
import TestSupport
import Testing

/// `colend breaks` and `colend recon sign-off` as an operations desk types them.
struct BreaksCommandTests {
    /// An open break of the demo that holds money, or any open one.
    private static func open(_ run: DemoRun) async throws -> (
        id: String, party: String, date: String
    ) {
        let open = try await run.colend("breaks list --state open").json(as: [Object].self)
        let found = try #require(
            open.first { ($0["held"] as? String).map { $0 != "0.00" } ?? false } ?? open.first)
        return (
            try #require(found["id"] as? String), try #require(found["party"] as? String),
            try #require(found["date"] as? String)
        )
    }

    @Test func `two persons correct a break, and the books hold`() async throws {
        let run = try await DemoRun.first.value.copied()
        let (id, _, _) = try await Self.open(run)
        let nobody = try await run.colend("breaks propose \(id)")
        #expect(nobody.exit == 64 && nobody.codes == ["BREAK-003"])
        let early = try await run.colend("breaks approve \(id) --as bob")
        #expect(early.exit == 1 && early.codes == ["BREAK-001"])
        let rehearsed = try await run.colend("breaks propose \(id) --as ann --dry-run")
        #expect(rehearsed.exit == 0, "\(rehearsed.errors)")
        let proposed = try await run.colend("breaks propose \(id) --accept theirs --as ann")
        #expect(proposed.exit == 0, "\(proposed.errors)")
        let same = try await run.colend("breaks approve \(id) --as Ann")
        #expect(same.exit == 1 && same.codes == ["BREAK-002"])
        #expect(try await run.colend("breaks reject \(id) --as bob --note no").exit == 0)
        #expect(try await run.colend("breaks comment \(id) later --as bob").exit == 0)
        #expect(try await run.colend("breaks propose \(id) --accept theirs --as bob").exit == 0)
        let approved = try await run.colend("breaks approve \(id) --as ann")
        #expect(approved.exit == 0, "\(approved.errors)")
        let shown = try await run.colend("breaks show \(id)").json(as: Object.self)
        #expect(shown["state"] as? String == "resolved")
        #expect(shown["resolution"] as? String == "approval")
        let digest = try await run.colend("verify --digest").output
        let again = try await run.colend("breaks approve \(id) --as ann")
        #expect(again.exit == 0, "\(again.errors)")
        #expect(try again.json(as: Object.self)["events"] as? [String] == [])
        #expect(try await run.colend("verify --digest").output == digest)
        let history = try #require(shown["history"] as? [Object])
        #expect(
            history.compactMap { $0["event"] as? String } == [
                "found", "assigned", "proposed", "rejected", "commented", "proposed", "approved",
            ])
        #expect(try await run.colend("verify").exit == 0)
        #expect(try await run.colend("ledger trial-balance").exit == 0)
    }

    @Test func `a list is filtered, and its CSV runs nothing`() async throws {
        let run = try await DemoRun.first.value.copied()
        let (id, party, _) = try await Self.open(run)
        #expect(try await run.colend("breaks assign \(id) --to eve --as ann").exit == 0)
        let mine = try await run.colend(
            "breaks list --partner \(party) --state investigating --age 0"
        ).json(as: [Object].self)
        #expect(mine.map { $0["id"] as? String } == [id])
        #expect(mine.first?["owner"] as? String == "eve")
        for words in ["--kind rounding", "--severity info"] {
            let some = try await run.colend("breaks list \(words)").json(as: [Object].self)
            #expect(some.allSatisfy { $0["severity"] as? String == "info" })
        }
        for words in ["--kind odd", "--severity dire", "--state shut"] {
            #expect(try await run.colend("breaks list \(words)").codes == ["USAGE-004"])
        }
        let csv = try await run.colend("breaks list --output csv").output
        #expect(csv.hasPrefix("id,party,date,file,kind,"))
        let cells = csv.split(whereSeparator: { ",\r\n".contains($0) })
        #expect(cells.allSatisfy { !"=@".contains($0.first ?? "a") })
    }

    @Test func `a partner's report lists the breaks of a date`() async throws {
        let run = try await DemoRun.first.value
        let open = try await run.colend("breaks list --state open").json(as: [Object].self)
        let found = try #require(
            open.first { ["harbor", "meridian", "summit"].contains($0["party"] as? String) })
        let id = try #require(found["id"] as? String)
        let party = try #require(found["party"] as? String)
        let date = try #require(found["date"] as? String)
        let written = try String(
            contentsOfFile: run.folder.path("demo/out/\(date)/\(party)/breaks.csv"), encoding: .utf8
        )
        #expect(written.hasPrefix("break_id,date,file,record,loan_id,kind,state,"))
        #expect(written.contains(id))
        let target = try TemporaryFolder()
        let outcome = try await run.colend(
            "breaks export --partner \(party) --date \(date) --to \(target.path("x"))")
        #expect(outcome.exit == 0, "\(outcome.errors)")
        let again = try String(
            contentsOfFile: target.path("x/\(date)/\(party)/breaks.csv"), encoding: .utf8)
        #expect(again.contains(id))
        let early = try await run.colend("breaks export --partner \(party) --date 2026-12-31")
        #expect(early.codes == ["QUERY-001"])
    }

    @Test func `both sides sign a reconciled date off, each once`() async throws {
        let run = try await DemoRun.first.value.copied()
        let words = "recon sign-off --partner harbor --date 2026-01-05"
        #expect(try await run.colend(words).codes == ["BREAK-003"])
        #expect(try await run.colend("\(words) --as ann").exit == 0)
        #expect(try await run.colend("\(words) --as ann").exit == 0)
        let again = try await run.colend("\(words) --as bob")
        #expect(again.exit == 1 && again.codes == ["RECON-008"])
        let same = try await run.colend("\(words) --side theirs --as ANN")
        #expect(same.exit == 1 && same.codes == ["RECON-009"])
        #expect(try await run.colend("\(words) --side theirs --as bob").exit == 0)
        #expect(try await run.colend("\(words) --side both --as bob").codes == ["USAGE-004"])
        let early = try await run.colend(
            "recon sign-off --partner harbor --date 2026-12-31 --as ann")
        #expect(early.exit == 1 && early.codes == ["RECON-007"])
        let status = try await run.colend("recon status").json(as: [Object].self)
        let day = try #require(
            status.first {
                $0["date"] as? String == "2026-01-05" && $0["party"] as? String == "harbor"
            })
        let signed = try #require(day["signedOff"] as? [String: String])
        #expect(signed == ["ours": "ann", "theirs": "bob"])
    }
}
