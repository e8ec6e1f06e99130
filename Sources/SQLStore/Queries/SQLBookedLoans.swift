package import BusinessCalendar
internal import LendingRules
package import Operations

/// Booked loans by date, in the store.
package struct SQLBookedLoans: BookedLoans {
    private let engine: any SQLEngine

    /// The loans behind an engine.
    package init(engine: any SQLEngine) {
        self.engine = engine
    }

    package func bookingDates(of agreement: String, in dates: ClosedRange<BusinessDate>)
        async throws -> [BookingDate]
    {
        try await engine.read { connection in
            try connection.all(
                """
                SELECT l.booked_on, CAST(COUNT(*) AS BIGINT) FROM loan l \(Self.condition)
                GROUP BY l.booked_on ORDER BY l.booked_on
                """, Self.values(agreement, dates)
            ) { row throws(StoreError) in
                BookingDate(date: try row.date(0), loans: try row.count(1))
            }
        }
    }

    package func loans(
        of agreement: String, bookedOn dates: ClosedRange<BusinessDate>,
        factsThrough date: BusinessDate
    ) async throws -> [BookedLoan] {
        let values = Self.values(agreement, dates)
        return try await engine.read { connection in
            var rows = try Self.records(values, connection)
            let places = Dictionary(
                uniqueKeysWithValues: rows.enumerated().map { ($1.record.loan, $0) })
            try connection.query(
                """
                SELECT s.loan, s.lender, s.amount FROM loan l
                JOIN funding_share s ON s.shard = l.shard AND s.loan = l.loan
                \(Self.condition) ORDER BY s.shard, s.loan, s.position
                """, values
            ) { row throws(StoreError) in
                guard let place = places[try row.loan(0)] else { return }
                rows[place].shares.append(
                    PlannedShare(party: try row.party(1), amount: try row.int64(2)))
            }
            try connection.query(
                """
                SELECT \(Facts.columns), f.loan FROM loan l
                JOIN fact f ON f.shard = l.shard AND f.loan = l.loan AND f.booking_date <= ?4
                \(Self.condition) ORDER BY f.shard, f.loan, f.value_date, f.instant, f.fact
                """, values + [.date(date)]
            ) { row throws(StoreError) in
                guard let place = places[try row.loan(Facts.end)] else { return }
                rows[place].facts.append(try Facts.read(row))
            }
            return rows.map(\.loan)
        }
    }

    /// The records alone, in order of booking date and id.
    private static func records(_ values: [SQLValue], _ connection: borrowing Connection)
        throws(StoreError) -> [Rows]
    {
        try connection.all(
            "SELECT \(LoanRecords.columns), l.disbursed_on FROM loan l \(condition)"
                + " ORDER BY l.booked_on, l.loan", values
        ) { row throws(StoreError) in
            Rows(
                record: try LoanRecords.read(row),
                disbursedOn: try row.dateOrNil(LoanRecords.end))
        }
    }

    private static let condition = "WHERE l.booked_on BETWEEN ?1 AND ?2 AND l.agreement = ?3"

    private static func values(_ agreement: String, _ dates: ClosedRange<BusinessDate>)
        -> [SQLValue]
    {
        [.date(dates.lowerBound), .date(dates.upperBound), .text(agreement)]
    }

    /// What is known of a loan while its rows come together.
    private struct Rows {
        let record: LoanRecord
        let disbursedOn: BusinessDate?
        var shares: [PlannedShare] = []
        var facts: [LoanFact] = []

        var loan: BookedLoan {
            BookedLoan(
                record: record, plan: SharePlan(shares: shares), disbursedOn: disbursedOn,
                facts: facts)
        }
    }
}
