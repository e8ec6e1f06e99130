import Foundation
import TestSupport
import Testing

/// The books as other programs read them.
struct LedgerExportTests {
    private func journal(_ options: String, _ run: DemoRun? = nil) async throws -> String {
        let demo = try await DemoRun.first.value
        let outcome = try await (run ?? demo).colend("ledger export \(options)")
        try #require(outcome.exit == 0, "\(outcome.errors)")
        return outcome.output
    }

    @Test(arguments: ["hledger", "beancount", "csv"])
    func `the same books give the same bytes`(format: String) async throws {
        let first = try await journal("--format \(format)")
        #expect(try await journal("--format \(format)") == first)
        #expect(try await journal("--format \(format)", DemoRun.again.value) == first)
        let target = try TemporaryFolder()
        let answer = try await DemoRun.first.value.colend(
            "ledger export --format \(format) --to \(target.path)/x/books"
        ).json(as: Object.self)
        #expect(target.files() == ["x/books": Data(first.utf8)])
        #expect(answer["until"] as? String == "2026-02-09")
        #expect((answer["entries"] as? Int ?? 0) > 100)
    }

    @Test func `a rehearsed export writes nothing`() async throws {
        let target = try TemporaryFolder()
        let outcome = try await DemoRun.first.value.colend(
            "ledger export --format csv --to \(target.path)/books --dry-run")
        #expect(outcome.exit == 0, "\(outcome.errors)")
        #expect(target.files().isEmpty)
    }

    @Test func `balances are asserted at month ends and at the end, for every account`()
        async throws
    {
        let lines = try await journal("--format csv").split(separator: "\r\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        let balances = lines.filter { $0[0] == "balance" }
        #expect(Set(balances.map { $0[1] }) == ["2026-01-31", "2026-02-09"])
        let used = Set(lines.filter { $0[0] == "entry" }.map { $0[7] })
        #expect(used.isSubset(of: Set(balances.filter { $0[1] == "2026-02-09" }.map { $0[7] })))
        var sums: [Substring: Int] = [:]
        for line in lines.dropFirst() where line[0] == "entry" {
            sums[line[7], default: 0] += try cents(String(line[9]))
        }
        for line in balances where line[1] == "2026-02-09" {
            #expect(try sums[line[7], default: 0] == cents(String(line[9])), "\(line[7])")
        }
    }

    @Test func `one book holds its own accounts alone`() async throws {
        let book = try await journal("--format hledger --book harbor --until 2026-01-31")
        #expect(book.contains("Assets:Harbor:1310-Due-to-and-from-parties:Platform  "))
        #expect(!book.contains("Assets:Platform:") && !book.contains("2026-02-"))
        let every = try await journal("--format hledger --book all")
        #expect(every == (try await journal("--format hledger")))
        let outcome = try await DemoRun.first.value.colend(
            "ledger export --format hledger --book nobody")
        #expect(outcome.exit == 64 && outcome.codes == ["USAGE-009"])
    }

    @Test(.enabled(if: Tool.isWanted("hledger")))
    func `hledger accepts the books and refuses a false assertion`() async throws {
        let folder = try TemporaryFolder()
        for book in ["all", "platform", "summit"] {
            let text = try await journal("--format hledger --book \(book)")
            let file = try folder.write(text, to: "\(book).journal")
            let sound = try await Tool.run("hledger", ["check", "--strict", "-f", file])
            #expect(sound.exit == 0, "\(sound.output)")
        }
        let text = try await journal("--format hledger")
        let last = try #require(text.range(of: " = ", options: .backwards))
        let amount = text[last.upperBound...].prefix { $0 != " " }
        let digit = amount.last == "7" ? "8" : "7"
        let wrong =
            text[..<last.upperBound] + amount.dropLast() + digit
            + text[last.upperBound...].dropFirst(amount.count)
        let file = try folder.write(String(wrong), to: "false.journal")
        let refused = try await Tool.run("hledger", ["check", "-f", file])
        #expect(refused.exit != 0)
        #expect(refused.output.contains("assertion"), "\(refused.output)")
    }

    @Test(.enabled(if: Tool.isWanted("bean-check")))
    func `beancount accepts the books and refuses a false assertion`() async throws {
        let folder = try TemporaryFolder()
        for book in ["all", "platform", "summit"] {
            let text = try await journal("--format beancount --book \(book)")
            let file = try folder.write(text, to: "\(book).beancount")
            let sound = try await Tool.run("bean-check", ["--no-cache", file])
            #expect(sound.exit == 0, "\(sound.output)")
        }
        let text = try await journal("--format beancount")
        let last = try #require(text.range(of: " ~ 0 USD", options: .backwards))
        let before = text[..<last.lowerBound]
        let digit = before.last == "7" ? "8" : "7"
        let wrong = before.dropLast() + digit + text[last.lowerBound...]
        let file = try folder.write(String(wrong), to: "false.beancount")
        let refused = try await Tool.run("bean-check", ["--no-cache", file])
        #expect(refused.exit != 0)
        #expect(refused.output.contains("Balance failed"), "\(refused.output)")
    }
}
