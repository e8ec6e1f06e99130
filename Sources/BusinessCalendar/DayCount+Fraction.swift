extension DayCount {
    /// The fraction of a year from `start` (counted) to `end` (not counted).
    ///
    /// Under 30/360 the actual days over 360: a whole month at one twelfth is the caller's to know.
    /// - Precondition: `end` is not before `start`.
    package func fraction(from start: BusinessDate, to end: BusinessDate) -> YearFraction {
        YearFraction(elapsed(from: start, to: end), over: yearUnits)
    }

    /// Whether every day of every period counts the same.
    package var isLinear: Bool {
        switch self {
        case .thirty360, .actual360, .actual364, .actual365Fixed: true
        case .thirtyE360, .thirty360US, .actualActualISDA, .actualActualYearEnd: false
        }
    }

    /// What ``elapsed(from:to:)`` counts in a year.
    package var yearUnits: Int64 {
        switch self {
        case .thirty360, .thirtyE360, .thirty360US, .actual360: 360
        case .actual364: 364
        case .actual365Fixed: 365
        case .actualActualISDA, .actualActualYearEnd: 365 * 366
        }
    }

    /// The time from `start` (counted) to `end` (not counted) in ``yearUnits``.
    package func elapsed(from start: BusinessDate, to end: BusinessDate) -> Int64 {
        switch self {
        case .thirty360, .actual360, .actual364, .actual365Fixed: Int64(end.days(since: start))
        case .thirtyE360: DayCount.europeanDays(from: start, to: end)
        case .thirty360US: DayCount.americanDays(from: start, to: end)
        case .actualActualISDA: DayCount.weightedDays(from: start, to: end)
        case .actualActualYearEnd:
            DayCount.weightedDays(from: start.adding(days: 1), to: end.adding(days: 1))
        }
    }
}

extension DayCount {
    private static func europeanDays(from start: BusinessDate, to end: BusinessDate) -> Int64 {
        let (first, last) = (start.components, end.components)
        return Int64(
            (last.year - first.year) * 360 + (last.month - first.month) * 30
                + min(last.day, 30) - min(first.day, 30))
    }

    /// A start at the end of February counts as the 30th, and then such an end does too; a 31st
    /// counts as the 30th at the start, and at the end when the start is a 30th.
    private static func americanDays(from start: BusinessDate, to end: BusinessDate) -> Int64 {
        func isEndOfFebruary(_ date: BusinessDate) -> Bool {
            date.components.month == 2 && date.dayOfMonth == date.daysInMonth
        }
        let (first, last) = (start.components, end.components)
        let startsAtEnd = isEndOfFebruary(start)
        let firstDay = startsAtEnd ? 30 : min(first.day, 30)
        var lastDay = startsAtEnd && isEndOfFebruary(end) ? 30 : last.day
        if lastDay == 31, firstDay == 30 { lastDay = 30 }
        return Int64(
            (last.year - first.year) * 360 + (last.month - first.month) * 30 + lastDay - firstDay)
    }

    /// Days of leap years at 365 and the others at 366, so that each year counts 365 · 366.
    private static func weightedDays(from start: BusinessDate, to end: BusinessDate) -> Int64 {
        let (first, last) = (start.components.year, end.components.year)
        if first == last { return Int64(end.days(since: start)) * weight(of: first) }
        let opening = Int64(BusinessDate.newYear(first + 1).days(since: start)) * weight(of: first)
        let closing = Int64(end.days(since: BusinessDate.newYear(last))) * weight(of: last)
        return opening + Int64(last - first - 1) * 365 * 366 + closing
    }

    private static func weight(of year: Int) -> Int64 {
        BusinessDate.daysInMonth(year: year, month: 2) == 29 ? 365 : 366
    }
}

extension BusinessDate {
    /// 1 January; the year after the calendar's last is fine too.
    fileprivate static func newYear(_ year: Int) -> BusinessDate {
        BusinessDate(dayNumber: Int32(dayNumber(year: year, month: 1, day: 1)))
    }
}
