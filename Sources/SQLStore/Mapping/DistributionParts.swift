internal import LendingRules
internal import Operations

/// How a payment line's part of one instalment lies in a row.
enum DistributionParts {
    /// The columns of a part in a query, its table named `p`; 11 of them.
    static let columns = """
        p.loan, p.line, p.instalment, p.lender, p.posted_on, p.principal, p.overdue_principal,
        p.interest, p.overdue_interest, p.penalty, p.service_fee
        """

    /// The first column after the part's.
    static let end = 11

    /// The part in a row that begins with `columns`.
    static func read(_ row: borrowing Row) throws(StoreError) -> DistributionPart {
        var components = Components()
        components.principal = try row.int64(5)
        components.overduePrincipal = try row.int64(6)
        components.interest = try row.int64(7)
        components.overdueInterest = try row.int64(8)
        components.penalty = try row.int64(9)
        return DistributionPart(
            loan: try row.loan(0), line: try row.text(1), lender: try row.party(3),
            postedOn: try row.date(4), instalment: try row.count(2), components: components,
            serviceFee: try row.int64(10))
    }

    /// Writes a row of the table `distribution_part`.
    static func write(_ part: DistributionPart, _ writer: any RowWriter) {
        writer.loan(part.loan)
        writer.text(part.line)
        writer.int64(Int64(part.instalment))
        writer.text(part.lender.name)
        writer.date(part.postedOn)
        writer.int64(part.components.principal)
        writer.int64(part.components.overduePrincipal)
        writer.int64(part.components.interest)
        writer.int64(part.components.overdueInterest)
        writer.int64(part.components.penalty)
        writer.int64(part.serviceFee)
    }
}
