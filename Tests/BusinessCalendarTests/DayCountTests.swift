import BusinessCalendar
import Testing

/// Convention, first day, end, then the days or units of ``DayCount/yearUnits``.
@Test(
    arguments: [
        // The periods of the memorandum that ISDA published on actual/actual (1998).
        (.actualActualISDA, "2003-11-01", "2004-05-01", 61 * 366 + 121 * 365),
        (.actualActualISDA, "1999-02-01", "1999-07-01", 150 * 366),
        (.actualActualISDA, "1999-07-01", "2000-07-01", 184 * 366 + 182 * 365),
        (.actualActualISDA, "2002-08-15", "2003-07-15", 334 * 366),
        (.actualActualISDA, "2003-07-15", "2004-01-15", 170 * 366 + 14 * 365),
        (.actualActualISDA, "1999-07-30", "2000-01-30", 155 * 366 + 29 * 365),
        (.actualActualISDA, "2000-01-30", "2000-06-30", 152 * 365),
        (.actualActualISDA, "1999-06-01", "2002-06-01", 214 * 366 + 2 * 365 * 366 + 151 * 366),
        // 31 December belongs to the year that follows.
        (.actualActualYearEnd, "2003-11-01", "2004-05-01", 60 * 366 + 122 * 365),
        (.actualActualYearEnd, "2023-12-31", "2024-01-31", 31 * 365),
        (.actualActualYearEnd, "2024-12-15", "2024-12-31", 16 * 365),
        (.actual360, "2026-01-31", "2026-02-28", 28), (.actual364, "2026-01-31", "2026-03-31", 59),
        (.actual365Fixed, "2024-02-01", "2024-03-01", 29),
        (.thirty360, "2026-01-31", "2026-03-01", 29),
        // Pairs that ISDA published for 30E/360 (2006).
        (.thirtyE360, "2006-02-28", "2006-08-31", 182),
        (.thirtyE360, "2006-08-31", "2007-02-28", 178),
        (.thirtyE360, "2007-08-31", "2008-02-29", 179),
        (.thirtyE360, "2008-02-29", "2008-08-31", 181),
        (.thirtyE360, "2006-08-20", "2007-02-20", 180),
        (.thirtyE360, "2006-01-31", "2006-02-28", 28),
        (.thirty360US, "2006-01-31", "2006-02-28", 28),
        (.thirty360US, "2006-02-28", "2006-03-03", 3),
        (.thirty360US, "2006-09-30", "2006-10-31", 30),
        (.thirty360US, "2006-10-31", "2006-11-28", 28),
        (.thirty360US, "2007-08-31", "2008-02-28", 178),
        (.thirty360US, "2008-02-28", "2008-08-31", 183),
        (.thirty360US, "2007-02-26", "2008-02-29", 363),
        (.thirty360US, "2008-02-29", "2009-02-28", 360),
        (.thirty360US, "2008-02-28", "2008-03-31", 33),
        (.thirty360US, "2007-02-28", "2007-03-31", 30),
    ] as [(DayCount, String, String, Int64)])
func `a day count gives its published days`(
    convention: DayCount, start: String, end: String, elapsed: Int64
) throws {
    let (start, end) = (try #require(BusinessDate(start)), try #require(BusinessDate(end)))
    #expect(convention.elapsed(from: start, to: end) == elapsed)
    #expect(convention.fraction(from: start, to: end).denominator == convention.yearUnits)
}

@Test(arguments: DayCount.allCases)
func `the longer the period the more it counts`(convention: DayCount) throws {
    let start = try #require(BusinessDate("2023-12-29"))
    for offset in 0..<70 {
        let first = start.adding(days: offset)
        var last: Int64 = 0
        for days in 0...800 {
            let elapsed = convention.elapsed(from: first, to: first.adding(days: days))
            #expect(elapsed >= last)
            last = elapsed
        }
    }
}

@Test(
    arguments: [
        // 31 October 2026 is a Saturday, 1 November a Sunday.
        ("2026-10-31", "2026-11-02", "2026-10-30"), ("2026-11-01", "2026-11-02", "2026-11-02"),
        ("2026-10-30", "2026-10-30", "2026-10-30"),
    ] as [(String, String, String)])
func `modified following stays in its month`(text: String, following: String, modified: String)
    throws
{
    let weekends = HolidayCalendar(name: "W", weekend: [6, 7], holidays: [])
    let date = try #require(BusinessDate(text))
    #expect(weekends.following(date).description == following)
    #expect(weekends.modifiedFollowing(date).description == modified)
}
