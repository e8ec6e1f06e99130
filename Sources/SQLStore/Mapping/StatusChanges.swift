package import LendingRules
internal import Operations

/// The codes of where a loan stands.
package enum StandingCodes {
    /// Standings.
    package static let standings = CodeTable<LoanStanding>([
        .notDisbursed: 0, .current: 1, .pastDue: 2, .paidOff: 3, .chargedOff: 4,
        .cancelled: 5,
    ])
    /// Whether a loan earns in its lenders' books.
    package static let accruals = CodeTable<AccrualStatus>([.accrual: 0, .nonAccrual: 1])
}

/// How a change of a loan's status lies in a row.
enum StatusChanges {
    /// The columns of a change in a query, its table named `c`; 6 of them.
    static let columns = """
        c.loan, c.date, c.from_standing, c.to_standing, c.days_past_due, c.accrual_status
        """

    /// The change in a row that begins with `columns`.
    static func read(_ row: borrowing Row) throws(StoreError) -> StatusChange {
        StatusChange(
            loan: try row.loan(0), date: try row.date(1),
            from: try StandingCodes.standings.value(row, 2),
            to: try StandingCodes.standings.value(row, 3), daysPastDue: try row.count(4),
            accrual: try StandingCodes.accruals.value(row, 5))
    }

    /// Writes a row of the table `status_change`.
    static func write(_ change: StatusChange, _ writer: any RowWriter) {
        writer.loan(change.loan)
        writer.date(change.date)
        writer.int64(StandingCodes.standings.code(change.from))
        writer.int64(StandingCodes.standings.code(change.to))
        writer.int64(Int64(change.daysPastDue))
        writer.int64(StandingCodes.accruals.code(change.accrual))
    }
}
