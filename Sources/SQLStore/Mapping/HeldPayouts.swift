internal import LendingRules
internal import Operations

/// How a payout lies in its own row, its loan's and the outbox's.
enum HeldPayouts {
    /// The columns of a payout, over `tables`; more may follow at `end`.
    static let columns = """
        p.request_key, p.loan, p.amount, l.currency, p.try_number, p.planned_on, p.state,
        p.answered_on, o.version, o.last_attempt_at, e.evidence
        """

    /// Payouts, their loans, their places in the outbox and what was seen last: an exchange is kept
    /// under the version its result raised, so the last one is one below.
    static let tables = """
        FROM payout p
        JOIN loan l ON l.shard = p.shard AND l.loan = p.loan
        JOIN outbox o ON o.shard = p.shard AND o.loan = p.loan AND o.request_key = p.request_key
        LEFT JOIN request_evidence e ON e.shard = p.shard AND e.loan = p.loan
            AND e.request_key = p.request_key AND e.version = o.version - 1

        """

    /// Selects payouts; add a WHERE over `p` (payout) and an ORDER BY.
    static let select = "SELECT \(columns) \(tables)"

    /// The column after those of a payout.
    static let end = 11

    /// A payout in a row of `select`.
    static func read(_ row: borrowing Row) throws(StoreError) -> HeldPayout {
        HeldPayout(
            payout: Payout(
                key: try row.text(0), loan: try row.loan(1), amount: try row.int64(2),
                currency: try row.currency(3), number: try row.count(4),
                plannedOn: try row.date(5)),
            state: try PayoutCodes.states.value(row, 6), answeredOn: try row.dateOrNil(7),
            version: try row.int64(8), lastAttemptAt: try row.int64(9),
            evidence: try row.textOrNil(10) ?? "")
    }

    /// Writes a new payout with its row in the outbox.
    static func insert(
        _ payout: Payout, _ connection: borrowing Connection
    ) throws(StoreError) {
        let key = RequestKey(payout).values
        try connection.execute(
            Table.payout.insertion,
            key + [
                .int64(payout.amount), .int64(Int64(payout.number)), .date(payout.plannedOn),
                .int64(PayoutCodes.states.code(.planned)), .date(nil), .text(""), .text(""),
            ])
        try connection.execute(Table.outbox.insertion, key + [0, 0, .text(""), 0, 0])
    }
}
