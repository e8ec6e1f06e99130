internal import BusinessCalendar
internal import LendingRules
internal import Operations

/// Principal told by what loans say of themselves, from lenders' balances: each has a row of every
/// date on which its loan moved.
enum LoanPrincipal {
    /// What lenders' balances show at the end of a date.
    static func standing(
        through date: BusinessDate?, by dimensions: Set<LimitDimension>,
        _ connection: borrowing Connection
    ) throws(StoreError) -> [LentPrincipal] {
        guard let date else { return [] }
        return try principal(
            "b.principal + b.overdue_principal",
            where: """
                b.date = (SELECT MAX(p.date) FROM lender_balance p
                WHERE p.shard = b.shard AND p.loan = b.loan AND p.lender = b.lender
                    AND p.date <= ?1)
                """, date, dimensions, connection)
    }

    /// By how much a date changed them.
    static func moved(
        on date: BusinessDate, by dimensions: Set<LimitDimension>,
        _ connection: borrowing Connection
    ) throws(StoreError) -> [LentPrincipal] {
        try principal(
            """
            b.principal + b.overdue_principal - COALESCE((
                SELECT p.principal + p.overdue_principal FROM lender_balance p
                WHERE p.shard = b.shard AND p.loan = b.loan AND p.lender = b.lender
                    AND p.date < ?1 ORDER BY p.date DESC LIMIT 1), 0)
            """, where: "b.date = ?1", date, dimensions, connection)
    }

    private static func principal(
        _ amount: String, where condition: String, _ date: BusinessDate,
        _ dimensions: Set<LimitDimension>, _ connection: borrowing Connection
    ) throws(StoreError) -> [LentPrincipal] {
        if dimensions.isEmpty { return [] }
        let traits = TraitColumns(dimensions)
        return try connection.all(
            """
            SELECT l.agreement, b.lender, l.currency, CAST(SUM(\(amount)) AS BIGINT)\(traits.names)
            FROM lender_balance b JOIN loan l ON l.shard = b.shard AND l.loan = b.loan
            WHERE \(condition) GROUP BY l.agreement, b.lender, l.currency\(traits.names)
            """, [.date(date)]
        ) { row throws(StoreError) in
            LentPrincipal(
                agreement: try row.text(0), party: try row.party(1),
                currency: try row.currency(2), traits: try traits.read(row, from: 4),
                amount: try row.int64(3))
        }
    }
}

/// The columns of a loan, its table named `l`, that say what limits tell apart.
struct TraitColumns {
    private let dimensions: [LimitDimension]

    /// Those of the dimensions that are counted.
    init(_ dimensions: Set<LimitDimension>) { self.dimensions = dimensions.sorted() }

    /// Each behind a comma; empty where nothing is told apart.
    var names: String { dimensions.map { ", l.\($0.rawValue)" }.joined() }

    /// What a row says in its columns from one on.
    func read(_ row: borrowing Row, from column: Int) throws(StoreError) -> LoanTraits {
        var traits = LoanTraits()
        for (index, dimension) in dimensions.enumerated() {
            traits[dimension] = try row.text(column + index)
        }
        return traits
    }
}
