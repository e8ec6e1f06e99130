internal import BusinessCalendar
internal import LendingRules
internal import Monetary
internal import Operations
internal import Reconciling

/// How batches, bookings and payments lie in rows.
enum CashRows {
    /// Selects batches; add a WHERE over `b` and an ORDER BY.
    static let selectBatches =
        "SELECT b.date, b.currency, b.gross, b.fee, b.due_on FROM cash_batch b "

    /// Selects bookings; add a WHERE and `order`.
    static let selectBookings = """
        SELECT kind, statement, remittance, currency, amount, fee, booked_on FROM cash_booking

        """

    /// Statement, remittance, currency, date of booking.
    static let order = " ORDER BY statement, remittance, currency, booked_on"

    /// The batch in a row of `selectBatches`.
    static func batch(_ row: borrowing Row) throws(StoreError) -> CashBatch {
        CashBatch(
            date: try row.date(0), currency: try row.currency(1), gross: try row.int64(2),
            fee: try row.int64(3), dueOn: try row.date(4))
    }

    /// The booking in a row of `selectBookings`.
    static func booked(_ row: borrowing Row) throws(StoreError) -> BookedCash {
        BookedCash(
            bookedOn: try row.date(6),
            posting: CashPosting(
                kind: try row.named(0), statement: try row.date(1), remittance: try row.text(2),
                currency: try row.currency(3), amount: try row.int64(4), fee: try row.int64(5)))
    }

    /// Payments and reversals booked on a date, a reversal with the amount it takes back.
    static func payments(
        _ date: BusinessDate, _ connection: borrowing Connection
    ) throws(StoreError) -> [CollectedPayment] {
        try connection.all(
            """
            SELECT f.fact, f.loan, CASE WHEN f.kind = 1 THEN f.amount ELSE -o.amount END,
                l.currency
            FROM fact f JOIN loan l ON l.shard = f.shard AND l.loan = f.loan
            LEFT JOIN fact o ON o.shard = f.shard AND o.loan = f.loan AND o.fact = f.reverses
                AND o.kind = 1
            WHERE f.booking_date = ?1 AND f.kind IN (1, 2) ORDER BY f.fact
            """, [.date(date)]
        ) { row throws(StoreError) in
            CollectedPayment(
                id: try row.text(0), loan: try row.text(1), amount: try row.int64(2),
                currency: try row.currency(3))
        }
    }
}
