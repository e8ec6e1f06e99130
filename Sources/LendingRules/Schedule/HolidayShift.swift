package import BusinessCalendar

/// A holiday calendar and what it does to due dates.
package struct HolidayShift: Hashable, Sendable {
    package let calendar: HolidayCalendar
    package let rule: HolidayRule

    package init(calendar: HolidayCalendar, rule: HolidayRule) {
        self.calendar = calendar
        self.rule = rule
    }

    /// The due date in place of one that a schedule counts to.
    package func shifted(_ date: BusinessDate) -> BusinessDate {
        switch rule {
        case .sameDay: date
        case .following: calendar.following(date)
        case .modifiedFollowing: calendar.modifiedFollowing(date)
        }
    }
}
