internal import BusinessCalendar
internal import LendingRules
internal import Monetary
internal import Operations

/// Reads the obligations that no instruction covers.
enum UnsettledDays {
    /// In party and date order.
    static func read(_ connection: borrowing Connection) throws(StoreError) -> [UnsettledDay] {
        var days: [UnsettledDay] = []
        try connection.query(select) { row throws(StoreError) in
            let obligation = try Obligations.read(row)
            let isReconciled = try row.flag(5)
            let isSameDay =
                days.last.map { $0.date == obligation.date && $0.party == obligation.party }
                ?? false
            let earlier = isSameDay ? days.removeLast().obligations : []
            days.append(
                UnsettledDay(
                    date: obligation.date, party: obligation.party, isReconciled: isReconciled,
                    obligations: earlier + [obligation]))
        }
        return days
    }

    private static let select = """
        SELECT o.date, o.party, o.currency, o.kind, o.amount,
            CASE WHEN EXISTS (SELECT 1 FROM reconciliation r
                WHERE r.date = o.date AND r.party = o.party AND r.state >= 2)
            THEN 1 ELSE 0 END
        FROM obligation o JOIN business_day b ON b.date = o.date
        WHERE b.state = 2 AND NOT EXISTS (SELECT 1 FROM settled_date s
            WHERE s.party = o.party AND s.currency = o.currency AND s.date = o.date)
        ORDER BY o.party, o.date, o.currency, o.kind
        """
}
