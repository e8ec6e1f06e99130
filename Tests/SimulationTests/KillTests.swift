import Foundation
import Operations
import TestSupport
import Testing

extension Simulations {
    /// Kills at every named point and at moments drawn at random: nothing of it may show.
    @Suite struct KillTests {
        @Test(.timeLimit(.minutes(60)))
        func `a killed and resumed platform ends in the same bytes as an undisturbed one`()
            async throws
        {
            let harness = try KillHarness(KillHarness.Size(environment: SoakSettings.environment))
            let report = try await harness.run()
            print(report)
            #expect(report.differences.isEmpty, "\(harness.repeatCommand)")
            #expect(report.violations.isEmpty, "\(harness.repeatCommand)")
            #expect(report.kills >= harness.size.kills, "\(harness.repeatCommand)")
            #expect(report.missed.isEmpty, "\(harness.repeatCommand)")
        }
    }
}

/// What `Scripts/soak` asks for.
enum SoakSettings {
    static let environment = ProcessInfo.processInfo.environment
}
