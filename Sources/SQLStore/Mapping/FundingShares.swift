internal import LendingRules

/// How the plan of a loan's funding lies in rows.
enum FundingShares {
    /// Writes the plan of a loan that has none.
    static func insert(
        _ plan: SharePlan, of loan: LoanID, _ connection: borrowing Connection
    ) throws(StoreError) {
        try connection.batch(Table.fundingShare.insertion, rows: plan.shares.count) {
            index, writer throws(StoreError) in
            writer.loan(loan)
            writer.int64(Int64(index))
            writer.text(plan.shares[index].party.name)
            writer.int64(plan.shares[index].amount)
        }
    }

    /// Puts a plan in the place of a loan's present one.
    static func replace(
        _ plan: SharePlan, of loan: LoanID, _ connection: borrowing Connection
    ) throws(StoreError) {
        try connection.execute(
            "DELETE FROM funding_share WHERE shard = ?1 AND loan = ?2", SQLValue.loan(loan))
        try insert(plan, of: loan, connection)
    }

    /// The plan of a loan, in agreement order.
    static func plan(
        of loan: LoanID, _ connection: borrowing Connection
    ) throws(StoreError) -> SharePlan {
        SharePlan(
            shares: try connection.all(
                """
                SELECT lender, amount FROM funding_share WHERE shard = ?1 AND loan = ?2
                ORDER BY position
                """, SQLValue.loan(loan)
            ) { row throws(StoreError) in
                PlannedShare(party: try row.party(0), amount: try row.int64(1))
            })
    }
}
