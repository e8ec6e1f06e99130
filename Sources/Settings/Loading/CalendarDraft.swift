import BusinessCalendar

/// One file of `calendars/` as far as it could be read.
struct CalendarDraft {
    let name: Located<String>?
    let calendar: HolidayCalendar?

    /// ISO weekdays 1 to 7.
    static let weekdays = [
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ]

    init(_ section: Section) {
        name = section.value("calendar", .identifier)
        let weekend = section.values(
            "weekend", .oneOf(CalendarDraft.weekdays, noun: "weekday"), isRequired: true)
        let holidays = section.values("holidays", .date, isRequired: true)
        let workingDays = section.values("workingDays", .date, isRequired: false)
        section.finish()
        CalendarDraft.refuseDoubles(weekend.map { ($0.value, $0) }, section.findings)
        CalendarDraft.refuseDoubles(
            (holidays + workingDays).map { ($0.value.description, $0) }, section.findings)
        let free = Set(weekend.compactMap { CalendarDraft.weekdays.firstIndex(of: $0.value) })
        guard free.count < 7 else {
            section.findings.report(
                .contradiction, "every weekday is free", key: "weekend",
                at: section.place(of: "weekend"), allowed: "it needs at least one working weekday")
            calendar = nil
            return
        }
        calendar = name.map {
            HolidayCalendar(
                name: $0.value, weekend: Set(free.map { $0 + 1 }),
                holidays: Set(holidays.map(\.value)), workingDays: Set(workingDays.map(\.value)))
        }
    }

    /// One date is free or worked, once.
    private static func refuseDoubles<Value>(
        _ entries: [(text: String, value: Located<Value>)], _ findings: Findings
    ) {
        var seen: Set<String> = []
        for entry in entries where !seen.insert(entry.text).inserted {
            findings.report(
                .repeatedName, "\(entry.text) stands twice", key: entry.value.key,
                at: entry.value.place, allowed: "keep one")
        }
    }
}
