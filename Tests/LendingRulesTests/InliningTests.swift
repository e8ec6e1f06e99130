import LendingRules
import Monetary
import TestSupport
import Testing

/// Hot values must cost across modules what they cost inside one; only optimized code shows it.
#if !DEBUG
    @Suite(.serialized)
    struct InliningTests {
        private static let limit = 1.3
        private let amounts: [Int64]
        private let scale: ProportionalScale
        private let local: LocalScale
        private let instalments: [Instalment]

        init() throws {
            var random = SeededCase(number: 0).generator
            amounts = (0..<20_000).map { _ in random.pick(0...10_000_00) }
            scale = try ProportionalScale(weights: [30_00, 50_00, 20_00])
            local = LocalScale(scale)
            instalments = try Schedule.build(sampleTerms()).instalments
        }

        @Test func `a part costs the same across modules`() throws {
            try compare(
                across: { amounts in
                    amounts.reduce(0) { $0 &+ Proportion.halfUp($1, 70_01, 100_03) }
                },
                within: { amounts in amounts.reduce(0) { $0 &+ localHalfUp($1, 70_01, 100_03) } })
        }

        @Test func `a split costs the same across modules`() throws {
            let (scale, local) = (scale, local)
            try compare(
                across: { amounts in
                    var sum: Int64 = 0
                    for amount in amounts {
                        for part in try scale.parts(from: amount / 2, to: amount) { sum &+= part }
                    }
                    return sum
                },
                within: { amounts in
                    var sum: Int64 = 0
                    for amount in amounts {
                        for part in try local.parts(from: amount / 2, to: amount) { sum &+= part }
                    }
                    return sum
                })
        }

        @Test func `an accrual costs the same across modules`() throws {
            let rate = try AnnualRate(percent: "12")
            let quotients = instalments.map { AccrualQuotient(instalment: $0, rate: rate) }
            let local = quotients.map { LocalQuotient(perDay: $0.perDay, divisor: $0.divisor) }
            let modes = Rounding.allCases
            try compare(
                across: { amounts in
                    var sum: Int64 = 0
                    for amount in amounts {
                        let index = Int(truncatingIfNeeded: amount)
                        sum &+= try quotients[index % 12].accrued(
                            days: index % 31, rounding: modes[index & 3])
                    }
                    return sum
                },
                within: { amounts in
                    var sum: Int64 = 0
                    for amount in amounts {
                        let index = Int(truncatingIfNeeded: amount)
                        sum &+= try local[index % 12].accrued(
                            days: index % 31, rounding: modes[index & 3])
                    }
                    return sum
                })
        }

        /// Compares the shortest of interleaved rounds; a busy machine gets three attempts.
        private func compare(
            across: ([Int64]) throws -> Int64, within: ([Int64]) throws -> Int64,
            location: SourceLocation = #_sourceLocation
        ) throws {
            #expect(try across(amounts) == within(amounts), sourceLocation: location)
            var ratio = Double.infinity
            for _ in 0..<3 where ratio > Self.limit {
                var shortest = (across: Duration.seconds(60), within: Duration.seconds(60))
                for _ in 0..<15 {
                    shortest.across = min(shortest.across, try time(across))
                    shortest.within = min(shortest.within, try time(within))
                }
                ratio = min(ratio, shortest.across / shortest.within)
            }
            #expect(ratio <= Self.limit, "across modules × \(ratio)", sourceLocation: location)
        }

        private func time(_ work: ([Int64]) throws -> Int64) throws -> Duration {
            let clock = ContinuousClock()
            var sum: Int64 = 0
            let duration = try clock.measure { sum = try work(amounts) }
            // Read, so that the work cannot be left out.
            #expect(sum != 0)
            return duration
        }
    }
#endif
