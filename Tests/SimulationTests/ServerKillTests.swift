import Operations
import TestSupport
import Testing

extension Simulations {
    /// The same life on a PostgreSQL server that is killed as well as the commands: nothing of it
    /// may show, nor that the books are not in a file.
    @Suite struct ServerKillTests {
        @Test(.timeLimit(.minutes(60)), arguments: 0..<KillHarness.Size.asked.rounds)
        func `a server killed under its commands ends in the same bytes as an undisturbed file`(
            round: Int
        ) async throws {
            let harness = try KillHarness(
                .asked, seed: SeededCase.runSeed &+ UInt64(round),
                server: try await PostgresCluster())
            let report = try await harness.run()
            print(report)
            let again = Comment(rawValue: harness.repeatCommand)
            #expect(report.differences.isEmpty, again)
            #expect(report.violations.isEmpty, again)
            #expect(report.kills >= 30, again)
            // Which blow falls where is up to the machine: a slow one overtakes most of them.
            let fallen = report.plan?.blows.filter { $0.value > 0 }.map(\.key) ?? []
            for part in Blow.allCases.map(\.rawValue) + ["anywhere", "at a point", "overtaken"] {
                #expect(fallen.contains { $0.contains(part) }, again)
            }
            // Locks went with the server: whoever relied on one was told so.
            #expect(report.plan?.endings[75] ?? 0 > 0, again)
        }
    }
}
