import Foundation
import TestSupport
import Testing

extension Simulations {
    /// Processes that take in and fund side by side what limits have no room for.
    @Suite struct QuotaTests {
        /// As many as `Scripts/soak` asks for.
        static let loans =
            ProcessInfo.processInfo.environment["COLEND_SOAK_LIMITED"].flatMap { Int($0) }
            ?? 20_000

        @Test(.timeLimit(.minutes(20)))
        func `four processes never take more than a limit allows, nor fund anything twice`()
            async throws
        {
            let day = try await QuotaDay.make("quota", loans: Self.loans)
            try await day.takeInTogether()
            try await day.workOff()
            let audit = try await QuotaAudit(day)
            #expect(audit.overdrawn == [])
            #expect(audit.misjudged == [])
            #expect(try audit.lost() == [])
            #expect(try await audit.doubled() == [])
            #expect(try await day.funding.violations().isEmpty)
            #expect(try await day.installation.colend(["verify"]).exit == 0)
            print("\(try day.rejected().count) of \(day.loans.count) loans found no room")
            await day.installation.close(removing: true)
        }

        @Test(.timeLimit(.minutes(10)), arguments: [true, false])
        func `limits are overdrawn only without their lock`(isGuarded: Bool) async throws {
            let day = try await QuotaDay.make(
                "quota", loans: 4_000, hazard: isGuarded ? nil : "limit-guard")
            try await day.takeInTogether()
            let overdrawn = try await QuotaAudit(day).overdrawn
            #expect(overdrawn.isEmpty == isGuarded, "\(overdrawn)")
            await day.installation.close(removing: true)
        }
    }
}
