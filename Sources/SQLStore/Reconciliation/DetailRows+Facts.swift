internal import BusinessCalendar
internal import LendingRules
internal import Operations

extension DetailRows {
    /// Shares that went back at par, of loans undone by a fact of the date: each request's line
    /// with the other sign. What was transferred goes back by a correction.
    static func returns(
        _ party: PartyID, _ date: BusinessDate, _ connection: borrowing Connection
    ) throws(StoreError) -> [DisbursementLine] {
        try connection.all(
            """
            SELECT f.fact, r.request_key, r.loan, r.reference, r.held_amount, l.currency,
                f.value_date
            FROM fact f
            JOIN funding_request r ON r.shard = f.shard AND r.loan = f.loan
            JOIN loan l ON l.shard = f.shard AND l.loan = f.loan
            WHERE f.booking_date = ?1 AND f.\(Facts.undoes) AND r.lender = ?2 AND r.state = 11
                AND \(notTransferred)
            ORDER BY f.fact, r.request_key
            """, [.date(date), .text(party.name)]
        ) { row throws(StoreError) in
            let key = try row.text(1)
            return DisbursementLine(
                requestKey: "\(try row.text(0))~\(key)", loan: try row.loan(2),
                partnerReference: try row.text(3), principal: -(try row.int64(4)),
                currency: try row.currency(5), valueDate: try row.date(6), reverses: key)
        }
    }

    /// The partner's parts of waivers, charge-offs, recoveries and transfers posted on the date.
    static func facts(
        _ party: PartyID, _ date: BusinessDate, _ connection: borrowing Connection
    ) throws(StoreError) -> [FactFileLine] {
        try connection.all(
            """
            SELECT \(FactLines.columns), l.currency FROM fact_line x
            JOIN loan l ON l.shard = x.shard AND l.loan = x.loan
            WHERE x.posted_on = ?1 AND x.lender = ?2 ORDER BY x.line, x.loan
            """, [.date(date), .text(party.name)]
        ) { row throws(StoreError) in
            FactFileLine(
                row: try FactLines.read(row), currency: try row.currency(FactLines.end))
        }
    }
}
