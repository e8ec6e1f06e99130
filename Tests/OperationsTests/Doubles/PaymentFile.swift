import Operations

/// Import tables of repayments as tests write them.
enum PaymentFile {
    static let columns = [
        "payment_id", "loan_id", "amount", "currency", "paid_at", "value_date", "channel",
        "reverses",
    ]

    /// A sound row; a blank value date leaves the date to the cut-off.
    static func row(
        _ id: String, _ loan: String = "L1", _ amount: String = "10.00",
        paidAt: String = "2026-01-02T10:00:00Z", valueDate: String = "", reverses: String = ""
    ) -> [String] {
        [id, loan, amount, "USD", paidAt, valueDate, "transfer", reverses]
    }

    /// A sound row with one field changed.
    static func row(with column: String, _ text: String) -> [String] {
        var row = row("P1")
        if let index = columns.firstIndex(of: column) { row[index] = text }
        return row
    }

    static func table(_ rows: [[String]], columns: [String] = columns) -> ImportTable {
        let table = LoanFile.table(rows, columns: columns)
        return ImportTable(file: "payments.csv", columns: columns, rows: table.rows)
    }
}
