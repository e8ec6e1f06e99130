import Foundation
import TestSupport
import Testing

/// `colend simulate` on the small demo.
struct SimulateTests {
    private static let dates = "--from 2026-01-01 --to 2026-01-31"

    /// The demo's agreement of 70/30 with one text replaced, as a file beside the demo.
    private func write(
        _ run: DemoRun, _ changes: [(String, String)], to name: String
    ) throws {
        let file = "demo/Config/agreements/harbor-70-30.yaml"
        var text = String(decoding: try Data(contentsOf: run.url(file)), as: UTF8.self)
        for (old, new) in changes {
            try #require(text.contains(old), "\(text)")
            text = text.replacing(old, with: new)
        }
        try text.write(to: run.url(name), atomically: true, encoding: .utf8)
    }

    private static let other = [("\"30%\"", "\"40%\""), ("\"70%\"", "\"60%\"")]

    private func figures(_ answer: Object, _ party: String, _ side: String) throws -> Object {
        let lenders = try #require(answer["lenders"] as? [Object])
        let lender = try #require(lenders.first { $0["party"] as? String == party })
        return try #require(lender[side] as? Object)
    }

    @Test func `its own agreement changes nothing`() async throws {
        let run = try await DemoRun.first.value
        let answer = try await run.colend(
            "simulate --agreement demo/Config/agreements/harbor-70-30.yaml \(Self.dates)"
        ).json(as: Object.self)
        let loans = try #require(answer["loans"] as? Object)
        #expect((loans["replayed"] as? Int ?? 0) > 0)
        for party in ["platform", "harbor"] {
            let change = try figures(answer, party, "difference")
            for (name, value) in change where name != "loans" {
                #expect(value as? String == "0.00", "\(party) \(name)")
            }
        }
    }

    @Test func `another ratio is told in every format, and nothing is written`() async throws {
        let run = try await DemoRun.first.value.copied()
        try write(run, Self.other, to: "new.yaml")
        let before = try await run.colend("verify --digest")
        // What SQLite keeps beside its file while it is read is none of ours.
        func files() -> [String: Data] {
            run.folder.files(below: "demo").filter { !$0.key.hasPrefix("colend.db-") }
        }
        let untouched = files()
        let words = "simulate --agreement new.yaml \(Self.dates)"
        let answer = try await run.colend(words + " --output json").json(as: Object.self)
        let (old, new) = (
            try figures(answer, "harbor", "old"), try figures(answer, "harbor", "new")
        )
        let (volume, other) = (try cents(old["volume"]), try cents(new["volume"]))
        // 60 parts of what were 70, but for the cent of each loan.
        #expect(abs(other * 7 - volume * 6) < 7 * 100 && volume > 0)
        let change = try figures(answer, "harbor", "difference")
        #expect(try cents(change["volume"]) == other - volume)
        let table = try await run.colend(words + " --output table")
        #expect(table.exit == 0, "\(table.errors)")
        for word in ["Lenders", "result", "settlement", "change", "replayed"] {
            #expect(table.output.contains(word), "\(table.output)")
        }
        let csv = try await run.colend(words + " --output csv")
        #expect(
            csv.output.hasPrefix(
                "lender,side,loans,volume,interest,spread,penalty,fees,serviceFees,losses,result,"
                    + "settlement,currency\r\nplatform,old,"), "\(csv.output)")
        let picture = try await run.colend(words + " --svg")
        #expect(XMLCheck.fault(in: picture.output) == nil)
        #expect(picture.output.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\""))
        #expect(picture.output.contains("as simulated"))
        #expect(try await run.colend("verify --digest").output == before.output)
        #expect(files() == untouched)
    }

    @Test func `faults of the other agreement are told where they stand`() async throws {
        let run = try await DemoRun.first.value.copied()
        try write(run, [("\"70%\"", "\"69.99%\"")], to: "bad.yaml")
        let bad = try await run.colend("simulate --agreement bad.yaml \(Self.dates)")
        #expect(bad.exit == 78 && bad.output.isEmpty, "\(bad.output)")
        #expect(bad.errors.contains("bad.yaml:") && bad.errors.contains("99.99%"), "\(bad.errors)")
        let absent = try await run.colend("simulate --agreement gone.yaml \(Self.dates)")
        #expect(absent.exit == 74, "\(absent.errors)")
    }

    @Test func `dates and names that hold no loan are told`() async throws {
        let run = try await DemoRun.first.value
        let words = "simulate --agreement demo/Config/agreements/harbor-70-30.yaml"
        let faults = [
            ("--from 2026-01-31 --to 2026-01-01", 64, "SIM-002"),
            ("--from 2026-01-01 --to 2027-01-01", 64, "SIM-002"),
            ("--from yesterday --to 2026-01-01", 64, "USAGE-001"),
            ("--from 2026-01-01 --to 2026-01-02 --of nobody", 1, "SIM-001"),
        ]
        for (dates, exit, code) in faults {
            let outcome = try await run.colend("\(words) \(dates)")
            #expect(outcome.exit == Int32(exit) && outcome.codes == [code], "\(outcome.errors)")
            #expect(outcome.output.isEmpty)
        }
    }
}

extension DemoRun {
    fileprivate func url(_ path: String) -> URL { URL(fileURLWithPath: folder.path(path)) }
}
