internal import LendingRules

/// The columns `principal`, `overdue_principal`, `interest`, `overdue_interest`, `penalty`,
/// `penalty_interest` and `fee`: they stand in this order wherever components are kept.
enum ComponentColumns {
    /// How many columns components take.
    static let count = 7

    /// The columns of components in a query.
    static func names(of table: String) -> String {
        [
            "principal", "overdue_principal", "interest", "overdue_interest", "penalty",
            "penalty_interest", "fee",
        ].map { "\(table).\($0)" }.joined(separator: ", ")
    }

    /// The components in the columns of a row from `first` on.
    static func read(_ row: borrowing Row, from first: Int) throws(StoreError) -> Components {
        Components(
            principal: try row.int64(first), overduePrincipal: try row.int64(first + 1),
            interest: try row.int64(first + 2), overdueInterest: try row.int64(first + 3),
            penalty: try row.int64(first + 4), penaltyOnInterest: try row.int64(first + 5),
            fee: try row.int64(first + 6))
    }

    /// Writes the columns.
    static func write(_ components: Components, _ writer: any RowWriter) {
        writer.int64(components.principal)
        writer.int64(components.overduePrincipal)
        writer.int64(components.interest)
        writer.int64(components.overdueInterest)
        writer.int64(components.penalty)
        writer.int64(components.penaltyOnInterest)
        writer.int64(components.fee)
    }
}
