internal import BusinessCalendar
internal import LendingRules
internal import Monetary

/// How the use of limits lies in rows.
enum LimitRows {
    private static let columns = "scope, agreement, party, span, currency, start, subject"
    /// Of all shares together, or of all values of a dimension: few rows, in front of the others.
    private static let isWhole = "scope <= \(LimitCodes.oneValue)"

    /// The keys that are counted, whether or not a limit is on them now; of values of dimensions
    /// the key of all of them.
    static func counted(_ connection: borrowing Connection) throws(StoreError) -> Set<LimitKey> {
        Set(try first(connection).keys)
    }

    /// What is told apart by any key that is counted.
    static func dimensions(_ connection: borrowing Connection) throws(StoreError)
        -> Set<LimitDimension>
    {
        Set(try counted(connection).compactMap(\.scope.dimension))
    }

    /// The first period with a row of each key that is counted.
    static func first(_ connection: borrowing Connection) throws(StoreError)
        -> [LimitKey: LimitSlot]
    {
        var first: [LimitKey: LimitSlot] = [:]
        try connection.query(
            """
            SELECT scope, agreement, party, span, currency, MIN(start), '' FROM limit_use
            WHERE \(isWhole) GROUP BY scope, agreement, party, span, currency
            """
        ) { row throws(StoreError) in
            let slot = try slot(row)
            first[slot.key] = slot
        }
        return first
    }

    /// Everything that is used.
    static func all(
        _ connection: borrowing Connection
    ) throws(StoreError) -> [(slot: LimitSlot, used: Int64)] {
        try connection.all(
            "SELECT \(columns), used FROM limit_use ORDER BY \(columns)"
        ) { row throws(StoreError) in (try slot(row), try row.int64(7)) }
    }

    /// What is used of the values of a dimension; nothing of those without a row.
    static func values(
        of whole: LimitSlot, _ connection: borrowing Connection
    ) throws(StoreError) -> [(slot: LimitSlot, used: Int64)] {
        guard case .each(let dimension) = whole.key.scope else { return [] }
        return try connection.all(
            """
            SELECT \(columns), used FROM limit_use
            WHERE scope = ?1 AND agreement = ?2 AND party = ?3 AND span = ?4 AND currency = ?5
                AND start = ?6
            ORDER BY subject
            """,
            [.int64(LimitCodes.scope(.one(dimension, "")))] + values(whole).dropFirst().dropLast()
        ) { row throws(StoreError) in (try slot(row), try row.int64(7)) }
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
        let change = "UPDATE limit_use SET used = used + ?8" + condition
        guard let limit else {
            return try connection.execute(change, values(slot) + [.int64(amount)]) == 1
        }
        return try connection.execute(
            change + " AND used + ?8 <= ?9", values(slot) + [.int64(amount), .int64(limit)]) == 1
    }

    private static let condition = """
         WHERE scope = ?1 AND agreement = ?2 AND party = ?3 AND span = ?4 AND currency = ?5
            AND start = ?6 AND subject = ?7
        """

    private static func values(_ slot: LimitSlot) -> [SQLValue] {
        [
            .int64(LimitCodes.scope(slot.key.scope)), .text(slot.key.agreement),
            .text(slot.key.party.name), .int64(LimitCodes.spans.code(slot.key.span)),
            .text(slot.key.currency.code), slot.start.map { .date($0) } ?? 0,
            .text(slot.key.scope.subject ?? ""),
        ]
    }

    /// The slot in a row that begins with its columns.
    private static func slot(_ row: borrowing Row) throws(StoreError) -> LimitSlot {
        let key = LimitKey(
            agreement: try row.text(1), party: try row.party(2),
            span: try LimitCodes.spans.value(row, 3), currency: try row.currency(4),
            scope: try LimitCodes.scope(row, 0, subject: 6))
        return LimitSlot(key, start: key.span.beginsAnew ? try row.date(5) : nil)
    }
}
