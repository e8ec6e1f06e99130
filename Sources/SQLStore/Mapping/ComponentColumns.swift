internal import LendingRules

/// The columns `principal`, `overdue_principal`, `interest`, `overdue_interest` and `penalty`:
/// they stand in this order wherever components are kept.
enum ComponentColumns {
    /// The components in the columns of a row from `first` on.
    static func read(_ row: borrowing Row, from first: Int) throws(StoreError) -> Components {
        Components(
            principal: try row.int64(first), overduePrincipal: try row.int64(first + 1),
            interest: try row.int64(first + 2), overdueInterest: try row.int64(first + 3),
            penalty: try row.int64(first + 4))
    }

    /// Writes the five columns.
    static func write(_ components: Components, _ writer: any RowWriter) {
        writer.int64(components.principal)
        writer.int64(components.overduePrincipal)
        writer.int64(components.interest)
        writer.int64(components.overdueInterest)
        writer.int64(components.penalty)
    }
}
