import BusinessCalendar
import Testing

@Test func `dates agree with a calendar counted day by day from 1600 to 2400`() throws {
    var naive = (year: 1600, month: 1, day: 1)
    let first = try #require(BusinessDate(year: 1600, month: 1, day: 1))
    // 1600-01-01 was a Saturday in the Gregorian calendar.
    var weekday = 6
    for offset in 0..<292_560 {
        let date = first.adding(days: offset)
        guard date.components == naive, date.weekday == weekday,
            date == BusinessDate(year: naive.year, month: naive.month, day: naive.day)
        else {
            Issue.record("\(naive) weekday \(weekday) became \(date) weekday \(date.weekday)")
            return
        }
        let isLeap = (naive.year % 4 == 0 && naive.year % 100 != 0) || naive.year % 400 == 0
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        naive.day += 1
        if naive.day > lengths[naive.month - 1] { naive = (naive.year, naive.month + 1, 1) }
        if naive.month > 12 { naive = (naive.year + 1, 1, 1) }
        weekday = weekday % 7 + 1
    }
    #expect(naive == (2401, 1, 1))
}

@Test(
    arguments: [
        ("1970-01-01", 0, 4), ("1969-12-31", -1, 3), ("2000-02-29", 11_016, 2),
        ("2026-01-01", 20_454, 4), ("0001-01-01", -719_162, 1), ("9999-12-31", 2_932_896, 5),
    ] as [(String, Int32, Int)])
func `a date is its ISO text, its day number and its weekday`(
    text: String, dayNumber: Int32, weekday: Int
) throws {
    let date = try #require(BusinessDate(text))
    #expect(date.dayNumber == dayNumber)
    #expect(date.weekday == weekday)
    #expect(date.description == text)
}

@Test(arguments: [
    "", "2026-02-29", "1900-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "2026-01-00",
    "2026-01-32", "0000-01-01", "2026-1-01", "2026-01-1", "26-01-01", "2026/01/01", "20260101",
    "2026-01-01T", " 2026-01-01", "2026-01-01 ", "-026-01-01", "+026-01-01", "2026-0a-01",
    "２０２６-01-01", "10000-01-01", "2026-01-٣",
])
func `text that is no calendar date is refused`(text: String) {
    #expect(BusinessDate(text) == nil)
}

@Test(
    arguments: [
        ("2026-01-31", 1, 31, "2026-02-28"), ("2026-01-31", 2, 31, "2026-03-31"),
        ("2026-01-31", 3, 31, "2026-04-30"), ("2028-01-31", 1, 31, "2028-02-29"),
        ("2026-02-28", 1, 31, "2026-03-31"), ("2026-01-30", 1, 30, "2026-02-28"),
        ("2026-12-15", 1, 15, "2027-01-15"), ("2026-01-31", 12, 31, "2027-01-31"),
        ("2028-02-29", 12, 29, "2029-02-28"), ("2028-02-29", 48, 29, "2032-02-29"),
        ("2026-03-31", -1, 31, "2026-02-28"), ("2026-01-15", -1, 15, "2025-12-15"),
        ("2026-05-10", 0, 31, "2026-05-31"), ("2026-05-10", -17, 10, "2024-12-10"),
    ] as [(String, Int, Int, String)])
func `months count from the original day and clamp`(
    start: String, months: Int, day: Int, expected: String
) throws {
    let date = try #require(BusinessDate(start))
    #expect(date.adding(months: months, dayOfMonth: day).description == expected)
}

@Test func `days between dates count both ways`() throws {
    let start = try #require(BusinessDate("2028-02-28"))
    let end = try #require(BusinessDate("2028-03-01"))
    #expect(end.days(since: start) == 2)
    #expect(start.days(since: end) == -2)
    #expect(end.adding(days: -2) == start)
    #expect(start < end)
    #expect(start.daysInMonth == 29)
    #expect(end.dayOfMonth == 1)
}
