import Foundation
import TestSupport
import Testing

/// `--dry-run` of every command that writes: the same checks, nothing written.
struct DryRunTests {
    /// Files that only opening a store leaves beside it.
    private func business(_ files: [String: Data]) -> [String: Data] {
        files.filter { !$0.key.hasSuffix("-wal") && !$0.key.hasSuffix("-shm") }
    }

    @Test(arguments: [
        "loans import -", "fund", "eod --date 2026-01-01", "recon run", "files deliver",
    ])
    func `a rehearsal leaves the store as it is`(command: String) async throws {
        let books = try await Books.withLoans()
        let before = business(books.folder.files())
        let more = Books.header + "\nA9,B9,instalment-loan,900.00,USD,9,6,2026-01-01T09:00:00Z\n"
        let outcome = try await books.colend(command + " --dry-run", input: more)
        #expect(outcome.exit == 0, "\(outcome.errors)")
        #expect(business(books.folder.files()) == before)
    }

    @Test func `a rehearsed import needs no store and finds every fault`() async throws {
        let books = try await Books.new()
        let sound = try await books.colend("loans import - --dry-run", input: Books.loans)
        #expect(sound.exit == 0, "\(sound.errors)")
        #expect(try sound.json(as: Object.self)["imported"] as? Int == 3)
        let faulty = try await books.colend(
            "loans import - --dry-run",
            input: Books.loans + "A1,B1,instalment-loan,1.00,USD,10,12,2026-01-01T09:00:00Z\n")
        #expect(faulty.exit == 65)
        #expect(books.folder.files().keys.allSatisfy { $0.hasPrefix("Config/") })
    }

    @Test func `init and the demo make no directory`() async throws {
        let folder = try TemporaryFolder()
        for command in [["init", "."], ["demo", "--directory", "demo"]] {
            let outcome = try await Colend.run(command + ["--dry-run"], in: folder)
            #expect(outcome.exit == 0, "\(outcome.errors)")
            #expect(try outcome.json(as: Object.self)["dryRun"] as? Bool == true)
            #expect(folder.files().isEmpty)
        }
    }
}
