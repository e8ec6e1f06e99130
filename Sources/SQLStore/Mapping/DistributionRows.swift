internal import LendingRules
internal import Operations

/// How a lender's part of a payment line lies in a row.
enum DistributionRows {
    /// The columns of a part in a query, its table named `d`; 15 of them.
    static let columns = """
        d.loan, d.line, d.lender, d.posted_on, d.value_date, d.reverses, d.correction_of,
        \(ComponentColumns.names(of: "d")), d.service_fee
        """

    /// The first column after the part's.
    static let end = 8 + ComponentColumns.count

    /// The part in a row that begins with `columns`.
    static func read(_ row: borrowing Row) throws(StoreError) -> DistributionRow {
        DistributionRow(
            loan: try row.loan(0), line: try row.text(1), lender: try row.party(2),
            postedOn: try row.date(3), valueDate: try row.date(4), reverses: try row.text(5),
            correctionOf: try row.text(6),
            components: try ComponentColumns.read(row, from: 7),
            serviceFee: try row.int64(7 + ComponentColumns.count))
    }

    /// Writes a row of the table `distribution`.
    static func write(_ row: DistributionRow, _ writer: any RowWriter) {
        writer.loan(row.loan)
        writer.text(row.line)
        writer.text(row.lender.name)
        writer.date(row.postedOn)
        writer.date(row.valueDate)
        writer.text(row.reverses)
        writer.text(row.correctionOf)
        ComponentColumns.write(row.components, writer)
        writer.int64(row.serviceFee)
    }
}
