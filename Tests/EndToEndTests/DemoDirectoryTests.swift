import Foundation
import TestSupport
import Testing

/// What a demo leaves behind, through every other command.
struct DemoDirectoryTests {
    @Test func `every query of the directory succeeds in every format`() async throws {
        let run = try await DemoRun.first.value
        for command in [
            "config check", "config show --origin", "loans list", "eod status", "recon status",
            "breaks list", "breaks list --state open", "breaks list --partner harbor",
            "settlement show", "settlement show --partner summit", "ledger trial-balance",
            "ledger trial-balance --date 2026-01-15 --book harbor",
            "ledger entries --from 2026-02-01 --until 2026-02-03 --book platform",
            "doctor --offline",
            // A slow machine would tell how far it is.
            "verify --quiet",
        ] {
            for format in ["table", "json", "csv", "ndjson"] {
                let outcome = try await run.colend("\(command) --output \(format)")
                #expect(outcome.exit == 0, "\(command): \(outcome.errors)")
                #expect(outcome.errors == "")
                #expect(outcome.output.utf8.last == 10, "\(command) --output \(format)")
                if format == "json" { _ = try outcome.json(as: Any.self) }
            }
        }
    }

    @Test func `books balance and pairs mirror`() async throws {
        let answer: Object = try await DemoRun.first.value.colend("ledger trial-balance").json()
        #expect(answer["balanced"] as? Bool == true)
        let accounts = try #require(answer["accounts"] as? [Object])
        var sums: [String: Int] = [:]
        for account in accounts {
            let book = try #require(account["book"] as? String)
            let amount = try #require(account["amount"] as? String)
            sums[book, default: 0] += try #require(Int(amount.replacing(".", with: "")))
        }
        #expect(sums == ["harbor": 0, "meridian": 0, "platform": 0, "summit": 0])
    }

    @Test func `every break can be shown with its cause`() async throws {
        let run = try await DemoRun.first.value
        let breaks = try await run.colend("breaks list").json(as: [Object].self)
        #expect(!breaks.isEmpty)
        for found in breaks {
            let id = try #require(found["id"] as? String)
            let shown = try await run.colend("breaks show \(id)").json(as: Object.self)
            #expect(shown["cause"] as? String != "unknown")
            #expect(shown["sentence"] as? String == found["sentence"] as? String)
            let people = try await run.colend("breaks show \(id) --output table").output
            #expect(people.contains("ours    ") && people.contains("theirs  "))
        }
    }

    @Test func `a paid loan tells its whole story`() async throws {
        let run = try await DemoRun.first.value
        let loan = try await run.loan("disbursed", paid: true)
        let story = try await run.colend("loans show \(loan) --output table").output
        #expect(story.hasPrefix("Loan \(loan), disbursed, "))
        #expect(story.contains("\n\nborrower   B-\(loan)\nterms      "))
        for title in [
            "Who lends (USD)\n", "Owed at the end of 2026-02-09 (USD), ",
            "What happened (USD)\n",
            "Who got what, and why (USD)\n", "What was posted (USD), debit above zero\n",
            "Schedule (USD)\n",
        ] {
            #expect(story.contains("\n\(title)"), "\(title)")
        }
        let shown = try await run.colend("loans show \(loan)").json(as: Object.self)
        let shares = try #require(shown["shares"] as? [[String: String]])
        #expect(story.contains("platform"))
        #expect(shares.allSatisfy { story.contains($0["amount"] ?? "?") })
        let lines = try await run.colend("loans show \(loan) --output csv").output
        #expect(lines.hasPrefix("line,lender,postedOn,valueDate,principal,"))
    }

    /// The demo's products let cash wait: the quote is every instalment that is not paid.
    @Test func `a loan is quoted what would end it`() async throws {
        let run = try await DemoRun.first.value
        let loan = try await run.loan("disbursed", paid: true)
        let shown = try await run.colend("loans show \(loan)").json(as: Object.self)
        let schedule = try #require(shown["schedule"] as? Object)
        let rows = try #require(schedule["instalments"] as? [Object])
        let open = rows.compactMap { ($0["open"] as? String).flatMap { cents($0) } }
        let quote = try await run.colend("loans payoff \(loan) --on 2026-02-09")
            .json(as: Object.self)
        let parts = ["principal", "interest"].compactMap {
            (quote[$0] as? String).flatMap { cents($0) }
        }
        #expect(parts.reduce(0, +) == open.reduce(0, +))
        #expect(quote["on"] as? String == "2026-02-09")
        let table = try await run.colend("loans payoff \(loan) --output table").output
        #expect(table.contains("to be paid"))
        let early = try await run.colend("loans payoff \(loan) --on 2025-12-31")
        #expect(early.codes == ["QUERY-001"])
        let stranger = try await run.colend("loans payoff nobody")
        #expect(stranger.exit == 1)
        #expect(stranger.codes == ["QUERY-001"])
    }

