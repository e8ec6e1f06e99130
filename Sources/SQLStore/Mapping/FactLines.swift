internal import LendingRules
internal import Operations

/// How a lender's part of a waiver, charge-off, recovery or transfer lies in a row.
enum FactLines {
    /// The columns of a part in a query, its table named `x`; 16 of them.
    static let columns = """
        x.loan, x.line, x.lender, x.kind, x.posted_on, x.value_date, x.corrects, x.counterparty,
        \(ComponentColumns.names(of: "x")), x.price
        """

    /// The first column after the part's.
    static let end = 9 + ComponentColumns.count

    /// The part in a row that begins with `columns`.
    static func read(_ row: borrowing Row) throws(StoreError) -> FactLine {
        FactLine(
            loan: try row.loan(0), line: try row.text(1), lender: try row.party(2),
            kind: try FactLineCodes.kinds.value(row, 3), postedOn: try row.date(4),
            valueDate: try row.date(5), corrects: try row.text(6),
            counterparty: try row.text(7),
            components: try ComponentColumns.read(row, from: 8),
            price: try row.int64(8 + ComponentColumns.count))
    }

    /// Writes a row of the table `fact_line`.
    static func write(_ row: FactLine, _ writer: any RowWriter) {
        writer.loan(row.loan)
        writer.text(row.line)
        writer.text(row.lender.name)
        writer.int64(FactLineCodes.kinds.code(row.kind))
        writer.date(row.postedOn)
        writer.date(row.valueDate)
        writer.text(row.corrects)
        writer.text(row.counterparty)
        ComponentColumns.write(row.components, writer)
        writer.int64(row.price)
    }
}
