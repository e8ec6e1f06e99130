internal import BusinessCalendar
internal import LendingRules

/// Reads the facts of a loan in their order.
enum LoanFacts {
    /// All facts, or those booked up to a date.
    static func all(
        of loan: LoanID, bookedThrough date: BusinessDate? = nil,
        _ connection: borrowing Connection
    ) throws(StoreError) -> [LoanFact] {
        try connection.all(
            "SELECT \(Facts.columns) FROM fact f WHERE f.shard = ?1 AND f.loan = ?2"
                + " AND f.booking_date <= ?3 ORDER BY f.value_date, f.instant, f.fact",
            SQLValue.loan(loan) + [.date(date ?? DateRange.last)], Facts.read)
    }
}

/// The ends of time, where a query's bound is left open.
enum DateRange {
    /// Before every business date.
    static let first = BusinessDate(dayNumber: .min)
    /// After every business date.
    static let last = BusinessDate(dayNumber: .max)
}
