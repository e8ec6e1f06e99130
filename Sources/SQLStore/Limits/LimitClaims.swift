internal import Bookkeeping
internal import BusinessCalendar
internal import LendingRules
internal import Operations

/// What the use of limits is counted from: shares with their states, and principal in the books.
enum LimitClaims {
    /// The use of every limit there could be, as the rows give it now; from a date on that of
    /// periods alone, for which loans count that were booked in them.
    static func count(
        since date: BusinessDate? = nil, by dimensions: Set<LimitDimension> = [],
        _ connection: borrowing Connection
    ) throws(StoreError) -> LimitCount {
        let posted = try posted(connection)
        guard let date else {
            return LimitCount(
                claims: try all(by: dimensions, connection),
                principal: try principal(through: posted, connection)
                    + LoanPrincipal.standing(through: posted, by: dimensions, connection)
                    + RatioGrowth.pending(beyond: posted, by: dimensions, connection),
                posted: posted)
        }
        let claims = try claims(
            where: "l.booked_on >= ?1", [.date(date)], LimitVersions(connection), dimensions,
            connection)
        return LimitCount(claims: claims, principal: [], posted: posted)
    }

    /// Every share, added up where shares stand alike.
    static func all(
        by dimensions: Set<LimitDimension>, _ connection: borrowing Connection
    ) throws(StoreError) -> [LimitClaim] {
        let versions = try LimitVersions(connection)
        return try claims(where: "l.shard >= 0", [], versions, dimensions, connection)
    }

    /// The shares of one loan.
    static func claims(
        of loan: LoanID, _ versions: LimitVersions, _ dimensions: Set<LimitDimension>,
        _ connection: borrowing Connection
    ) throws(StoreError) -> [LimitClaim] {
        try claims(
            where: "l.shard = ?1 AND l.loan = ?2", SQLValue.loan(loan), versions, dimensions,
            connection)
    }

    /// The shares of loans whose disbursement, or the transfer of whose shares, is booked on a
    /// date.
    static func disbursed(
        on date: BusinessDate, by dimensions: Set<LimitDimension>,
        _ connection: borrowing Connection
    ) throws(StoreError) -> [LimitClaim] {
        let versions = try LimitVersions(connection)
        let disbursed = try claims(
            where: "f.booking_date = ?1", [.date(date)], versions, dimensions, connection)
        if versions.transferring.isEmpty { return disbursed }
        return try disbursed
            + claims(
                where: "h.booking_date = ?1 AND f.booking_date <> ?1", [.date(date)], versions,
                dimensions, connection)
    }

    private static func claims(
        where condition: String, _ values: [SQLValue], _ versions: LimitVersions,
        _ dimensions: Set<LimitDimension>, _ connection: borrowing Connection
    ) throws(StoreError) -> [LimitClaim] {
        let traits = TraitColumns(dimensions)
        let alike = rest + traits.names
        return try connection.all(
            """
            SELECT l.agreement, r.lender, l.currency, l.booked_on, r.state, \(rest),
                CAST(SUM(r.held_amount) AS BIGINT)\(traits.names)
            FROM loan l JOIN funding_request r ON r.shard = l.shard AND r.loan = l.loan \(facts)
            WHERE \(condition)
            GROUP BY l.agreement, r.lender, l.currency, l.booked_on, r.state, \(alike)
            UNION ALL
            SELECT l.agreement, s.lender, l.currency, l.booked_on, -1, \(rest),
                CAST(SUM(s.amount) AS BIGINT)\(traits.names)
            FROM loan l JOIN funding_share s ON s.shard = l.shard AND s.loan = l.loan \(facts)
            WHERE \(condition) AND NOT EXISTS (
                SELECT 1 FROM funding_request r
                WHERE r.shard = s.shard AND r.loan = s.loan AND r.lender = s.lender)
            GROUP BY l.agreement, s.lender, l.currency, l.booked_on, \(alike)
            """, values
        ) { row throws(StoreError) in try read(row, versions, traits) }
    }

    private static let rest =
        "l.state, p.state, f.booking_date, u.booking_date, l.agreement_version, h.booking_date"

    private static let facts = """
        LEFT JOIN payout p ON p.shard = l.shard AND p.loan = l.loan
        LEFT JOIN fact f ON f.shard = l.shard AND f.loan = l.loan AND f.kind = 0
        LEFT JOIN fact u ON u.shard = l.shard AND u.loan = l.loan AND u.\(Facts.undoes)
        LEFT JOIN fact h ON h.shard = l.shard AND h.loan = l.loan AND h.kind = 11
        """

    /// A share that is transferred comes into its lender's book by the transfer.
    private static func read(
        _ row: borrowing Row, _ versions: LimitVersions, _ traits: TraitColumns
    ) throws(StoreError) -> LimitClaim {
        let version = try row.text(9)
        let isAsked = try row.int64(4) >= 0
        let isTransferred = isAsked && versions.transferring.contains(version)
        return LimitClaim(
            agreement: try row.text(0), party: try row.party(1), currency: try row.currency(2),
            bookedOn: try row.date(3),
            request: isAsked ? try RequestCodes.states.value(row, 4) : nil,
            loan: try LoanCodes.states.value(row, 5),
            payout: row.isNull(6) ? nil : try PayoutCodes.states.value(row, 6),
            disbursedOn: try row.dateOrNil(isTransferred ? 10 : 7),
            undoneOn: try row.dateOrNil(8),
            drawsReserve: versions.drawing.contains(version),
            traits: try traits.read(row, from: 12), amount: try row.int64(11))
    }

    /// The date through which what closes post has been taken into the use of limits.
    static func posted(_ connection: borrowing Connection) throws(StoreError) -> BusinessDate? {
        try connection.first(
            "SELECT date FROM close_step WHERE step = ?1 ORDER BY date DESC LIMIT 1",
            [.text(CloseSteps.obligations)]
        ) { row throws(StoreError) in try row.date(0) }
    }

    /// Principal that the books show through a date.
    static func principal(
        through date: BusinessDate?, _ connection: borrowing Connection
    ) throws(StoreError) -> [LentPrincipal] {
        guard let date else { return [] }
        return try principal(where: "date <= ?1", date, connection)
    }

    /// Principal that came into the books on a date, less what left them.
    static func principal(
        on date: BusinessDate, _ connection: borrowing Connection
    ) throws(StoreError) -> [LentPrincipal] {
        try principal(where: "date = ?1", date, connection)
    }

    private static func principal(
        where condition: String, _ date: BusinessDate, _ connection: borrowing Connection
    ) throws(StoreError) -> [LentPrincipal] {
        try connection.all(
            """
            SELECT agreement, book, currency, CAST(SUM(amount) AS BIGINT) FROM ledger
            WHERE \(condition) AND account IN (?2, ?3) GROUP BY agreement, book, currency
            """,
            [.date(date)] + [Account.principal, .overduePrincipal].map { .int64(Int64($0.number)) }
        ) { row throws(StoreError) in
            LentPrincipal(
                agreement: try row.text(0), party: try row.party(1),
                currency: try row.currency(2), amount: try row.int64(3))
        }
    }
}
