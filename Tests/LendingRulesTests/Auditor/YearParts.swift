import BusinessCalendar
import LendingRules

/// What some nights are of a year, counted one by one where the convention allows it.
enum YearParts {
    /// The nights from one date up to another, both of a period that begins on `start` and is
    /// `whole` of a year.
    static func part(
        from first: BusinessDate, to last: BusinessDate, of period: Instalment,
        _ convention: DayCount
    ) -> ExactFraction {
        let nights = last.days(since: first)
        switch convention {
        case .thirty360, .actual360, .actual364, .actual365Fixed:
            let length = max(1, period.dueOn.days(since: period.startsOn))
            return ExactFraction(
                Int128(period.fraction.numerator) * Int128(nights),
                Int128(period.fraction.denominator) * Int128(length))
        case .thirtyE360, .thirty360US:
            let count = convention == .thirtyE360 ? european : american
            let days = count(period.startsOn, last) - count(period.startsOn, first)
            return ExactFraction(Int128(days), 360)
        case .actualActualISDA, .actualActualYearEnd:
            let shift = convention == .actualActualISDA ? 0 : 1
            var (leap, common) = (0, 0)
            for night in 0..<max(0, nights) {
                let year = first.adding(days: night + shift).components.year
                if isLeap(year) { leap += 1 } else { common += 1 }
            }
            return ExactFraction(Int128(leap * 365 + common * 366), 365 * 366)
        }
    }

    private static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    /// Months of thirty days, a 31st counts as the 30th.
    private static func european(_ start: BusinessDate, _ end: BusinessDate) -> Int {
        let (from, to) = (start.components, end.components)
        return 360 * (to.year - from.year) + 30 * (to.month - from.month)
            + (to.day == 31 ? 30 : to.day) - (from.day == 31 ? 30 : from.day)
    }

    /// The same with a start at the end of February, or on a 31st, counted as the 30th; an end is
    /// only so when the start is.
    private static func american(_ start: BusinessDate, _ end: BusinessDate) -> Int {
        let (from, to) = (start.components, end.components)
        func closesFebruary(_ date: BusinessDate) -> Bool {
            date.components.month == 2 && date.adding(days: 1).components.month == 3
        }
        let startsLate = closesFebruary(start) || from.day >= 30
        var last = to.day
        if closesFebruary(start), closesFebruary(end) { last = 30 }
        if startsLate, last == 31 { last = 30 }
        return 360 * (to.year - from.year) + 30 * (to.month - from.month) + last
            - (startsLate ? 30 : from.day)
    }
}
