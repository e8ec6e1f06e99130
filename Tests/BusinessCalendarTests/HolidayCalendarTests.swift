import BusinessCalendar
import Testing

/// The first days of October 2026: 1 to 7 are free, Saturday 10 is worked instead.
private func calendar() throws -> HolidayCalendar {
    let first = try #require(BusinessDate("2026-10-01"))
    return HolidayCalendar(
        name: "CN", weekend: [6, 7], holidays: Set((0..<7).map { first.adding(days: $0) }),
        workingDays: [first.adding(days: 9)])
}

@Test(
    arguments: [
        ("2026-09-30", true), ("2026-10-01", false), ("2026-10-07", false), ("2026-10-08", true),
        ("2026-10-10", true), ("2026-10-11", false), ("2026-10-17", false),
    ] as [(String, Bool)])
func `a business day is a weekday that is no holiday or a worked weekend day`(
    text: String, isBusinessDay: Bool
) throws {
    #expect(try calendar().isBusinessDay(#require(BusinessDate(text))) == isBusinessDay)
}

@Test(
    arguments: [
        ("2026-09-29", 1, "2026-09-30"), ("2026-09-30", 1, "2026-10-08"),
        ("2026-09-30", 0, "2026-09-30"),
        ("2026-10-09", 1, "2026-10-10"), ("2026-10-10", 1, "2026-10-12"),
        ("2026-10-09", 2, "2026-10-12"),
    ] as [(String, Int, String)])
func `settlement falls on the first business day after the lag`(
    date: String, lag: Int, expected: String
) throws {
    let day = try calendar().settlementDay(for: #require(BusinessDate(date)), lagDays: lag)
    #expect(day.description == expected)
}

@Test func `a date listed as holiday and as working day is worked`() throws {
    let date = try #require(BusinessDate("2026-10-10"))
    let calendar = HolidayCalendar(
        name: "X", weekend: [6, 7], holidays: [date], workingDays: [date])
    #expect(calendar.isBusinessDay(date))
}
