package import BusinessCalendar

extension HolidayCalendar {
    /// The calendar as a file says it: the same text for the same calendar.
    package var text: String {
        func list(_ dates: Set<BusinessDate>) -> String {
            dates.sorted().map(\.description).joined(separator: ", ")
        }
        let days = weekend.sorted().map { CalendarDraft.weekdays[$0 - 1] }
        return """
            calendar: \(name)
            weekend: [\(days.joined(separator: ", "))]
            holidays: [\(list(holidays))]
            workingDays: [\(list(workingDays))]

            """
    }
}
