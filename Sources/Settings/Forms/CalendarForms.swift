/// The keys of files in `calendars/`.
enum CalendarForms {

    /// One list of free dates a file.
    static let all: [SettingForm] = [
        SettingForm(
            "calendar", .name,
            "the calendar's name",
            example: "US"),
        SettingForm(
            "weekend", .list(of: .words(CalendarDraft.weekdays)),
            "weekdays that are free",
            allowed: "a list of up to six weekdays", example: "[saturday, sunday]"),
        SettingForm(
            "holidays", .list(of: .date),
            "dates that are free",
            allowed: "a list of dates", example: "[2026-01-01]"),
        SettingForm(
            "workingDays", .list(of: .date),
            "weekend dates that are worked",
            allowed: "a list of dates", absent: .words("none"), example: "[2026-02-14]"),
    ]
}
