import Foundation
import TestSupport
import Testing

/// `colend settlement …` on what a demo leaves behind.
struct SettlementTests {
    private static let header = "bank_ref,amount,currency,value_date,remittance\n"

    private func settlements(_ run: DemoRun, _ options: String = "") async throws -> [Object] {
        try await run.colend("settlement show \(options)").json(as: [Object].self)
    }

    /// The first settlement that waits for its statement, with the amount that the platform pays.
    private func instructed(_ run: DemoRun) async throws -> (id: String, amount: String) {
        let first = try #require(
            try await settlements(run, "--state instructed").first { settlement in
                (settlement["amount"] as? String)?.hasPrefix("-") == false
            })
        return (
            try #require(first["id"] as? String), try #require(first["amount"] as? String)
        )
    }

    @Test func `statements have confirmed settlements, and each tells by which line`()
        async throws
    {
        let run = try await DemoRun.first.value
        let confirmed = try await settlements(run, "--state confirmed")
        #expect(confirmed.count > 10)
        for settlement in confirmed {
            let lines = try #require(settlement["statementLines"] as? [[String: String]])
            #expect(lines.compactMap { $0["bankRef"] } == settlement["bankRefs"] as? [String])
            #expect(lines.allSatisfy { $0["remittance"] == settlement["id"] as? String })
            #expect(!lines.isEmpty)
        }
        let partial = try #require(try await settlements(run, "--state partial").first)
        let id = try #require(partial["id"] as? String)
        let breaks = try await run.colend("breaks list --partner clearing-account")
            .json(as: [Object].self)
        let found = breaks.first { $0["key"] as? [String] == [id] }
        #expect(found?["cause"] as? String == "paid-in-part")
        #expect(found?["state"] as? String == "resolved")
        let next = try await settlements(run).filter { settlement in
            (settlement["lines"] as? [Object])?.contains { $0["source"] as? String == id } == true
        }
        #expect(next.count == 1, "the rest is a line of one later settlement")
        // What the bank's own statement showed, given again by hand.
        let copy = try run.copied()
        let digest = try await copy.colend("verify --digest").output
        let rows = confirmed.compactMap { ($0["statementLines"] as? [[String: String]])?.first }
            .map { line in
                ["bankRef", "amount", "currency", "valueDate", "remittance"]
                    .map { line[$0] ?? "" }.joined(separator: ",") + "\n"
            }
        let again = try await copy.colend(
            "settlement confirm --statement -", input: Self.header + rows.joined())
        #expect(again.exit == 0, "\(again.errors)")
        #expect(try again.json(as: Object.self)["alreadyThere"] as? Int == rows.count)
        #expect(try await copy.colend("verify --digest").output == digest)
    }

    @Test func `settlements are listed by partner, day and state`() async throws {
        let run = try await DemoRun.first.value
        let all = try await settlements(run)
        #expect(all.count > 3)
        let first = try #require(all.first)
        let day = try #require(first["settlesOn"] as? String)
        let party = try #require(first["party"] as? String)
        let some = try await settlements(run, "--partner \(party) --date \(day)")
        #expect(some.map { $0["id"] as? String } == [first["id"] as? String])
        let lines = try #require(some[0]["lines"] as? [Object])
        let sum = lines.compactMap { $0["amount"] as? String }.reduce(0) {
            $0 + (Int($1.replacing(".", with: "")) ?? 0)
        }
        #expect("\(sum)" == (first["amount"] as? String)?.replacing(".", with: ""))
        let people = try await run.colend(
            "settlement show --partner \(party) --date \(day) --output table"
        ).output
        #expect(people.contains("\nLines\n") && people.contains("\nEvents\n"))
        let outcome = try await run.colend("settlement show --state settled")
        #expect(outcome.codes == ["USAGE-004"])
    }

    @Test func `instructions are exported, and pain.001 is refused in words`() async throws {
        let run = try await DemoRun.first.value
        let (id, amount) = try await instructed(run)
        let export = try await run.colend("settlement export")
        #expect(export.output.hasPrefix("instruction_id,settles_on,partner,name,direction,method,"))
        #expect(export.output.contains("\n\(id),"))
        #expect(export.output.contains(",pay,transfer,\(amount),USD,"))
        let day = try #require(
            try await settlements(run).first { $0["id"] as? String == id }?["settlesOn"]
                as? String)
        let target = try TemporaryFolder()
        let written = try await run.colend(
            "settlement export --date \(day) --to \(target.path)")
        #expect(written.exit == 0, "\(written.errors)")
        let file = try #require(target.files()["instructions-\(day).csv"])
        #expect(String(decoding: file, as: UTF8.self).contains("\n\(id),"))
        let refused = try await run.colend("settlement export --format pain.001")
        #expect(refused.exit == 64)
        #expect(refused.codes == ["SETTLE-007"])
    }

    @Test func `a statement confirms, twice does nothing, and returns take back`() async throws {
        let run = try await DemoRun.first.value.copied()
        let (id, amount) = try await instructed(run)
        let paid = "B1,-\(amount),USD,2026-02-09,\(id)\n"
        let before = try await settlements(run, "--state confirmed").count
        func confirm(_ lines: String, _ options: String = "") async throws -> Colend.Outcome {
            try await run.colend(
                "settlement confirm --statement - \(options)", input: Self.header + lines)
        }
        let digest = try await run.colend("verify --digest").output
        #expect(try await confirm(paid, "--dry-run").exit == 0)
        #expect(try await run.colend("verify --digest").output == digest)
        let outcome = try await confirm(paid)
        #expect(outcome.exit == 0, "\(outcome.errors)")
        #expect(try outcome.json(as: Object.self)["taken"] as? Int == 1)
        #expect(try await settlements(run, "--state confirmed").count == before + 1)
        let after = try await run.colend("verify --digest").output
        let again = try await confirm(paid)
        #expect(try again.json(as: Object.self)["alreadyThere"] as? Int == 1)
        #expect(try await run.colend("verify --digest").output == after)
        let returned = try await confirm(paid + "B2,\(amount),USD,2026-02-09,RETURN \(id)\n")
        #expect(returned.exit == 0, "\(returned.errors)")
        let open = try await settlements(run, "--state returned").filter {
            $0["id"] as? String == id
        }
        #expect(open.map { $0["open"] as? String } == [amount])
        #expect(try await run.colend("verify").exit == 0)
    }

    @Test func `a line that settles nothing is a finding and the others are taken`()
        async throws
    {
        let run = try await DemoRun.first.value.copied()
        let (id, amount) = try await instructed(run)
        let outcome = try await run.colend(
            "settlement confirm --statement -",
            input: Self.header + "B9,1.00,USD,2026-02-09,a gift\n"
                + "B1,-\(amount),USD,2026-02-09,\(id)\n")
        #expect(outcome.exit == 2)
        let answer = try outcome.json(as: Object.self)
        #expect(answer["taken"] as? Int == 1)
        let unknown = try #require(answer["unknown"] as? [Object])
        #expect(unknown.map { $0["bankRef"] as? String } == ["B9"])
        #expect(unknown.map { $0["reason"] as? String } == ["it names no settlement"])
    }

    @Test(arguments: [
        ("INTAKE-001", "1", "bank_ref,amount,currency,value_date\n"),
        ("INTAKE-001", "1", "bank_ref,amount,currency,value_date,remittance,colour\n"),
        ("INTAKE-002", "3:1", "\(header)GOOD,USD,2026-02-09,ID\nB 1,1.00,USD,2026-02-09,x\n"),
        ("INTAKE-003", "3:9", "\(header)GOOD,USD,2026-02-09,ID\nB2,1.00,XXY,2026-02-09,x\n"),
        ("INTAKE-004", "3:4", "\(header)GOOD,USD,2026-02-09,ID\nB2,1.005,USD,2026-02-09,x\n"),
        ("INTAKE-004", "3:4", "\(header)GOOD,USD,2026-02-09,ID\nB2,-1.005,USD,2026-02-09,x\n"),
        ("INTAKE-006", "3:4", "\(header)GOOD,USD,2026-02-09,ID\nB2,0.00,USD,2026-02-09,x\n"),
        ("INTAKE-007", "3:4", "\(header)GOOD,USD,2026-02-09,ID\nB2,--1,USD,2026-02-09,x\n"),
        ("INTAKE-008", "3:13", "\(header)GOOD,USD,2026-02-09,ID\nB2,1.00,USD,2026-02-30,x\n"),
        ("INTAKE-008", "3:13", "\(header)GOOD,USD,2026-02-09,ID\nB2,1.00,USD,,x\n"),
        ("INTAKE-009", "3:1", "\(header)GOOD,USD,2026-02-09,ID\nB1,1.00,USD,2026-02-09,x\n"),
        ("FILE-002", "3:", "\(header)GOOD,USD,2026-02-09,ID\nB2,1.00,USD,2026-02-09,\"x\n"),
        ("FILE-004", "3:1", "\(header)GOOD,USD,2026-02-09,ID\nB2,1.00\n"),
        ("FILE-005", "1:1", ""),
        ("SETTLE-006", "1:1", "<?xml version=\"1.0\"?><Document/>"),
        ("SETTLE-006", "1:1", ":20:STARTUMS\n:25:1/2\n"),
    ])
    func `a bad statement is refused with its place, and nothing of it is taken`(
        code: String, place: String, text: String
    ) async throws {
        let run = try await DemoRun.first.value
        let (id, amount) = try await instructed(run)
        let before = try await settlements(run, "--state confirmed").count
        let statement = text.replacing("GOOD", with: "B1,-\(amount)").replacing(
            ",ID", with: ",\(id)")
        let outcome = try await run.colend("settlement confirm --statement -", input: statement)
        #expect(outcome.exit == 65)
        #expect(outcome.output == "")
        #expect(outcome.codes == [code], "\(outcome.errors)")
        #expect(outcome.errors.contains("(-:\(place)"), "\(outcome.errors)")
        #expect(try await settlements(run, "--state confirmed").count == before)
    }

    @Test func `a line known with other content is refused`() async throws {
        let run = try await DemoRun.first.value.copied()
        let (id, amount) = try await instructed(run)
        let line = "B1,-\(amount),USD,2026-02-09,\(id)\n"
        let command = "settlement confirm --statement -"
        #expect(try await run.colend(command, input: Self.header + line).exit == 0)
        let other = try await run.colend(
            command, input: Self.header + line.replacing("02-09", with: "02-08"))
        #expect(other.exit == 65)
        #expect(other.codes == ["SETTLE-004"])
    }

    @Test func `two people release a draft`() async throws {
        let run = try await DemoRun.first.value.copied()
        let id = try #require(try await settlements(run).first?["id"] as? String)
        let nobody = try await run.colend("settlement approve \(id)")
        #expect(nobody.exit == 64)
        #expect(nobody.codes == ["SETTLE-005"])
        for words in ["settlement approve \(id)", "recon run", "eod --date 2026-02-20"] {
            let odd = try await run.colend("\(words) --as an=na")
            #expect(odd.exit == 64 && odd.codes == ["BREAK-004"])
        }
        let twice = try await run.colend("settlement approve \(id) --as ann")
        #expect(twice.exit == 1)
        #expect(twice.codes == ["SETTLE-003"])
        let absent = try await run.colend("settlement approve S20300101.USD.harbor --as ann")
        #expect(absent.codes == ["SETTLE-001"])
        let nothing = try await run.colend("settlement instruct")
        #expect(nothing.exit == 0)
        #expect(nothing.output == "[]\n")
    }

    @Test func `a partner's statement is written with the day and printed again`() async throws {
        let run = try await DemoRun.first.value
        let first = try #require(try await settlements(run).first)
        let day = try #require(first["settlesOn"] as? String)
        let party = try #require(first["party"] as? String)
        let files = run.folder.files(below: "demo/out/\(day)/settlement")
        for format in ["csv", "html"] {
            let printed = try await run.colend(
                "settlement statement --partner \(party) --date \(day) --format \(format)")
            #expect(printed.exit == 0, "\(printed.errors)")
            let written = try #require(files["\(party).\(format)"])
            #expect(Data(printed.output.utf8) == written)
        }
        let shown = try await run.colend(
            "settlement statement --partner \(party) --date \(day) --format html",
            environment: ["COLEND_PARTIES_\(party.uppercased())_NAME": "<b>A & \"B\"</b>"])
        #expect(shown.output.contains("&lt;b&gt;A &amp; &quot;B&quot;&lt;/b&gt;"))
        #expect(!shown.output.contains("<b>") && !shown.output.contains("<script"))
        #expect(!shown.output.contains("http") && shown.output.contains("@media print"))
        let absent = try await run.colend(
            "settlement statement --partner \(party) --date 2030-01-01")
        #expect(absent.exit == 1)
        #expect(absent.codes == ["QUERY-001"])
    }
}
