import BusinessCalendar
import LendingRules
import Monetary
import Testing

@Test func `a level loan is laid out to the cent`() throws {
    let schedule = try Schedule.build(sampleTerms { $0.firstDueOn = try date("2026-02-28") })
    #expect(schedule.instalments.map(\.total) == [Int64](repeating: 888_49, count: 11) + [888_47])
    #expect(schedule.cumulativeInterest.last == 661_86)
    #expect(schedule.instalments[0].principal == 788_49)
    #expect(schedule.instalments[0].balance == 9_211_51)
    #expect(schedule.instalments[11].balance == 0)
}

@Test func `equal principal pays interest on what is left and the last takes the residue`() throws {
    let schedule = try Schedule.build(sampleTerms { $0.method = .equalPrincipal })
    #expect(
        schedule.instalments.map(\.principal) == [Int64](repeating: 833_33, count: 11) + [833_37])
    #expect(
        schedule.instalments.map(\.interest) == [
            100_00, 91_67, 83_33, 75_00, 66_67, 58_33, 50_00, 41_67, 33_33, 25_00, 16_67, 8_33,
        ])
}

/// Rounding, the level instalment, the last total and all interest at 19.99 % (checked with exact
/// fractions outside this project).
@Test(
    arguments: [
        (.halfEven, 926_30, 926_26, 1_115_56), (.halfUp, 926_30, 926_26, 1_115_56),
        (.up, 926_30, 926_34, 1_115_64), (.down, 926_29, 926_33, 1_115_52),
    ] as [(Rounding, Int64, Int64, Int64)])
func `interest and instalment round by their own mode`(
    rounding: Rounding, instalment: Int64, last: Int64, interest: Int64
) throws {
    let schedule = try Schedule.build(
        sampleTerms {
            $0.rate = try AnnualRate(percent: "19.99")
            $0.rounding = rounding
            $0.instalmentRounding = rounding
        })
    #expect(schedule.instalments[0].total == instalment)
    #expect(schedule.instalments[11].total == last)
    #expect(schedule.cumulativeInterest.last == interest)
}

@Test(
    arguments: [
        (1_00, 889_00, 882_50), (5_00, 890_00, 870_81), (100_00, 900_00, 753_99),
    ] as [(Int64, Int64, Int64)])
func `an instalment is a multiple and interest stays in minor units`(
    multiple: Int64, instalment: Int64, last: Int64
) throws {
    let schedule = try Schedule.build(
        sampleTerms {
            $0.instalmentMultiple = multiple
            $0.instalmentRounding = .up
        })
    #expect(
        schedule.instalments.map(\.total) == [Int64](repeating: instalment, count: 11) + [last])
}

@Test func `equal principal with a multiple rounds the total`() throws {
    let schedule = try Schedule.build(
        sampleTerms {
            $0.method = .equalPrincipal
            $0.instalmentMultiple = 10_00
            $0.instalmentRounding = .up
        })
    #expect(
        schedule.instalments.map(\.total) == [
            940_00, 930_00, 920_00, 910_00, 900_00, 900_00, 890_00, 880_00, 870_00, 860_00, 850_00,
            797_06,
        ])
}

@Test func `without a rate the principal is all there is`() throws {
    let schedule = try Schedule.build(
        sampleTerms {
            $0.rate = AnnualRate(units: 0)
            $0.instalments = 3
        })
    #expect(schedule.instalments.map(\.total) == [3_333_33, 3_333_33, 3_333_34])
    #expect(schedule.cumulativeInterest == [0, 0, 0, 0])
}

@Test func `instalments rounded up far enough end early with empty ones`() throws {
    let schedule = try Schedule.build(
        sampleTerms {
            $0.principal = 10
            $0.instalments = 4
            $0.rate = AnnualRate(units: 0)
            $0.instalmentMultiple = 6
            $0.instalmentRounding = .up
        })
    #expect(schedule.instalments.map(\.total) == [6, 4, 0, 0])
}

@Test(arguments: DayCount.allCases, ScheduleMethod.allCases)
func `what accrues lands on what is billed and never falls`(
    dayCount: DayCount, method: ScheduleMethod
) throws {
    let schedule = try Schedule.build(
        sampleTerms {
            $0.dayCount = dayCount
            $0.method = method
            $0.principalGrace = method == .principalGrace ? 2 : 0
            $0.firstDueOn = try date("2026-03-15")
        })
    for (index, instalment) in schedule.instalments.enumerated() {
        let accrued = try (0...instalment.days).map {
            try schedule.accruedInterest(of: index, days: $0)
        }
        #expect(accrued.first == 0)
        #expect(accrued.last == instalment.interest)
        #expect(accrued == accrued.sorted())
        #expect(try schedule.accruedInterest(of: index, days: .max) == instalment.interest)
    }
}
