import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

/// What each method bills, 10000.00 at 12 % from 2026-01-31 unless said otherwise.
struct MethodTests {
    @Test func `a flat loan bears interest on what was lent`() throws {
        let schedule = try Schedule.build(sampleTerms { $0.method = .flat })
        #expect(schedule.instalments.map(\.interest) == [Int64](repeating: 100_00, count: 12))
        #expect(
            schedule.instalments.map(\.principal) == [Int64](repeating: 833_33, count: 11) + [
                833_37
            ])
    }

    @Test(arguments: [(Rounding.up, 8_34, 8_26), (.down, 8_33, 8_36), (.halfEven, 8_33, 8_37)])
    func `the last flat instalment takes the residue of the rounded total`(
        rounding: Rounding, each: Int64, last: Int64
    ) throws {
        let schedule = try Schedule.build(
            sampleTerms {
                ($0.method, $0.rounding, $0.principal) = (.flat, rounding, 833_33)
            })
        #expect(
            schedule.instalments.map(\.interest) == [Int64](repeating: each, count: 11) + [last])
        // 833.33 × 12 %, 99.9996, rounded once.
        #expect(schedule.cumulativeInterest.last == (rounding == .down ? 99_99 : 100_00))
    }

    @Test func `interest alone falls due until the end brings the principal`() throws {
        let schedule = try Schedule.build(sampleTerms { $0.method = .interestOnly })
        #expect(schedule.instalments.map(\.interest) == [Int64](repeating: 100_00, count: 12))
        #expect(
            schedule.instalments.map(\.principal) == [Int64](repeating: 0, count: 11) + [10_000_00])
    }

    @Test func `a bullet is one instalment on the last due date`() throws {
        let schedule = try Schedule.build(sampleTerms { $0.method = .bullet })
        let bullet = try #require(schedule.instalments.first)
        #expect(schedule.instalments.count == 1)
        #expect((bullet.number, bullet.principal, bullet.interest) == (1, 10_000_00, 1_200_00))
        #expect(bullet.dueOn == (try date("2027-01-31")))
    }

    @Test func `after grace the instalments are those of a shorter loan`() throws {
        let graced = try Schedule.build(
            sampleTerms {
                ($0.method, $0.principalGrace, $0.instalments) = (.principalGrace, 3, 15)
            })
        #expect(graced.instalments.prefix(3).map(\.total) == [100_00, 100_00, 100_00])
        let plain = try Schedule.build(sampleTerms())
        #expect(graced.instalments.dropFirst(3).map(\.total) == plain.instalments.map(\.total))
        let level = try Schedule.build(
            sampleTerms { ($0.principalGrace, $0.instalments) = (3, 15) })
        #expect(level.instalments == graced.instalments)
    }

    @Test func `equal principal divides by the periods that pay`() throws {
        let schedule = try Schedule.build(
            sampleTerms { ($0.method, $0.principalGrace) = (.equalPrincipal, 2) })
        #expect(
            schedule.instalments.map(\.principal) == [0, 0]
                + [Int64](repeating: 1_000_00, count: 10))
        #expect(schedule.instalments[2].interest == 100_00)
    }

    @Test func `daily interest counts days under every convention`() throws {
        let schedule = try Schedule.build(sampleTerms { ($0.method, $0.instalments) = (.daily, 3) })
        // 28, 31 and 30 of 360 days.
        #expect(schedule.instalments.map(\.interest) == [93_33, 103_33, 100_00])
        #expect(schedule.instalments.map(\.principal) == [0, 0, 10_000_00])
    }

    @Test func `deferred interest falls due with the next payable instalment`() throws {
        let graced = try Schedule.build(sampleTerms { $0.interestGrace = 2 })
        let plain = try Schedule.build(sampleTerms())
        #expect(graced.instalments.map(\.principal) == plain.instalments.map(\.principal))
        #expect(graced.instalments.prefix(2).map(\.interest) == [0, 0])
        #expect(
            graced.instalments[2].interest
                == plain.instalments.prefix(3).map(\.interest).reduce(0, +))
        for date in (0...400).map(plain.terms.disbursedOn.adding(days:)) {
            #expect(try graced.accruedInterest(endOf: date) == plain.accruedInterest(endOf: date))
        }
    }

    /// A million over thirty years at 4.9 %, the figures of every Chinese textbook.
    @Test func `a mortgage of a million gives its well-known figures`() throws {
        let level = try Schedule.build(sampleTerms(Self.mortgage))
        #expect(level.instalments[0].total == 5_307_27)
        let falling = try Schedule.build(
            sampleTerms {
                Self.mortgage(&$0)
                $0.method = .equalPrincipal
            })
        #expect(falling.instalments[0].total == 6_861_11)
        #expect(falling.instalments[1].total == 6_849_77)
        let interest = try #require(falling.cumulativeInterest.last)
        #expect(abs(interest - 737_041_67) <= 360)
    }

    private static func mortgage(_ terms: inout ScheduleTerms) {
        terms.principal = 1_000_000_00
        terms.instalments = 360
        terms.rate = AnnualRate(units: 4_900_000)
    }

    @Test func `fees fall due upfront or with each instalment`() throws {
        let schedule = try Schedule.build(
            sampleTerms {
                $0.fees = [
                    LoanFee(
                        name: "set-up", value: .share(try Share("1%"), of: .principal),
                        moment: .upfront),
                    LoanFee(name: "account", value: .amount(2_00), moment: .each),
                    LoanFee(
                        name: "cover", value: .share(try Share("1/1000"), of: .outstanding),
                        moment: .each),
                    LoanFee(
                        name: "handling", value: .share(try Share("1%"), of: .instalment),
                        moment: .each),
                ]
            })
        #expect(schedule.upfrontFee == 100_00)
        // 2.00, 10.00 of 10000.00 and 8.88 of 888.49.
        #expect(schedule.instalments[0].fee == 20_88)
        #expect(schedule.instalments[0].total == 888_49 + 20_88)
        #expect(schedule.cumulativeFee.last == schedule.instalments.map(\.fee).reduce(0, +))
    }
}
