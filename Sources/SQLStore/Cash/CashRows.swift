internal import BusinessCalendar
internal import LendingRules
internal import Monetary
internal import Operations
internal import Reconciling

/// How batches, bookings and payments lie in rows.
enum CashRows {
    /// Selects batches; add a WHERE over `b` and an ORDER BY.
    static let selectBatches =
        "SELECT b.date, b.currency, b.gross, b.fee, b.due_on, b.kind, b.remittance "
        + "FROM cash_batch b "

    /// Selects bookings; add a WHERE and `order`.
    static let selectBookings = """
        SELECT kind, statement, remittance, currency, amount, fee, booked_on FROM cash_booking

        """

    /// Statement, remittance, currency, date of booking.
    static let order = " ORDER BY statement, remittance, currency, booked_on"

    /// The batch in a row of `selectBatches`.
    static func batch(_ row: borrowing Row) throws(StoreError) -> CashBatch {
        CashBatch(
            kind: try row.named(5), remittance: try row.text(6), date: try row.date(0),
            currency: try row.currency(1), gross: try row.int64(2),
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

    /// Payments and reversals booked on a date, a reversal with the amount it takes back; what
    /// came for a line is one, its parts together.
    static func payments(
        _ date: BusinessDate, _ connection: borrowing Connection
    ) throws(StoreError) -> [CollectedPayment] {
        let rows: [CollectedPayment] = try connection.all(
            """
            SELECT f.fact, CASE l.line_id WHEN '' THEN f.loan ELSE l.line_id END, f.loan,
                CASE WHEN f.kind = 1 THEN f.amount ELSE -o.amount END, l.currency
            FROM fact f JOIN loan l ON l.shard = f.shard AND l.loan = f.loan
            LEFT JOIN fact o ON o.shard = f.shard AND o.loan = f.loan AND o.fact = f.reverses
                AND o.kind = 1
            WHERE f.booking_date = ?1 AND f.kind IN (1, 2) ORDER BY f.fact
            """, [.date(date)]
        ) { row throws(StoreError) in
            let (name, line) = (try row.text(0), try row.text(1))
            let whole = PartName.whole(of: name)
            return CollectedPayment(
                id: whole ?? name, loan: whole == nil ? try row.text(2) : line,
                amount: try row.int64(3), currency: try row.currency(4))
        }
        return rows.joined()
    }

    /// Payouts whose loans facts booked on a date disburse (kind 0), or say to have failed or come
    /// back (9 and 10).
    static func movedPayouts(
        _ date: BusinessDate, _ connection: borrowing Connection
    ) throws(StoreError) -> [MovedPayout] {
        try connection.all(
            """
            SELECT p.request_key, f.kind, p.amount, l.currency, f.value_date
            FROM fact f JOIN payout p ON p.shard = f.shard AND p.loan = f.loan
            JOIN loan l ON l.shard = f.shard AND l.loan = f.loan
            WHERE f.booking_date = ?1 AND f.kind IN (0, 9, 10)
            ORDER BY p.request_key, f.kind
            """, [.date(date)]
        ) { row throws(StoreError) in
            let isReturn = try row.int64(1) > 0
            let amount = try row.int64(2)
            return MovedPayout(
                kind: isReturn ? .returned : .payout, key: try row.text(0),
                currency: try row.currency(3), amount: isReturn ? amount : -amount,
                valueDate: try row.date(4))
        }
    }

    /// A payout of a key that was sent and is not known to have failed.
    static func payout(
        _ key: String, _ connection: borrowing Connection
    ) throws(StoreError) -> KnownPayout? {
        try connection.first(
            """
            SELECT p.loan, p.amount, l.currency,
                (SELECT count(*) FROM fact f
                    WHERE f.shard = p.shard AND f.loan = p.loan AND f.kind IN (9, 10))
            FROM payout p JOIN loan l ON l.shard = p.shard AND l.loan = p.loan
            WHERE p.shard = ?1 AND p.loan = ?2 AND p.request_key = ?3 AND p.state IN (1, 2, 3, 5)
            """, RequestKey(payout: key).values
        ) { row throws(StoreError) in
            KnownPayout(
                key: key, loan: try row.loan(0), amount: try row.int64(1),
                currency: try row.currency(2), isUndone: try row.count(3) > 0)
        }
    }
}
