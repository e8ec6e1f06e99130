internal import BusinessCalendar
internal import LendingRules
internal import Monetary
internal import Operations

/// Reads the obligations, and what is held of them, that no settlement covers.
enum UnsettledDays {
    private struct Day: Hashable {
        let date: BusinessDate
        let party: PartyID
    }

    /// In party and date order.
    static func read(_ connection: borrowing Connection) throws(StoreError) -> [UnsettledDay] {
        var obligations: [Day: [Obligation]] = [:]
        var held: [Day: [HeldAmount]] = [:]
        var states: [Day: ReconciliationState] = [:]
        try connection.query(selectObligations) { row throws(StoreError) in
            let obligation = try Obligations.read(row)
            let day = Day(date: obligation.date, party: obligation.party)
            obligations[day, default: []].append(obligation)
            states[day] = try ReconciliationCodes.states.value(row, 5)
        }
        try connection.query(selectHeld) { row throws(StoreError) in
            let day = Day(date: try row.date(0), party: try row.party(1))
            held[day, default: []].append(
                HeldAmount(
                    source: try row.text(3), type: try type(of: row),
                    currency: try row.currency(2), amount: try row.int64(4)))
            states[day] = try ReconciliationCodes.states.value(row, 5)
        }
        return states.map { day, state in
            UnsettledDay(
                date: day.date, party: day.party, reconciliation: state,
                obligations: obligations[day] ?? [], held: held[day] ?? [])
        }.sorted { ($0.party, $0.date) < ($1.party, $1.date) }
    }

    /// What the break's line is settled as: that of its file, or of the fact that it corrects.
    private static func type(of row: borrowing Row) throws(StoreError) -> ObligationType {
        if let type = ObligationType(file: try row.text(6)) { return type }
        guard try row.int64OrNil(7) != nil else { return .breakCorrections }
        return try FactLineCodes.kinds.value(row, 7).settledAs ?? .breakCorrections
    }

    private static let selectObligations = """
        SELECT o.date, o.party, o.currency, o.kind, o.amount,
            COALESCE(r.state, 0)
        FROM obligation o JOIN business_day b ON b.date = o.date
        LEFT JOIN reconciliation r ON r.date = o.date AND r.party = o.party
        WHERE b.state = 2 AND NOT EXISTS (SELECT 1 FROM settled_date s
            WHERE s.party = o.party AND s.currency = o.currency AND s.date = o.date)
        ORDER BY o.party, o.date, o.currency, o.kind
        """

    private static let selectHeld = """
        SELECT m.first_date, m.party, m.currency, m.break_id, CAST(SUM(m.amount) AS BIGINT),
            COALESCE(r.state, 0), k.file,
            CASE WHEN k.file = 'corrections' THEN (SELECT f.kind FROM fact_line f
                WHERE f.posted_on = k.first_date AND f.loan = k.loan AND f.line = k.record_key
                    AND f.lender = k.party) END
        FROM break_movement m JOIN recon_break k ON k.party = m.party
            AND k.first_date = m.first_date AND k.break_id = m.break_id
        LEFT JOIN reconciliation r ON r.date = m.first_date AND r.party = m.party
        WHERE m.kind = 'held' AND NOT EXISTS (SELECT 1 FROM settled_date s
            WHERE s.party = m.party AND s.currency = m.currency AND s.date = m.first_date)
        GROUP BY m.party, m.first_date, m.currency, m.break_id, r.state, k.file, k.first_date,
            k.loan, k.record_key, k.party
        HAVING SUM(m.amount) <> 0
        ORDER BY m.party, m.first_date, m.currency, m.break_id
        """
}
