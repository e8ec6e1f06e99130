import BusinessCalendar

/// One step of a schedule before amounts are known.
struct InterestPeriod: Hashable {
    /// Counted; the end is not.
    let startsOn: BusinessDate
    let dueOn: BusinessDate
    /// The whole period as a fraction of a year.
    let fraction: YearFraction
}

extension ScheduleTerms {
    /// The periods of all instalments; due dates count from the original day and clamp.
    ///
    /// - Throws: ``ScheduleError/dueBeyondCalendar(number:)`` or
    ///   ``ScheduleError/firstDueNotAfterDisbursement(disbursedOn:firstDueOn:)``.
    func periods() throws(ScheduleError) -> [InterestPeriod] {
        let dates = try DueDates(self)
        var start = disbursedOn
        var periods: [InterestPeriod] = []
        periods.reserveCapacity(instalments)
        for number in 1...instalments {
            let due = try dates.date(of: number)
            let fraction =
                number == 1 && !dates.isFirstRegular
                ? irregularFraction(from: start, to: due, dueDay: dates.dueDay)
                : regularFraction(days: due.days(since: start))
            periods.append(InterestPeriod(startsOn: start, dueOn: due, fraction: fraction))
            start = due
        }
        return periods
    }

    private func regularFraction(days: Int) -> YearFraction {
        switch (dayCount, every.months) {
        case (.actual365Fixed, _): YearFraction(Int64(days), over: 365)
        case (.thirty360, let months?): YearFraction(Int64(months), over: 12)
        case (.thirty360, nil): YearFraction(Int64(days), over: 360)
        }
    }

    /// A first period longer or shorter than the others.
    ///
    /// Under 30/360: whole months counted back from its due date at one twelfth each; the rest is
    /// its actual days over the days of the month it is cut from, counted back in the same way.
    private func irregularFraction(from start: BusinessDate, to due: BusinessDate, dueDay: Int)
        -> YearFraction
    {
        let isByMonths = every.months != nil
        guard dayCount == .thirty360, isByMonths else {
            return regularFraction(days: due.days(since: start))
        }
        func back(_ months: Int) -> BusinessDate { due.adding(months: -months, dayOfMonth: dueDay) }
        let (first, last) = (start.components, due.components)
        var months = (last.year - first.year) * 12 + last.month - first.month
        if back(months) < start { months -= 1 }
        let cut = back(months)
        let rest = Int64(cut.days(since: start))
        let monthDays = Int64(cut.days(since: back(months + 1)))
        return YearFraction(Int64(months) * monthDays + rest, over: 12 * monthDays)
    }
}

extension Period {
    /// The period in calendar months, or nil when it is counted in days.
    var months: Int? {
        switch unit {
        case .months: count
        case .years: count * 12
        case .days, .weeks: nil
        }
    }

    /// The period in days, or nil when it is counted in months.
    var days: Int? {
        switch unit {
        case .days: count
        case .weeks: count * 7
        case .months, .years: nil
        }
    }
}
