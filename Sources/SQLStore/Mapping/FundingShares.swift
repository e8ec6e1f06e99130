internal import LendingRules

/// How the plan of a loan's funding lies in rows.
enum FundingShares {
    /// Writes the plan of a loan that has none.
    static func insert(
        _ plan: SharePlan, of loan: LoanID, _ connection: borrowing Connection
    ) throws(StoreError) {
        try insert([(loan: loan, plan: plan)], connection)
    }

    /// The same for several loans.
    static func insert(
        _ plans: [(loan: LoanID, plan: SharePlan)], _ connection: borrowing Connection
    ) throws(StoreError) {
        let rows = plans.flatMap { loan, plan in
            plan.shares.indices.map { (loan: loan, position: $0, share: plan.shares[$0]) }
        }
        try connection.batch(Table.fundingShare.insertion, rows: rows.count) {
            index, writer throws(StoreError) in
            writer.loan(rows[index].loan)
            writer.int64(Int64(rows[index].position))
            writer.text(rows[index].share.party.name)
            writer.int64(rows[index].share.amount)
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
        try plans(of: [loan], connection)[0]
    }

    /// The plans of several loans, in their order.
    static func plans(
        of loans: [LoanID], _ connection: borrowing Connection
    ) throws(StoreError) -> [SharePlan] {
        var shares = [[PlannedShare]](repeating: [], count: loans.count)
        try connection.queryEach(
            """
            SELECT lender, amount FROM funding_share WHERE shard = ?1 AND loan = ?2
            ORDER BY position
            """, rows: loans.count
        ) { index, writer throws(StoreError) in
            writer.loan(loans[index])
        } _: { index, row throws(StoreError) in
            shares[index].append(
                PlannedShare(party: try row.party(0), amount: try row.int64(1)))
        }
        return shares.map { SharePlan(shares: $0) }
    }
}
