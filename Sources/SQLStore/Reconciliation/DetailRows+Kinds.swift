internal import BusinessCalendar
internal import LendingRules
internal import Operations

extension DetailRows {
    /// Requests the partner had accepted by the end of the date for loans not paid out by then.
    ///
    /// A loan that was paid out later is still in flight on the date, so that a close that is
    /// resumed late sees what it would have seen in time.
    static func inFlight(
        _ party: PartyID, _ date: BusinessDate, _ connection: borrowing Connection
    ) throws(StoreError) -> [InFlightLine] {
        try connection.all(
            """
            SELECT r.request_key, r.loan, r.held_amount, l.currency FROM funding_request r
            JOIN loan l ON l.shard = r.shard AND l.loan = r.loan
            WHERE r.state = 6 AND r.lender = ?2 AND l.booked_on <= ?1 AND r.value_date <= ?1
            UNION ALL
            SELECT r.request_key, r.loan, r.held_amount, l.currency FROM fact f
            JOIN funding_request r ON r.shard = f.shard AND r.loan = f.loan
            JOIN loan l ON l.shard = f.shard AND l.loan = f.loan
            WHERE f.booking_date > ?1 AND r.lender = ?2 AND r.state = 8
                AND (f.kind = 11 OR f.kind = 0 AND \(notTransferred))
                AND l.booked_on <= ?1 AND r.value_date <= ?1
            ORDER BY 1
            """, [.date(date), .text(party.name)]
        ) { row throws(StoreError) in
            InFlightLine(
                requestKey: try row.text(0), loan: try row.loan(1), principal: try row.int64(2),
                currency: try row.currency(3))
        }
    }

    /// The partner's parts of the payment lines posted on the date, by instalment.
    static func parts(
        _ party: PartyID, _ date: BusinessDate, _ connection: borrowing Connection
    ) throws(StoreError) -> [PartLine] {
        try connection.all(
            """
            SELECT \(DistributionParts.columns), l.currency FROM distribution_part p
            JOIN loan l ON l.shard = p.shard AND l.loan = p.loan
            WHERE p.posted_on = ?1 AND p.lender = ?2 ORDER BY p.line, p.loan, p.instalment
            """, [.date(date), .text(party.name)]
        ) { row throws(StoreError) in
            PartLine(
                part: try DistributionParts.read(row),
                currency: try row.currency(DistributionParts.end))
        }
    }

    /// Changes of status of the loans the partner has a share in; a loan of which it took a share
    /// over on the date is new to it, and one of which it has handed everything over is none of
    /// its loans any more.
    static func statusChanges(
        _ party: PartyID, _ date: BusinessDate, _ connection: borrowing Connection
    ) throws(StoreError) -> [StatusChange] {
        try connection.all(
            """
            SELECT \(StatusChanges.columns) FROM status_change c
            JOIN funding_share s ON s.shard = c.shard AND s.loan = c.loan
            WHERE c.date = ?1 AND s.lender = ?2 AND \(isHeld)
                AND NOT (\(isHandedOver)) ORDER BY c.loan
            """, [.date(date), .text(party.name)], StatusChanges.read
        )
        .joined(by: try begun(party, date, connection))
    }

    /// A lender of the loan of the change `c` holds claims on it: not while they are to be
    /// transferred, nor when that came to nothing.
    private static let isHeld = """
        NOT EXISTS (SELECT 1 FROM funding_request q
            JOIN fact d ON d.shard = q.shard AND d.loan = q.loan AND d.kind = 0
            WHERE q.shard = c.shard AND q.loan = c.loan AND q.lender = s.lender
                AND q.state NOT IN (8, 11))
        AND NOT EXISTS (SELECT 1 FROM fact t
            WHERE t.shard = c.shard AND t.loan = c.loan AND t.kind = 11 AND t.value_date > c.date)
        """

    /// The lender has handed over all its claims on the loan of the change `c`, which was not
    /// undone: nothing but penalties was left to it the last time that claims of its own moved to
    /// or from somebody.
    private static let isHandedOver = """
        c.to_standing <> \(StandingCodes.standings.code(.cancelled)) AND EXISTS (
            SELECT 1 FROM fact_line h
            JOIN lender_balance b ON b.shard = h.shard AND b.loan = h.loan
                AND b.lender = h.lender AND b.date = h.posted_on
            WHERE h.shard = c.shard AND h.loan = c.loan AND h.lender = s.lender
                AND h.posted_on <= c.date AND h.kind IN (\(movingKinds))
                AND h.principal + h.overdue_principal < 0
                AND b.principal = 0 AND b.overdue_principal = 0 AND b.interest = 0
                AND b.overdue_interest = 0 AND b.fee = 0
                AND NOT EXISTS (SELECT 1 FROM fact_line n
                    WHERE n.shard = h.shard AND n.loan = h.loan AND n.lender = h.lender
                        AND n.posted_on > h.posted_on AND n.posted_on <= c.date
                        AND n.kind IN (\(movingKinds))))
        """

    private static let movingKinds = [
        FactLine.Kind.transfer, .sale, .compensation, .buyBack, .substitution, .poolSale,
    ].map { "\(FactLineCodes.kinds.code($0))" }.joined(separator: ", ")

    /// Loans of which the partner took a share over at the end of the date: before an instalment
    /// falls due they are current.
    private static func begun(
        _ party: PartyID, _ date: BusinessDate, _ connection: borrowing Connection
    ) throws(StoreError) -> [StatusChange] {
        try connection.all(
            """
            SELECT f.loan FROM fact f
            JOIN funding_share s ON s.shard = f.shard AND s.loan = f.loan AND s.lender = ?2
            WHERE f.booking_date = ?1 AND f.kind = 11 ORDER BY f.loan
            """, [.date(date), .text(party.name)]
        ) { row throws(StoreError) in
            StatusChange(
                loan: try row.loan(0), date: date, from: .notDisbursed, to: .current,
                daysPastDue: 0, accrual: .accrual)
        }
    }
}

extension [StatusChange] {
    /// These and the others, one of a loan, in loan order.
    fileprivate func joined(by others: [StatusChange]) -> [StatusChange] {
        let known = Set(map(\.loan))
        return (self + others.filter { !known.contains($0.loan) }).sorted()
    }
}
