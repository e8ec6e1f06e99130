import Foundation
import TestSupport

/// A run of `colend bench chaos` and what it reports.
struct ChaosRun: Sendable {
    /// The report, as far as tests read it.
    struct Report: Decodable {
        let requests: Int
        let rounds: Int
        let kills: [String: Int]
        let faultKinds: Int
        let faults: [String: Int]
        let turns: [String: Int]
        let missing: [String]
        let doubled: Int
        let lost: Int
        let unexplained: Int
        let explained: [String: Int]
        let differences: [String]
        let kept: [String]
        let `repeat`: String
    }

    let exit: Int32
    let report: Report
    private let text: String

    /// Runs it in a directory of its own, which stays only when something was found unasked.
    static func run(
        requests: Int, kills: Int, roundRequests: Int = 5_000, options: [String] = [],
        hazard: String? = nil, seed: UInt64 = SeededCase.runSeed
    ) async throws -> ChaosRun {
        let directory = try House.makeDirectory("chaos")
        let outcome = try await ProductProcess.run(
            .colend,
            [
                "bench", "chaos", "--seed", "\(seed)", "--requests", "\(requests)", "--kills",
                "\(kills)", "--round-requests", "\(roundRequests)", "--directory", directory.path,
                // Rounds wait more than they work.
                "--side-by-side", "8", "--output", "json", "--quiet",
            ] + options, environment: hazard.map { ["COLEND_HAZARD": $0] } ?? [:],
            limitSeconds: 3_000)
        guard let report = try? JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
        else {
            throw HarnessFault("bench chaos ended with \(outcome.exit): \(outcome.errors)")
        }
        if outcome.exit == 0 || hazard != nil || !options.isEmpty {
            try? FileManager.default.removeItem(at: directory)
        }
        return ChaosRun(exit: outcome.exit, report: report, text: outcome.output)
    }

    /// For a failed expectation: what was reported, with the command that repeats it.
    var story: String { text }
}
