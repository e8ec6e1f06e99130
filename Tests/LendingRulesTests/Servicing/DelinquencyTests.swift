import LendingRules
import Testing

/// What is unpaid at the end of its due date is overdue; days past due count from that date.
struct DelinquencyTests {
    @Test(
        arguments: [
            ("01-31", "1200.00 0.00 12.00 0.00"), ("02-01", "800.00 400.00 0.29 12.00"),
            ("02-28", "800.00 400.00 8.00 12.00"), ("03-01", "400.00 800.00 0.13 20.00"),
            ("04-01", "0.00 1200.00 0.00 24.00"), ("07-01", "0.00 1200.00 0.00 24.00"),
        ])
    func `unpaid principal and interest move to overdue at the end of the due date`(
        date: String, buckets: String
    ) throws {
        #expect(try Story().line(date).hasPrefix(buckets + " "))
    }

    @Test(
        arguments: [
            ("02-01", 0, "M0"), ("02-02", 1, "M1"), ("03-03", 30, "M1"), ("03-04", 31, "M2"),
            ("04-02", 60, "M2"), ("04-03", 61, "M3"), ("05-02", 90, "M3"), ("05-03", 91, "M4"),
            ("06-01", 120, "M4"), ("07-01", 150, "M5"), ("07-31", 180, "M6"), ("08-01", 181, "M7+"),
            ("12-31", 333, "M7+"),
        ])
    func `days past due are those since the oldest unpaid due date, none on it`(
        date: String, days: Int, bucket: String
    ) throws {
        let position = try Story().position(date)
        #expect(position.daysPastDue == days)
        #expect(position.bucket.description == bucket)
    }

    @Test(
        arguments: [
            ("P1 02-10 413.78", "02-09", 8), ("P1 02-10 413.78", "02-10", 0),
            ("P1 02-10 413.78", "03-01", 0), ("P1 02-10 413.78", "03-02", 1),
            // One cent short stays past due; waiting cash pays the date itself.
            ("P1 02-10 413.77", "02-10", 9), ("P1 01-15 412.00", "02-20", 0),
            ("P1 01-15 411.99", "02-20", 19),
            // Booked later than it counts: the days are gone from the booking date on.
            ("P1 02-01>02-20 412.00", "02-19", 18), ("P1 02-01>02-20 412.00", "02-20", 0),
        ])
    func `paying the oldest instalment moves the count to the next`(
        facts: String, date: String, days: Int
    ) throws {
        #expect(try Story(facts).position(date).daysPastDue == days)
    }

    @Test(arguments: [("P1 02-01 411.00", 0), ("P1 02-01 410.99", 9)])
    func `an unpaid amount up to the materiality is not past due`(facts: String, days: Int) throws {
        #expect(try Story(facts, materiality: 100).position("02-10").daysPastDue == days)
    }

    @Test(arguments: [(-5, "M0"), (0, "M0"), (1, "M1"), (30, "M1"), (31, "M2"), (9_999, "M7+")])
    func `buckets are thirty days wide`(days: Int, bucket: String) {
        #expect(DelinquencyBucket(daysPastDue: days).description == bucket)
    }
}
