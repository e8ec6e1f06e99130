import Foundation
import TestSupport
import Testing

/// `colend bench eod` on small books: what it tells is what the day did.
@Suite(.serialized) struct BenchEndOfDayTests {
    private static let phases = ["load", "compute", "post", "reconcile", "settle"]

    @Test(arguments: [(1, 0, 0), (250, 30, 75), (120, 100, 120)])
    func `it times a day of a book of its own and leaves nothing`(
        loans: Int, repaying: Int, repayments: Int
    ) async throws {
        let folder = try TemporaryFolder()
        let outcome = try await Colend.run(
            "bench", "eod", "--loans", "\(loans)", "--repaying", "\(repaying)",
            environment: ["TMPDIR": folder.path("")])
        #expect(outcome.exit == 0, "\(outcome.output) \(outcome.errors)")
        #expect((FileManager.default.subpaths(atPath: folder.path("")) ?? []).isEmpty)
        let answer = try outcome.json(as: Object.self)
        #expect(answer["loans"] as? Int == loans)
        #expect(answer["repayments"] as? Int == repayments)
        let seconds = try #require(answer["seconds"] as? Double)
        let perSecond = try #require(answer["loansPerSecond"] as? Int)
        // Both are rounded: to a thousandth of a second, and to a loan in a second.
        let rounded = 0.001 * Double(perSecond) + seconds
        #expect(abs(Double(perSecond) * seconds - Double(loans)) <= rounded)
        #expect(try #require(answer["peakMemoryMiB"] as? Int) > 0)
        #expect(try #require(answer["storeBytes"] as? Int) > 100_000)
        let phases = try #require(answer["phases"] as? [String: Double])
        #expect(phases.keys.sorted() == Self.phases.sorted())
        // What lies between them is only the lock and what was approved before.
        let sum = phases.values.reduce(0, +)
        #expect(sum <= seconds + 0.01 && sum > 0.5 * seconds, "\(phases) of \(seconds)")
        #expect(phases.values.allSatisfy { $0 >= 0 })
        #expect(phases["post"] ?? 0 > 0 && phases["reconcile"] ?? 0 > 0)
    }

    @Test func `the book it leaves in a store that is named holds, and is settled`() async throws {
        let folder = try TemporaryFolder()
        let store = "sqlite:" + folder.path("bench.db")
        let bench = ["bench", "eod", "--loans", "60", "--repaying", "50", "--store", store]
        let outcome = try await Colend.run(bench)
        #expect(outcome.exit == 0, "\(outcome.errors)")
        let size = try #require(
            FileManager.default.attributesOfItem(atPath: folder.path("bench.db"))[.size] as? Int)
        #expect(size > 0)
        let config = folder.path("books/Config")
        #expect(
            try await Colend.run("init", folder.path("books"), "--first-date", "2026-01-05").exit
                == 0)
        func colend(_ words: String...) async throws -> Colend.Outcome {
            try await Colend.run(words + ["--config", config, "--store", store])
        }
        let verify = try await colend("verify")
        #expect(verify.exit == 0, "\(verify.output) \(verify.errors)")
        let loans = try await colend("loans", "list").json(as: [Object].self)
        #expect(loans.count == 60)
        #expect(loans.allSatisfy { $0["state"] as? String == "disbursed" })
        let settlements = try await colend("settlement", "show").json(as: [Object].self)
        #expect(settlements.count == 1)
        #expect(try await Colend.run(bench).codes == ["IO-002"], "the store is there already")
    }

    @Test(arguments: [
        ["--loans", "0"], ["--loans", "10000001"], ["--repaying", "-1"], ["--repaying", "101"],
        ["--dry-run"],
    ])
    func `numbers that make no book are refused`(option: [String]) async throws {
        let folder = try TemporaryFolder()
        let wrong = try await Colend.run(
            ["bench", "eod", "--store", "sqlite:" + folder.path("x.db")] + option)
        #expect(wrong.exit == 64)
        #expect(wrong.codes.allSatisfy { $0.hasPrefix("USAGE-") })
        #expect(folder.files().isEmpty)
    }
}
