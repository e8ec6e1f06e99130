internal import LendingRules
internal import Monetary
internal import Operations

/// How a loan's record lies in a row.
enum LoanRecords {
    /// The columns of a record in a query, the loan's table named `l`; 20 of them.
    static let columns = """
        l.loan, l.borrower, l.product, l.product_version, l.agreement, l.agreement_version,
        l.currency, l.principal, l.annual_rate, l.instalments, l.first_due_on, l.approved_at,
        l.booked_on, l.region, l.grade, l.channel, l.purpose, l.content_hash, l.line_id,
        l.calculation
        """

    /// The first column after the record's.
    static let end = 20

    /// The record in a row that begins with `columns`.
    static func read(_ row: borrowing Row) throws(StoreError) -> LoanRecord {
        LoanRecord(
            loan: try row.loan(0), borrower: try row.text(1), product: try row.text(2),
            productVersion: TermsVersion(try row.text(3)), agreement: try row.text(4),
            agreementVersion: TermsVersion(try row.text(5)), currency: try row.currency(6),
            principal: try row.int64(7), rate: AnnualRate(units: try row.int64(8)),
            instalments: try row.count(9), firstDueOn: try row.dateOrNil(10),
            approvedAt: try row.int64(11), bookedOn: try row.date(12),
            region: try row.text(13), grade: try row.text(14), channel: try row.text(15),
            purpose: try row.text(16), contentHash: try row.text(17), line: try line(row, 18),
            calculation: CalculationVersion(try row.count(19)))
    }

    /// Of a loan that is a note of a line.
    static let isNote = "line_id <> ''"

    private static func line(_ row: borrowing Row, _ column: Int) throws(StoreError) -> LoanID? {
        let text = try row.text(column)
        return text.isEmpty ? nil : LoanID(text)
    }

    /// Writes a row of the table `loan`, not disbursed yet.
    static func write(_ record: LoanRecord, state: LoanState, _ writer: any RowWriter) {
        writer.loan(record.loan)
        writer.text(record.borrower)
        writer.text(record.product)
        writer.text(record.productVersion.text)
        writer.text(record.agreement)
        writer.text(record.agreementVersion.text)
        writer.text(record.currency.code)
        writer.int64(record.principal)
        writer.int64(record.rate.units)
        writer.int64(Int64(record.instalments))
        writer.date(record.firstDueOn)
        writer.int64(record.approvedAt)
        writer.date(record.bookedOn)
        writer.text(record.region)
        writer.text(record.grade)
        writer.text(record.channel)
        writer.text(record.purpose)
        writer.text(record.contentHash)
        writer.text(record.line?.text ?? "")
        writer.int64(Int64(record.calculation.number))
        writer.int64(LoanCodes.states.code(state))
        writer.null()
    }
}
