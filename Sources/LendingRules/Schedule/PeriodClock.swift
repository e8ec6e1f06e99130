import BusinessCalendar

/// How much of a year has passed since a period began, day by day, over one denominator.
///
/// A whole period is its year fraction. Where a convention counts every day the same, a part of it
/// is actual days elapsed ÷ actual days of the period (RULES § 3); the others count their own days.
struct PeriodClock: Hashable, Sendable {
    private let startsOn: BusinessDate
    private let dayCount: DayCount
    /// Units a day where every day counts the same.
    private let perDay: Int64
    /// Units of a year.
    let unitsPerYear: Int64

    init(
        startsOn: BusinessDate, dueOn: BusinessDate, fraction: YearFraction, dayCount: DayCount
    ) {
        self.startsOn = startsOn
        self.dayCount = dayCount
        perDay = fraction.numerator
        let days = Int64(max(1, dueOn.days(since: startsOn)))
        unitsPerYear = dayCount.isLinear ? fraction.denominator * days : dayCount.yearUnits
    }

    /// Units passed after `days` days.
    func elapsed(_ days: Int) -> Int64 {
        dayCount.isLinear
            ? perDay * Int64(days)
            : dayCount.elapsed(from: startsOn, to: startsOn.adding(days: days))
    }

    /// Whether the convention counts every day the same.
    var isLinear: Bool { dayCount.isLinear }

    /// Whether every day of the period's first `days` counts the same, as those of one calendar
    /// year do.
    func isEven(over days: Int) -> Bool {
        switch dayCount {
        case .thirtyE360, .thirty360US: false
        case .actualActualISDA, .actualActualYearEnd:
            elapsed(days) == 365 * Int64(days) || elapsed(days) == 366 * Int64(days)
        default: true
        }
    }
}
