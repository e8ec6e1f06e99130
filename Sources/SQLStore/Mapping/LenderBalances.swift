internal import LendingRules
internal import Monetary
internal import Operations

/// How a lender's buckets lie in a row.
enum LenderBalances {
    /// The columns of buckets in a query, their table named `b`.
    static let columns = """
        b.loan, b.lender, b.date, b.currency, b.principal, b.overdue_principal, b.interest,
        b.overdue_interest, b.penalty, b.days_past_due, b.accrued_interest, b.accrued_penalty
        """

    /// The buckets in a row of `columns`.
    static func read(_ row: borrowing Row) throws(StoreError) -> LenderBalance {
        LenderBalance(
            loan: try row.loan(0), lender: try row.party(1), date: try row.date(2),
            currency: try row.currency(3), principal: try row.int64(4),
            overduePrincipal: try row.int64(5), interest: try row.int64(6),
            overdueInterest: try row.int64(7), penalty: try row.int64(8),
            daysPastDue: try row.count(9),
            accrual: OpenAccrual(interest: try row.int64(10), penalty: try row.int64(11)))
    }

    /// Writes a row of the table `lender_balance`.
    static func write(_ balance: LenderBalance, _ writer: any RowWriter) {
        writer.loan(balance.loan)
        writer.text(balance.lender.name)
        writer.date(balance.date)
        writer.text(balance.currency.code)
        writer.int64(balance.principal)
        writer.int64(balance.overduePrincipal)
        writer.int64(balance.interest)
        writer.int64(balance.overdueInterest)
        writer.int64(balance.penalty)
        writer.int64(Int64(balance.daysPastDue))
        writer.int64(balance.accrual.interest)
        writer.int64(balance.accrual.penalty)
    }
}
