internal import LendingRules
internal import Monetary
internal import Operations

/// How lenders' deposits lie in rows.
enum ReserveRows {
    /// Selects movements; add a WHERE over `m`.
    static let select =
        "SELECT party, movement, currency, amount, booked_on FROM reserve_movement m "

    /// A movement in a row of `select`.
    static func read(_ row: borrowing Row) throws(StoreError) -> ReserveMovement {
        ReserveMovement(
            party: try row.party(0), id: try row.text(1), currency: try row.currency(2),
            amount: try row.int64(3), bookedOn: try row.date(4))
    }

    /// Limits as they are now: of a deposit what there is of it, of others what they say.
    static func renewed(
        _ limits: [Limit], _ connection: borrowing Connection
    ) throws(StoreError) -> [Limit] {
        var renewed: [Limit] = []
        for limit in limits {
            renewed.append(
                limit.key.span == .reserve
                    ? Limit(limit.key, amount: try balance(of: limit.key, connection)) : limit)
        }
        return renewed
    }

    /// What a lender has paid in and not been paid back.
    static func balance(
        of key: LimitKey, _ connection: borrowing Connection
    ) throws(StoreError) -> Int64 {
        try connection.first(
            """
            SELECT COALESCE(CAST(SUM(amount) AS BIGINT), 0) FROM reserve_movement
            WHERE party = ?1 AND currency = ?2
            """, [.text(key.party.name), .text(key.currency.code)]
        ) { row throws(StoreError) in try row.int64(0) } ?? 0
    }
}
