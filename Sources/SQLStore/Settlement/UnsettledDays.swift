internal import BusinessCalendar
internal import LendingRules
internal import Monetary
internal import Operations

/// Reads the obligations that no settlement covers.
enum UnsettledDays {
    /// In party and date order.
    static func read(_ connection: borrowing Connection) throws(StoreError) -> [UnsettledDay] {
        var days: [UnsettledDay] = []
        try connection.query(select) { row throws(StoreError) in
            let obligation = try Obligations.read(row)
            let state = try ReconciliationCodes.states.value(row, 5)
            let isSameDay =
                days.last.map { $0.date == obligation.date && $0.party == obligation.party }
                ?? false
            let earlier = isSameDay ? days.removeLast().obligations : []
            days.append(
                UnsettledDay(
                    date: obligation.date, party: obligation.party, reconciliation: state,
                    obligations: earlier + [obligation]))
        }
        return days
    }

    private static let select = """
        SELECT o.date, o.party, o.currency, o.kind, o.amount,
            COALESCE(r.state, 0)
        FROM obligation o JOIN business_day b ON b.date = o.date
        LEFT JOIN reconciliation r ON r.date = o.date AND r.party = o.party
        WHERE b.state = 2 AND NOT EXISTS (SELECT 1 FROM settled_date s
            WHERE s.party = o.party AND s.currency = o.currency AND s.date = o.date)
        ORDER BY o.party, o.date, o.currency, o.kind
        """
}
