import Operations

/// Import tables of loans as tests write them.
enum LoanFile {
    static let columns = [
        "loan_id", "borrower_id", "product", "principal", "currency", "annual_rate_percent",
        "instalments", "approved_at", "agreement", "first_due_on", "region", "grade", "channel",
        "purpose",
    ]

    /// A sound row of the `duo` agreement, or of the product given.
    static func row(
        _ id: String, product: String = "instalment-loan", principal: String = "1000.00",
        rate: String = "12", instalments: String = "3", firstDueOn: String = ""
    ) -> [String] {
        [
            id, "B-\(id)", product, principal, "USD", rate, instalments,
            "2026-01-01T09:00:00Z", "", firstDueOn, "north", "A", "app", "home",
        ]
    }

    /// A sound row with one field changed.
    static func row(with column: String, _ text: String) -> [String] {
        var row = row("L1")
        if let index = columns.firstIndex(of: column) { row[index] = text }
        return row
    }

    /// A table of rows; fields start at columns 1, 11, 21 … so that places are told apart.
    static func table(_ rows: [[String]], columns: [String] = columns) -> ImportTable {
        ImportTable(
            file: "loans.csv", columns: columns,
            rows: rows.enumerated().map { number, row in
                ImportRow(
                    line: number + 2,
                    fields: row.enumerated().map {
                        ImportField(text: $1, column: 10 * $0 + 1)
                    })
            })
    }
}
