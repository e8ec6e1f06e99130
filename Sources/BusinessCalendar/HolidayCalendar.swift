/// Which calendar dates are business days: weekdays that are no holiday, and working weekends.
package struct HolidayCalendar: Hashable, Sendable {
    /// Short name such as `CN` or `US`.
    package let name: String
    /// ISO weekdays that are free, usually 6 and 7.
    package let weekend: Set<Int>
    /// Dates that are free whatever their weekday.
    package let holidays: Set<BusinessDate>
    /// Weekend dates that are worked (调休).
    package let workingDays: Set<BusinessDate>

    package init(
        name: String, weekend: Set<Int>, holidays: Set<BusinessDate>,
        workingDays: Set<BusinessDate> = []
    ) {
        // A calendar without a single business day would make every search endless.
        precondition(weekend.count < 7, "a calendar needs at least one working weekday")
        self.name = name
        self.weekend = weekend
        self.holidays = holidays
        self.workingDays = workingDays
    }

    /// Whether banks settle on this date.
    package func isBusinessDay(_ date: BusinessDate) -> Bool {
        if workingDays.contains(date) { return true }
        return !holidays.contains(date) && !weekend.contains(date.weekday)
    }

    /// The first business day on or after a date.
    package func following(_ date: BusinessDate) -> BusinessDate {
        var day = date
        while !isBusinessDay(day) { day = day.adding(days: 1) }
        return day
    }

    /// The first business day on or after a date, or the last one before it when that lies in
    /// another month.
    package func modifiedFollowing(_ date: BusinessDate) -> BusinessDate {
        let later = following(date)
        if later.components.month == date.components.month { return later }
        var day = date
        while !isBusinessDay(day) { day = day.adding(days: -1) }
        return day
    }

    /// The first business day on or after `date` + `lag` calendar days (RULES § 6, run 3).
    package func settlementDay(for date: BusinessDate, lagDays: Int) -> BusinessDate {
        following(date.adding(days: lagDays))
    }
}
