import Operations
import TestSupport
import Testing

extension Simulations {
    /// Kills at every named point and at moments drawn at random: nothing of it may show.
    @Suite struct KillTests {
        @Test(.timeLimit(.minutes(60)), arguments: 0..<KillHarness.Size.asked.rounds)
        func `a killed and resumed platform ends in the same bytes as an undisturbed one`(
            round: Int
        ) async throws {
            let harness = try KillHarness(.asked, seed: SeededCase.runSeed &+ UInt64(round))
            let report = try await harness.run()
            print(report)
            let again = Comment(rawValue: harness.repeatCommand)
            #expect(
                report.states.isSuperset(of: [
                    "confirmed", "refused", "reversed", "paid", "failed",
                ]), again)
            #expect(report.settled.isSuperset(of: ["compensations", "invocations"]), again)
            #expect(report.differences.isEmpty, again)
            #expect(report.violations.isEmpty, again)
            #expect(report.kills >= harness.size.kills, again)
            #expect(report.missed.isEmpty, again)
        }
    }
}
