// How days become parts of a year, by each convention's own count.

extension LoanTerms {
    /// A day count convention.
    package enum DayCount: String, CaseIterable, Sendable {
        case thirty360 = "30/360"
        case thirtyE360 = "30E/360"
        case thirty360US = "30/360-US"
        case actual360 = "ACT/360"
        case actual364 = "ACT/364"
        case actual365Fixed = "ACT/365F"
        case actualActualISDA = "ACT/ACT-ISDA"
        case actualActualYearEnd = "ACT/ACT-YEAR-END"
    }
}

extension LoanTerms.DayCount {
    /// Whether a period's days all weigh the same; a part of it then is days over days.
    var isEven: Bool {
        switch self {
        case .thirty360, .actual360, .actual364, .actual365Fixed: true
        case .thirtyE360, .thirty360US, .actualActualISDA, .actualActualYearEnd: false
        }
    }

    /// What `count` counts in a year.
    var year: Int64 {
        switch self {
        case .thirty360, .thirtyE360, .thirty360US, .actual360: 360
        case .actual364: 364
        case .actual365Fixed: 365
        case .actualActualISDA, .actualActualYearEnd: 365 * 366
        }
    }

    /// Days of the year that a day's penalty is a part of.
    var penaltyYear: Int128 {
        switch self {
        case .actual360: 360
        case .actual364: 364
        default: 365
        }
    }

    /// Time between two days in parts of `year`; whole months under 30/360 are not its business.
    func count(_ start: Day, _ end: Day) -> Int64 {
        switch self {
        case .thirty360, .actual360, .actual364, .actual365Fixed:
            Int64(end.days(since: start))
        case .thirtyE360: Int64(Self.european(end) - Self.european(start))
        case .thirty360US: Self.american(start, end)
        case .actualActualISDA: Self.yearly(end) - Self.yearly(start)
        case .actualActualYearEnd:
            Self.yearly(end.adding(days: 1)) - Self.yearly(start.adding(days: 1))
        }
    }

    /// Every month has thirty days, a 31st is its 30th.
    private static func european(_ day: Day) -> Int {
        let (year, month, number) = day.parts
        return year * 360 + month * 30 + min(number, 30)
    }

    private static func american(_ start: Day, _ end: Day) -> Int64 {
        let (first, last) = (start.parts, end.parts)
        let isFromFebruary = isLastOfFebruary(start)
        var from = min(first.day, 30)
        var to = last.day
        if isFromFebruary {
            from = 30
            if isLastOfFebruary(end) { to = 30 }
        }
        if from == 30, to == 31 { to = 30 }
        return Int64((last.year - first.year) * 360 + (last.month - first.month) * 30 + to - from)
    }

    private static func isLastOfFebruary(_ day: Day) -> Bool {
        day.parts.month == 2 && day.adding(days: 1).parts.month == 3
    }

    /// Years since the beginning, each day a 365th or 366th of its own; over 365 · 366.
    private static func yearly(_ day: Day) -> Int64 {
        let year = day.parts.year
        let newYear = Day(year: year, month: 1, day: 1) ?? day
        let length = Day.length(ofMonth: 2, year: year) == 29 ? 366 : 365
        let weight = Int64(365 * 366 / length)
        return Int64(year) * 365 * 366 + Int64(day.days(since: newYear)) * weight
    }
}
