import Foundation
import TestSupport
import Testing

extension Simulations {
    /// The platform and its banks under a mix of faults with kills of either side: their books are
    /// held against each other share by share.
    @Suite struct ChaosTests {
        #if DEBUG
            static let requests = 2_000
        #else
            static let requests = 50_000
        #endif

        @Test(.timeLimit(.minutes(50)))
        func `nothing is doubled, lost or left unexplained under faults and kills of either side`()
            async throws
        {
            let run = try await ChaosRun.run(requests: Self.requests, kills: 60)
            let report = run.report
            print(run.story)
            #expect(run.exit == 0, "\(run.story)")
            #expect(report.doubled == 0 && report.lost == 0 && report.unexplained == 0)
            #expect(report.requests == Self.requests)
            #expect(report.kills["total"] ?? 0 >= 40)
            #expect(report.faultKinds >= 20)
            #expect(report.missing == [])
            #expect(report.kept == [])
            for victim in ["fund", "serve", "eod", "bank", "channel"] {
                #expect(report.kills[victim] ?? 0 > 0, "\(victim) was never killed")
            }
            // Banks have made mistakes with the money, and the platform has named each of them.
            #expect(report.explained["duplicate-execution"] ?? 0 > 0)
        }

        @Test(
            .timeLimit(.minutes(20)),
            arguments: ["resend-guard", "claim-rule", "deadline-reversal"])
        func `money is doubled as soon as a guard is off`(hazard: String) async throws {
            // A plan that kills senders often enough, whatever the run's own seed.
            let run = try await ChaosRun.run(
                requests: 2_000, kills: 16, hazard: hazard, seed: 3)
            #expect(run.exit == 2)
            #expect(run.report.doubled > 0, "\(run.story)")
            #expect(run.report.differences.contains { $0.hasPrefix("doubled:") })
            #expect(run.report.kept.count == 1)
            #expect(run.report.repeat.hasSuffix("--round 1"))
        }

        @Test(.timeLimit(.minutes(20)), arguments: ["bank", "channel", "store"])
        func `a figure that somebody has changed by a cent is found`(side: String) async throws {
            // Every second round has a payment channel.
            let run = try await ChaosRun.run(
                requests: 400, kills: 0, roundRequests: 200,
                options: ["--falsify", side] + (side == "channel" ? ["--round", "2"] : []))
            #expect(run.exit == 2)
            #expect(run.report.unexplained >= 1, "\(run.story)")
            #expect(run.report.doubled == 0 && run.report.lost == 0, "\(run.story)")
        }

        @Test(.timeLimit(.minutes(20)))
        func `it runs over books on a PostgreSQL server`() async throws {
            let server = try await PostgresCluster()
            let run = try await ChaosRun.run(
                requests: 600, kills: 4, roundRequests: 300,
                options: ["--store", server.url])
            #expect(run.exit == 0, "\(run.story)")
            #expect(run.report.rounds == 2)
        }
    }
}
