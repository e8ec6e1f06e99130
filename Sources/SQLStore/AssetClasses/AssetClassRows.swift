internal import BusinessCalendar
package import LendingRules
internal import Monetary
internal import Operations

/// The codes of classes of claims.
package enum AssetClassCodes {
    /// Classes, the best first.
    package static let classes = CodeTable<AssetClass>([
        .normal: 0, .specialMention: 1, .substandard: 2, .doubtful: 3, .loss: 4,
    ])
    /// Why a claim is in its class.
    package static let causes = CodeTable<AssetClassCause>([.own: 0, .crossDefault: 1])

    /// Claims that are observed; the condition of an index.
    static let isObserved = "observed_until > 0"
}

/// How classes of claims and provisions lie in rows.
enum AssetClassRows {
    /// Selects changes; add a WHERE over `c`.
    static let changes = """
        SELECT c.loan, c.lender, c.date, c.class_before, c.class_after, c.cause, c.own_class,
            c.observed_until, c.standing, c.days_past_due, c.accrual_status
        FROM asset_class c

        """

    /// A change in a row of `changes`.
    static func readChange(_ row: borrowing Row) throws(StoreError) -> AssetClassChange {
        AssetClassChange(
            claim: ClaimKey(try row.loan(0), try row.party(1)), date: try row.date(2),
            before: try AssetClassCodes.classes.value(row, 3),
            after: HeldClass(
                try AssetClassCodes.classes.value(row, 4),
                try AssetClassCodes.causes.value(row, 5)),
            standing: try standing(row, 6),
            status: LoanStatus(
                standing: try StandingCodes.standings.value(row, 8),
                daysPastDue: try row.count(9),
                accrual: try StandingCodes.accruals.value(row, 10)))
    }

    /// The class by itself in a column, with the end of its observation in the next.
    static func standing(_ row: borrowing Row, _ column: Int) throws(StoreError) -> AssetStanding {
        let observed = try row.date(column + 1)
        return AssetStanding(
            try AssetClassCodes.classes.value(row, column),
            observedUntil: observed.dayNumber == 0 ? nil : observed)
    }

    /// Writes a row of the table `asset_class`.
    static func write(_ change: AssetClassChange, _ writer: any RowWriter) {
        writer.loan(change.claim.loan)
        writer.text(change.claim.lender.name)
        writer.date(change.date)
        writer.int64(AssetClassCodes.classes.code(change.before))
        writer.int64(AssetClassCodes.classes.code(change.after.assetClass))
        writer.int64(AssetClassCodes.causes.code(change.after.cause))
        writer.int64(AssetClassCodes.classes.code(change.standing.assetClass))
        writer.int64(Int64(change.standing.observedUntil?.dayNumber ?? 0))
        writer.int64(StandingCodes.standings.code(change.status.standing))
        writer.int64(Int64(change.status.daysPastDue))
        writer.int64(StandingCodes.accruals.code(change.status.accrual))
    }

    /// Selects provisions; add a WHERE over `p`.
    static let provisions =
        "SELECT p.loan, p.lender, p.date, p.currency, p.amount FROM provision p "

    /// A provision in a row of `provisions`.
    static func readProvision(_ row: borrowing Row) throws(StoreError) -> ProvisionTarget {
        ProvisionTarget(
            claim: ClaimKey(try row.loan(0), try row.party(1)), date: try row.date(2),
            currency: try row.currency(3), amount: try row.int64(4))
    }

    /// Writes a row of the table `provision`.
    static func write(_ target: ProvisionTarget, _ writer: any RowWriter) {
        writer.loan(target.claim.loan)
        writer.text(target.claim.lender.name)
        writer.date(target.date)
        writer.text(target.currency.code)
        writer.int64(target.amount)
    }

    /// What the rows of a loan before a date leave of its claims.
    static func kept(
        of loan: LoanID, before date: BusinessDate, _ connection: borrowing Connection
    ) throws(StoreError) -> [ClaimKey: KeptClaim] {
        let values = SQLValue.loan(loan) + [.date(date)]
        var kept: [ClaimKey: KeptClaim] = [:]
        try connection.query(
            """
            SELECT lender, class_after, own_class, observed_until FROM asset_class
            WHERE shard = ?1 AND loan = ?2 AND date < ?3 ORDER BY lender, date
            """, values
        ) { row throws(StoreError) in
            kept[ClaimKey(loan, try row.party(0))] = KeptClaim(
                held: try AssetClassCodes.classes.value(row, 1), standing: try standing(row, 2))
        }
        try connection.query(
            """
            SELECT lender, amount FROM provision
            WHERE shard = ?1 AND loan = ?2 AND date < ?3 ORDER BY lender, date
            """, values
        ) { row throws(StoreError) in
            kept[ClaimKey(loan, try row.party(0)), default: .none].provision = try row.int64(1)
        }
        return kept
    }
}
