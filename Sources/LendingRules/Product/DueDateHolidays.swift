package import BusinessCalendar

/// Whose holidays due dates heed, and how.
///
/// It holds the calendar's dates, not only its name, so that a loan keeps those under which it was
/// booked (RULES § 1).
package struct DueDateHolidays: Hashable, Sendable {
    package let calendar: HolidayCalendar
    package let rule: HolidayRule

    package init(calendar: HolidayCalendar, rule: HolidayRule) {
        self.calendar = calendar
        self.rule = rule
    }
}
