internal import LendingRules
internal import Monetary
internal import Operations

/// How a line of credit lies in a row.
enum LineRecords {
    /// The columns of a record in a query.
    static let columns = """
        line, borrower, product, agreement, currency, line_limit, annual_rate, instalments,
        approved_at, booked_on, region, grade, channel, purpose, content_hash
        """

    /// The record in a row that begins with `columns`.
    static func read(_ row: borrowing Row) throws(StoreError) -> LineRecord {
        LineRecord(
            line: try row.loan(0), borrower: try row.text(1), product: try row.text(2),
            agreement: try row.text(3), currency: try row.currency(4), limit: try row.int64(5),
            rate: AnnualRate(units: try row.int64(6)), instalments: try row.count(7),
            approvedAt: try row.int64(8), bookedOn: try row.date(9), region: try row.text(10),
            grade: try row.text(11), channel: try row.text(12), purpose: try row.text(13),
            contentHash: try row.text(14))
    }

    /// Writes a row of the table `credit_line`.
    static func write(_ record: LineRecord, _ writer: any RowWriter) {
        writer.loan(record.line)
        writer.text(record.borrower)
        writer.text(record.product)
        writer.text(record.agreement)
        writer.text(record.currency.code)
        writer.int64(record.limit)
        writer.int64(record.rate.units)
        writer.int64(Int64(record.instalments))
        writer.int64(record.approvedAt)
        writer.date(record.bookedOn)
        writer.text(record.region)
        writer.text(record.grade)
        writer.text(record.channel)
        writer.text(record.purpose)
        writer.text(record.contentHash)
    }

    /// The line of an id, or nil when none is opened.
    static func line(
        _ id: LoanID, _ connection: borrowing Connection
    ) throws(StoreError) -> LineRecord? {
        try connection.first(
            "SELECT \(columns) FROM credit_line WHERE shard = ?1 AND line = ?2",
            SQLValue.loan(id), read)
    }

    /// Names of a line's notes in order.
    static func notes(
        of line: LoanID, _ connection: borrowing Connection
    ) throws(StoreError) -> [LoanID] {
        try connection.all(
            "SELECT loan FROM loan WHERE line_id = ?1 AND \(LoanRecords.isNote) ORDER BY loan",
            [.text(line.text)]
        ) { row throws(StoreError) in try row.loan(0) }
    }

    /// Holds a line until the transaction ends, and makes sure that it has so many notes.
    ///
    /// Throws `StoreError.overtaken` when another has drawn on it meanwhile.
    static func hold(
        _ line: LoanID, notes: Int, _ connection: borrowing Connection
    ) throws(StoreError) {
        let found = try connection.first(
            "SELECT line FROM credit_line WHERE shard = ?1 AND line = ?2 {lock}",
            SQLValue.loan(line)
        ) { _ throws(StoreError) in true }
        guard found == true, try Self.notes(of: line, connection).count == notes else {
            throw .overtaken(record: "line \(line)")
        }
    }
}
