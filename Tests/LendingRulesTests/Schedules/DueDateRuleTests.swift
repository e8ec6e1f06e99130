import BusinessCalendar
import LendingRules
import Testing

/// What month ends and holidays do to due dates.
struct DueDateRuleTests {
    private static let weekends = HolidayCalendar(name: "W", weekend: [6, 7], holidays: [])

    @Test(
        arguments: [
            (.clamp, "2026-01-31", ["2026-02-28", "2026-03-31", "2026-04-30"]),
            (.nextMonth, "2026-01-31", ["2026-03-01", "2026-03-31", "2026-05-01"]),
            (.nextMonth, "2028-01-30", ["2028-03-01", "2028-03-30", "2028-04-30"]),
            (.nextMonth, "2026-01-28", ["2026-02-28", "2026-03-28", "2026-04-28"]),
        ] as [(MonthEnd, String, [String])])
    func `a due day that a month lacks`(rule: MonthEnd, start: String, due: [String]) throws {
        let schedule = try Schedule.build(
            sampleTerms {
                ($0.monthEnd, $0.disbursedOn, $0.instalments) = (rule, try date(start), 3)
            })
        #expect(schedule.instalments.map(\.dueOn.description) == due)
        #expect(schedule.instalments.allSatisfy { $0.fraction == .init(1, over: 12) })
    }

    @Test(
        arguments: [
            (.sameDay, ["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]),
            (.following, ["2026-03-02", "2026-03-31", "2026-04-30", "2026-06-01"]),
            (.modifiedFollowing, ["2026-02-27", "2026-03-31", "2026-04-30", "2026-05-29"]),
        ] as [(HolidayRule, [String])])
    func `a due date on a weekend`(rule: HolidayRule, due: [String]) throws {
        let terms = try sampleTerms {
            $0.holidays = HolidayShift(calendar: Self.weekends, rule: rule)
            $0.instalments = 4
        }
        let schedule = try Schedule.build(terms)
        #expect(schedule.instalments.map(\.dueOn.description) == due)
        // Whole months stay twelfths; actual days run to the date on which cash moves.
        #expect(schedule.instalments[0].interest == 100_00)
        let actual = try Schedule.build(
            sampleTerms {
                $0.holidays = terms.holidays
                $0.dayCount = .actual360
            })
        #expect(actual.instalments[0].fraction.numerator == Int64(actual.instalments[0].days))
    }

    @Test func `due dates that a holiday rule moves to one day are refused`() throws {
        let terms = try sampleTerms {
            $0.every = Period(count: 1, unit: .days)
            $0.holidays = HolidayShift(calendar: Self.weekends, rule: .following)
        }
        // 2026-02-01 is a Sunday, so both first dates become Monday the 2nd.
        let monday = try date("2026-02-02")
        #expect(throws: ScheduleError.dueDatesMeet(number: 2, dueOn: monday)) {
            try Schedule.build(terms)
        }
    }
}
