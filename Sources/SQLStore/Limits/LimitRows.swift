internal import BusinessCalendar
internal import LendingRules
internal import Monetary

/// How the use of limits lies in rows.
enum LimitRows {
    /// The keys that are counted, whether or not a limit is on them now.
    static func counted(_ connection: borrowing Connection) throws(StoreError) -> Set<LimitKey> {
        Set(
            try connection.all(
                "SELECT DISTINCT agreement, party, span, currency FROM limit_use", [], key))
    }

    /// The first period with a row of each key that is counted.
    static func first(_ connection: borrowing Connection) throws(StoreError)
        -> [LimitKey: LimitSlot]
    {
        var first: [LimitKey: LimitSlot] = [:]
        try connection.query(
            """
            SELECT agreement, party, span, currency, MIN(start) FROM limit_use
            GROUP BY agreement, party, span, currency
            """
        ) { row throws(StoreError) in
            let slot = try slot(row)
            first[slot.key] = slot
        }
        return first
    }

    /// Everything that is used, in key order.
    static func all(
        _ connection: borrowing Connection
    ) throws(StoreError) -> [(slot: LimitSlot, used: Int64)] {
        try connection.all(
            """
            SELECT agreement, party, span, currency, start, used FROM limit_use
            ORDER BY agreement, party, span, currency, start
            """
        ) { row throws(StoreError) in
            (try slot(row), try row.int64(5))
        }
    }

    /// What is used; nil where there is no row yet.
    static func used(
        of slot: LimitSlot, isLocking: Bool, _ connection: borrowing Connection
    ) throws(StoreError) -> Int64? {
        let clause = isLocking ? " {lock}" : ""
        return try connection.first(
            "SELECT used FROM limit_use" + condition + clause, values(slot)
        ) { row throws(StoreError) in try row.int64(0) }
    }

    /// Makes a row where there is none.
    static func insert(
        _ slot: LimitSlot, used: Int64, _ connection: borrowing Connection
    ) throws(StoreError) {
        try connection.execute(
            Table.limitUse.insertionUnlessPresent, values(slot) + [.int64(used)])
    }

    /// Adds to what is used, unless it came above `limit` then; false when it would, or when there
    /// is no row.
    static func add(
        _ amount: Int64, to slot: LimitSlot, upTo limit: Int64?,
        _ connection: borrowing Connection
    ) throws(StoreError) -> Bool {
        let change = "UPDATE limit_use SET used = used + ?6" + condition
        guard let limit else {
            return try connection.execute(change, values(slot) + [.int64(amount)]) == 1
        }
        return try connection.execute(
            change + " AND used + ?6 <= ?7", values(slot) + [.int64(amount), .int64(limit)]) == 1
    }

    private static let condition =
        " WHERE agreement = ?1 AND party = ?2 AND span = ?3 AND currency = ?4 AND start = ?5"

    private static func values(_ slot: LimitSlot) -> [SQLValue] {
        [
            .text(slot.key.agreement), .text(slot.key.party.name),
            .int64(LimitCodes.spans.code(slot.key.span)), .text(slot.key.currency.code),
            slot.start.map { .date($0) } ?? 0,
        ]
    }

    /// The slot in a row that begins with its columns.
    private static func slot(_ row: borrowing Row) throws(StoreError) -> LimitSlot {
        let key = try key(row)
        return LimitSlot(key, start: key.span.beginsAnew ? try row.date(4) : nil)
    }

    /// The key in a row that begins with its columns.
    private static func key(_ row: borrowing Row) throws(StoreError) -> LimitKey {
        LimitKey(
            agreement: try row.text(0), party: try row.party(1),
            span: try LimitCodes.spans.value(row, 2), currency: try row.currency(3))
    }
}
