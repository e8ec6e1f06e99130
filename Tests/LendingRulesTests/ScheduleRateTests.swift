import BusinessCalendar
import Foundation
import LendingRules
import Monetary
import Testing

/// How fast schedules are, against the same sums in Foundation's decimals.
#if !DEBUG
    @Suite(.serialized)
    struct ScheduleRateTests {
        /// The least by which whole numbers must be faster; measured is many times that.
        private static let least = 10.0

        private static func terms(_ number: Int) throws -> ScheduleTerms {
            try sampleTerms {
                $0.principal = 10_000_00 + Int64(number) * 1_37
                $0.rate = AnnualRate(units: 12_000_000 + Int64(number % 700) * 10_000)
            }
        }

        @Test func `twelve instalments cost a fraction of what they cost in decimals`() throws {
            let terms = try (0..<400).map(Self.terms)
            for terms in terms.prefix(50) {
                let schedule = try Schedule.build(terms)
                #expect(schedule.instalments.map(\.total) == DecimalSchedule(terms).totals)
            }
            let clock = ContinuousClock()
            var sum: Int64 = 0
            let ours = try clock.measure {
                for _ in 0..<50 {
                    for terms in terms { sum &+= try Schedule.build(terms).instalments[11].total }
                }
            }
            let theirs = clock.measure {
                for terms in terms { sum &+= DecimalSchedule(terms).totals[11] }
            }
            let (fast, slow) = (20_000 / (ours / .seconds(1)), 400 / (theirs / .seconds(1)))
            let ratio = Int(fast / slow)
            print("schedules a second: \(Int(fast)), in decimals \(Int(slow)), ratio \(ratio)")
            #expect(sum != 0)
            #expect(fast / slow > Self.least)
        }
    }

    /// Level instalments by months at one twelfth, rounded half even, as one writes them down.
    private struct DecimalSchedule {
        let totals: [Int64]

        init(_ terms: ScheduleTerms) {
            let rate = Decimal(terms.rate.units) / 100_000_000 / 12
            var (growth, annuity) = (Decimal(1), Decimal(0))
            for _ in 0..<terms.instalments {
                annuity = annuity * (1 + rate) + 1
                growth *= 1 + rate
            }
            let level = Self.rounded(Decimal(terms.principal) * growth / annuity)
            var balance = Decimal(terms.principal)
            var totals: [Int64] = []
            for number in 1...terms.instalments {
                let interest = Self.rounded(balance * rate)
                let total = number == terms.instalments ? balance + interest : level
                balance -= total - interest
                totals.append(NSDecimalNumber(decimal: total).int64Value)
            }
            self.totals = totals
        }

        private static func rounded(_ value: Decimal) -> Decimal {
            var (result, value) = (Decimal(), value)
            NSDecimalRound(&result, &value, 0, .bankers)
            return result
        }
    }
#endif
