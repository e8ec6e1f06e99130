import TestSupport
import Testing

extension Simulations {
    /// Every command by several processes at once: nothing of it may show.
    @Suite struct CrowdTests {
        @Test(.timeLimit(.minutes(60)), arguments: 0..<KillHarness.Size.asked.rounds)
        func `several processes end in the same bytes as one, on a file and on a server`(
            round: Int
        ) async throws {
            let seed = SeededCase.runSeed &+ UInt64(round)
            let life = try BusinessLife.make(loans: 24, dates: 6, seed: seed)
            let server = try await PostgresCluster.shared()
            async let alone = LivedDays.live(life, "alone", seed: seed, by: .undisturbed)
            async let onFile = LivedDays.live(life, "crowd", seed: seed, by: .crowd(of: 3))
            let onServer = try await LivedDays.live(
                life, "crowd", seed: seed, by: .crowd(of: 4), on: server)
            let calm = try await alone
            for crowded in [try await onFile, onServer] {
                #expect(crowded.outcome.differences(from: calm.outcome).isEmpty)
                #expect(crowded.outcome.violations.isEmpty)
                let crowd = try #require(crowded.hand.crowd)
                #expect(crowd.closes.values.allSatisfy { $0 == 1 } && crowd.closes.count == 6)
                #expect(crowd.turnedAway["CLOSE-002"] ?? 0 > 0)
                print("turned away: \(crowd.turnedAway)")
                await crowded.close(against: calm.outcome)
            }
            await calm.installation.close(removing: true)
        }
    }
}
