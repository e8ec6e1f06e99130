import Foundation
import TestSupport

/// One installation after its days.
struct LivedDays: Sendable {
    let installation: Installation
    let outcome: Outcome
    let hand: Hand

    /// Lives the days in a fresh installation with every fault there is.
    ///
    /// - Throws: ``HarnessFault``, with the place of what is left to be looked at.
    static func live(
        _ life: BusinessLife, _ name: String, seed: UInt64, by hand: Hand,
        on server: PostgresCluster? = nil
    ) async throws -> LivedDays {
        let installation = try await Installation.make(
            name, seed: seed, faults: .many, on: server)
        var hand = hand
        do {
            try await life.live(in: installation, by: &hand)
            let outcome = try await Outcome.gather(installation, life.dates)
            return LivedDays(installation: installation, outcome: outcome, hand: hand)
        } catch {
            await installation.close(removing: false)
            throw HarnessFault("\(error)\nsee \(installation.directory.path)")
        }
    }

    /// What differs stays on the disk, to be looked at.
    func close(against calm: Outcome) async {
        let isSame = outcome.differences(from: calm).isEmpty
        await installation.close(removing: isSame)
        if !isSame { print("kept: \(installation.directory.path)") }
    }
}
