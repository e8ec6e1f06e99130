internal import LendingRules
internal import Monetary
internal import Operations

/// How a lender's buckets lie in a row.
enum LenderBalances {
    /// The columns of buckets in a query, their table named `b`.
    static let columns = """
        b.loan, b.lender, b.date, b.currency, \(ComponentColumns.names(of: "b")),
        b.days_past_due, b.accrual_status, b.accrued_interest, b.accrued_penalty,
        b.accrued_penalty_interest
        """

    /// The buckets in a row of `columns`.
    static func read(_ row: borrowing Row) throws(StoreError) -> LenderBalance {
        let end = 4 + ComponentColumns.count
        return LenderBalance(
            loan: try row.loan(0), lender: try row.party(1), date: try row.date(2),
            currency: try row.currency(3), claims: try ComponentColumns.read(row, from: 4),
            daysPastDue: try row.count(end),
            accrualStatus: try StandingCodes.accruals.value(row, end + 1),
            accrual: OpenAccrual(
                interest: try row.int64(end + 2), penalty: try row.int64(end + 3),
                penaltyOnInterest: try row.int64(end + 4)))
    }

    /// Writes a row of the table `lender_balance`.
    static func write(_ balance: LenderBalance, _ writer: any RowWriter) {
        writer.loan(balance.loan)
        writer.text(balance.lender.name)
        writer.date(balance.date)
        writer.text(balance.currency.code)
        ComponentColumns.write(balance.claims, writer)
        writer.int64(Int64(balance.daysPastDue))
        writer.int64(StandingCodes.accruals.code(balance.accrualStatus))
        writer.int64(balance.accrual.interest)
        writer.int64(balance.accrual.penalty)
        writer.int64(balance.accrual.penaltyOnInterest)
    }
}
