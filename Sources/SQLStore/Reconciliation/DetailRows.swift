internal import BusinessCalendar
internal import LendingRules
internal import Operations

/// What happened on a date as far as one partner is concerned, each list in the order of its key.
enum DetailRows {
    /// Confirmed requests of the loans whose disbursement was booked on the date, also of those
    /// that were undone since; not of shares that were transferred later.
    static func disbursements(
        _ party: PartyID, _ date: BusinessDate, _ connection: borrowing Connection
    ) throws(StoreError) -> [DisbursementLine] {
        try connection.all(
            """
            SELECT r.request_key, r.loan, r.reference, r.held_amount, l.currency, f.value_date
            FROM fact f
            JOIN funding_request r ON r.shard = f.shard AND r.loan = f.loan
            JOIN loan l ON l.shard = f.shard AND l.loan = f.loan
            WHERE f.booking_date = ?1 AND f.kind = 0 AND r.lender = ?2 AND r.state IN (8, 11)
                AND \(notTransferred)
            ORDER BY r.request_key
            """, [.date(date), .text(party.name)]
        ) { row throws(StoreError) in
            DisbursementLine(
                requestKey: try row.text(0), loan: try row.loan(1),
                partnerReference: try row.text(2), principal: try row.int64(3),
                currency: try row.currency(4), valueDate: try row.date(5))
        }
    }

    /// The partner's parts of the payment lines posted on the date.
    static func repayments(
        _ party: PartyID, _ date: BusinessDate, _ connection: borrowing Connection
    ) throws(StoreError) -> [RepaymentLine] {
        try connection.all(
            """
            SELECT \(DistributionRows.columns), l.currency FROM distribution d
            JOIN loan l ON l.shard = d.shard AND l.loan = d.loan
            WHERE d.posted_on = ?1 AND d.lender = ?2 ORDER BY d.line, d.loan
            """, [.date(date), .text(party.name)]
        ) { row throws(StoreError) in
            RepaymentLine(
                row: try DistributionRows.read(row),
                currency: try row.currency(DistributionRows.end))
        }
    }

    /// The partner's buckets of the loans that moved on the date.
    static func balances(
        _ party: PartyID, _ date: BusinessDate, _ connection: borrowing Connection
    ) throws(StoreError) -> [LenderBalance] {
        try connection.all(
            "SELECT \(LenderBalances.columns) FROM lender_balance b"
                + " WHERE b.date = ?1 AND b.lender = ?2 ORDER BY b.loan",
            [.date(date), .text(party.name)], LenderBalances.read)
    }
}

extension DetailRows {
    /// The loan of a fact `f` came to its lenders by its disbursement.
    static let notTransferred = """
        NOT EXISTS (SELECT 1 FROM fact t
            WHERE t.shard = f.shard AND t.loan = f.loan AND t.kind = 11)
        """
}
