import BusinessCalendar
import LendingRules
import Monetary
import Testing

@Test(
    arguments: [
        ("2026-01-31", nil, ["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]),
        ("2026-01-31", "2026-02-28", ["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]),
        // Not one period later: the first due date's own day counts.
        ("2026-01-20", "2026-02-28", ["2026-02-28", "2026-03-28", "2026-04-28", "2026-05-28"]),
        ("2026-01-10", "2026-03-31", ["2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30"]),
        ("2027-12-31", nil, ["2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"]),
    ] as [(String, String?, [String])])
func `due dates count from the original day and clamp`(
    disbursed: String, first: String?, due: [String]
) throws {
    let schedule = try Schedule.build(
        sampleTerms {
            $0.disbursedOn = try date(disbursed)
            $0.firstDueOn = try first.map { try date($0) }
            $0.instalments = 4
        })
    #expect(schedule.instalments.map(\.dueOn.description) == due)
    #expect(schedule.instalments.map(\.startsOn.description) == [disbursed] + due.dropLast())
}

@Test(
    arguments: [
        (10, .days, ["2026-02-10", "2026-02-20", "2026-03-02"]),
        (2, .weeks, ["2026-02-14", "2026-02-28", "2026-03-14"]),
        (3, .months, ["2026-04-30", "2026-07-31", "2026-10-31"]),
        (1, .years, ["2027-01-31", "2028-01-31", "2029-01-31"]),
    ] as [(Int, Period.Unit, [String])])
func `a period is counted in its own unit`(count: Int, unit: Period.Unit, due: [String]) throws {
    let schedule = try Schedule.build(
        sampleTerms {
            $0.every = Period(count: count, unit: unit)
            $0.instalments = 3
        })
    #expect(schedule.instalments.map(\.dueOn.description) == due)
}

/// Convention, disbursement, first due date, period, then the fraction of the first two periods.
@Test(
    arguments: [
        (.thirty360, "2026-01-31", nil, .month, [(1, 12), (1, 12)]),
        (.thirty360, "2026-01-31", nil, Period(count: 3, unit: .months), [(3, 12), (3, 12)]),
        (.thirty360, "2026-01-31", nil, Period(count: 1, unit: .years), [(12, 12), (12, 12)]),
        (.thirty360, "2026-01-31", nil, Period(count: 2, unit: .weeks), [(14, 360), (14, 360)]),
        (
            .thirty360, "2026-01-31", "2026-02-05", Period(count: 9, unit: .days),
            [(5, 360), (9, 360)]
        ),
        (.actual365Fixed, "2026-01-31", nil, .month, [(28, 365), (31, 365)]),
        (.actual365Fixed, "2026-01-10", "2026-03-15", .month, [(64, 365), (31, 365)]),
        // Two whole months back to 15 January, then 5 of the 31 days before.
        (.thirty360, "2026-01-10", "2026-03-15", .month, [(67, 372), (1, 12)]),
        // No whole month: 10 of the 28 days from 15 February to 15 March.
        (.thirty360, "2026-03-05", "2026-03-15", .month, [(10, 336), (1, 12)]),
        // One month back to 15 March, two would pass the start: then 23 of the 28 days before.
        (.thirty360, "2026-02-20", "2026-04-15", .month, [(51, 336), (1, 12)]),
        // Exactly two months: nothing is left over.
        (.thirty360, "2026-01-15", "2026-03-15", .month, [(62, 372), (1, 12)]),
        (.thirty360, "2026-02-28", "2026-04-30", .month, [(62, 372), (1, 12)]),
    ] as [(DayCount, String, String?, Period, [(Int64, Int64)])])
func `a period is its fraction of a year`(
    dayCount: DayCount, disbursed: String, first: String?, every: Period,
    fractions: [(Int64, Int64)]
) throws {
    let schedule = try Schedule.build(
        sampleTerms {
            $0.dayCount = dayCount
            $0.disbursedOn = try date(disbursed)
            $0.firstDueOn = try first.map { try date($0) }
            $0.every = every
        })
    for (instalment, fraction) in zip(schedule.instalments, fractions) {
        // Compared crosswise: 62/372 and 2/12 are one fraction.
        #expect(
            instalment.fraction.numerator * fraction.1
                == fraction.0 * instalment.fraction.denominator, "\(instalment.fraction)")
    }
}

/// Six instalments of 10000.00 at 12 %, checked with exact fractions outside this project.
@Test(
    arguments: [
        (.actual365Fixed, "2026-01-31", nil, 1_724_38, [92_05, 85_28, 66_36, 51_68, 33_51, 17_40]),
        (
            .thirty360, "2026-01-10", "2026-03-15", 1_745_32,
            [216_13, 84_71, 68_10, 51_33, 34_39, 17_28]
        ),
        (
            .thirty360, "2026-03-05", "2026-03-15", 1_714_50,
            [35_71, 83_21, 66_90, 50_42, 33_78, 16_98]
        ),
    ] as [(DayCount, String, String?, Int64, [Int64])])
func `unequal periods share one level instalment`(
    dayCount: DayCount, disbursed: String, first: String?, level: Int64, interest: [Int64]
) throws {
    let schedule = try Schedule.build(
        sampleTerms {
            $0.dayCount = dayCount
            $0.disbursedOn = try date(disbursed)
            $0.firstDueOn = try first.map { try date($0) }
            $0.instalments = 6
        })
    #expect(schedule.instalments.dropLast().allSatisfy { $0.total == level })
    #expect(schedule.instalments.map(\.interest) == interest)
}