    private func cents(_ text: String) -> Int? { Int(text.replacing(".", with: "")) }

    @Test func `our files can be written again, byte for byte`() async throws {
        let run = try await DemoRun.first.value
        let target = try TemporaryFolder()
        let outcome = try await run.colend(
            "files export --partner harbor --date 2026-01-05 --directory \(target.path)")
        #expect(outcome.exit == 0, "\(outcome.errors)")
        let written = target.files(below: "2026-01-05/harbor")
        #expect(
            written.keys.sorted() == [
                "accruals.csv", "balances.csv", "buy-backs.csv", "charge-offs.csv",
                "compensations.csv", "corrections.csv", "disbursements.csv", "fees.csv",
                "in-flight.csv", "instalment-plan.csv", "manifest.json", "recoveries.csv",
                "refunds.csv", "repayments-by-instalment.csv", "repayments.csv",
                "status-changes.csv", "transfers.csv", "waivers.csv",
            ])
        let sent = run.folder.files(below: "demo/out/2026-01-05/harbor")
        #expect(written == sent.filter { $0.key != "breaks.csv" }, "the report is made later")
    }

    @Test func `files cannot be written where a file stands`() async throws {
        let run = try await DemoRun.first.value
        let target = try TemporaryFolder()
        try target.write("", to: "out")
        let outcome = try await run.colend(
            "files export --partner harbor --date 2026-01-05 --directory \(target.path)/out")
        #expect(outcome.exit == 74)
        #expect(outcome.codes == ["IO-002"])
    }

    @Test func `banks that are gone are named and nothing is lost`() async throws {
        let run = try await DemoRun.first.value.copied()
        let loans =
            Books.header + ",agreement\n"
            + "N1,B1,instalment-loan,1000.00,USD,9,6,2026-02-10T09:00:00Z,harbor-70-30\n"
        #expect(try await run.colend("loans import -", input: loans).exit == 0)
        let fund = try await run.colend("fund")
        #expect(fund.exit == 69, "\(fund.output) \(fund.errors)")
        let open = try fund.json(as: Object.self)["open"] as? [[String: String]]
        #expect(open?.map { $0["key"] } == ["N1.harbor.1"])
        let close = try await run.colend("eod --date 2026-02-10")
        #expect(close.exit == 2, "\(close.errors)")
        #expect(try close.json(as: Object.self)["state"] as? String == "closed")
        #expect(try await run.colend("files deliver").exit == 69)
        #expect(try await run.colend("verify").exit == 0)
        let closedAgain = try await run.colend("eod --date 2026-02-10").json(as: Object.self)
        #expect(closedAgain["wasClosed"] as? Bool == true)
    }

    @Test func `repayments are checked against the books`() async throws {
        let run = try await DemoRun.first.value.copied()
        let loan = try await run.loan("disbursed", paid: true)
        let header = "payment_id,loan_id,amount,currency,paid_at,value_date,reverses\n"
        let before = try await run.colend("verify --digest").output
        let faults = [
            ("INTAKE-003", "Q1,\(loan),10.00,EUR,2026-02-10T09:00:00Z,,"),
            ("INTAKE-018", "Q1,\(loan),10.00,USD,2026-02-10T09:00:00Z,2026-02-11,"),
            ("INTAKE-018", "Q1,\(loan),10.00,USD,2025-12-01T09:00:00Z,2025-12-01,"),
            ("INTAKE-019", "Q1,\(loan),10.00,USD,2026-02-10T09:00:00Z,,P-unknown"),
            ("INTAKE-010", "P-\(loan)-1a,\(loan),0.01,USD,2026-02-10T09:00:00Z,,"),
        ]
        for (code, line) in faults {
            let outcome = try await run.colend("repayments import -", input: header + line)
            #expect(outcome.exit == 65)
            #expect(outcome.codes == [code], "\(outcome.errors)")
            #expect(outcome.errors.contains("(-:2:"))
        }
        #expect(try await run.colend("verify --digest").output == before)
        let sound = header + "Q1,\(loan),10.00,USD,2026-02-10T09:00:00Z,,\n"
        let rehearsed = try await run.colend("repayments import - --dry-run", input: sound)
        #expect(rehearsed.exit == 0, "\(rehearsed.errors)")
        #expect(try await run.colend("verify --digest").output == before)
        #expect(try await run.colend("repayments import -", input: sound).exit == 0)
        #expect(try await run.colend("verify --digest").output != before)
    }
}
