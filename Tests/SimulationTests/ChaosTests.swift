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

        @Test(.timeLimit(.minutes(20)))
        func `money is doubled as soon as a guard is off`() async throws {
            let hazards = ["resend-guard", "claim-rule", "deadline-reversal"]
            // A plan that kills senders often enough, whatever the run's own seed.
            let runs = try await Self.beside(hazards) {
                try await ChaosRun.run(requests: 2_000, kills: 16, hazard: $0, seed: 3)
            }
            for (hazard, run) in runs {
                #expect(run.exit == 2, "\(hazard)")
                #expect(run.report.doubled > 0, "\(hazard): \(run.story)")
                #expect(!run.report.differences.isEmpty, "\(hazard)")
                #expect(run.report.kept.count == 1)
                #expect(run.report.repeat.hasSuffix("--round 1"))
            }
        }

        @Test(.timeLimit(.minutes(20)))
        func `a figure that somebody has changed by a cent is found`() async throws {
            let runs = try await Self.beside(["bank", "channel", "store"]) { side in
                // Every second round has a payment channel.
                try await ChaosRun.run(
                    requests: 400, kills: 0, roundRequests: 200,
                    options: ["--falsify", side] + (side == "channel" ? ["--round", "2"] : []))
            }
            for (side, run) in runs {
                #expect(run.exit == 2, "\(side)")
                #expect(run.report.unexplained >= 1, "\(side): \(run.story)")
                #expect(run.report.doubled == 0 && run.report.lost == 0, "\(run.story)")
            }
        }

        /// Several runs at a time: they wait for banks more than they work.
        private static func beside(
            _ names: [String], _ run: @escaping @Sendable (String) async throws -> ChaosRun
        ) async throws -> [(String, ChaosRun)] {
            try await withThrowingTaskGroup(of: (String, ChaosRun).self) { group in
                for name in names { group.addTask { (name, try await run(name)) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
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
