internal import LendingRules
internal import Operations

/// How a payment line's part of one instalment lies in a row.
enum DistributionParts {
    /// The columns of a part in a query, its table named `p`; 13 of them.
    static let columns = """
        p.loan, p.line, p.instalment, p.lender, p.posted_on, \(ComponentColumns.names(of: "p")),
        p.service_fee
        """

    /// The first column after the part's.
    static let end = 6 + ComponentColumns.count

    /// The part in a row that begins with `columns`.
    static func read(_ row: borrowing Row) throws(StoreError) -> DistributionPart {
        DistributionPart(
            loan: try row.loan(0), line: try row.text(1), lender: try row.party(3),
            postedOn: try row.date(4), instalment: try row.count(2),
            components: try ComponentColumns.read(row, from: 5),
            serviceFee: try row.int64(5 + ComponentColumns.count))
    }

    /// Writes a row of the table `distribution_part`.
    static func write(_ part: DistributionPart, _ writer: any RowWriter) {
        writer.loan(part.loan)
        writer.text(part.line)
        writer.int64(Int64(part.instalment))
        writer.text(part.lender.name)
        writer.date(part.postedOn)
        ComponentColumns.write(part.components, writer)
        writer.int64(part.serviceFee)
    }
}
