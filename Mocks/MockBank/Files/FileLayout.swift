// The files of a business date that this bank reads or offers, and their columns.

/// A file's name and columns; the key comes first.
package struct FileLayout: Sendable {
    /// The name with its suffix.
    package let name: String
    /// All columns in order.
    package let columns: [String]
    /// The columns that hold amounts.
    package let amounts: [String]
    /// How many of the first columns name a line.
    package var keys = 1

    /// The name of a line: its key columns, parted by commas.
    func key(_ row: [String]) -> String { row.prefix(keys).joined(separator: ",") }

    /// Payouts of loans.
    package static let disbursements = FileLayout(
        name: "disbursements.csv",
        columns: [
            "request_key", "loan_id", "partner_loan_no", "principal", "currency", "value_date",
            "reverses",
        ],
        amounts: ["principal"])

    /// Payments of borrowers, this bank's part.
    package static let repayments = FileLayout(
        name: "repayments.csv",
        columns: [
            "payment_id", "loan_id", "principal", "overdue_principal", "interest",
            "overdue_interest", "penalty", "fee", "service_fee", "currency", "value_date",
            "reverses", "correction_of",
        ],
        amounts: [
            "principal", "overdue_principal", "interest", "overdue_interest", "penalty", "fee",
            "service_fee",
        ])

    /// Buckets of loans with movement at the end of the date.
    package static let balances = FileLayout(
        name: "balances.csv",
        columns: [
            "loan_id", "principal", "overdue_principal", "interest", "overdue_interest",
            "penalty_principal", "penalty_interest", "fee", "currency", "dpd", "class", "accrual",
        ],
        amounts: [
            "principal", "overdue_principal", "interest", "overdue_interest", "penalty_principal",
            "penalty_interest", "fee",
        ])

    /// Waivers, charge-offs, recoveries, refunds and corrections of them, in this order.
    package static let ofFacts = [
        "waivers", "charge-offs", "recoveries", "refunds", "corrections",
    ].map { name in
        FileLayout(
            name: name + ".csv",
            columns: [
                "fact_id", "loan_id", "kind", "principal", "overdue_principal", "interest",
                "overdue_interest", "penalty", "fee", "counterparty", "price", "currency",
                "value_date", "reverses",
            ],
            amounts: [
                "principal", "overdue_principal", "interest", "overdue_interest", "penalty",
                "fee", "price",
            ])
    }

    func index(of column: String) -> Int {
        columns.firstIndex(of: column) ?? columns.count
    }
}

/// A file as rows of text under its layout.
package struct FileTable: Equatable, Sendable {
    /// Name of the file.
    package let name: String
    /// Rows without the header.
    package var rows: [[String]]

    /// A table of a layout.
    package init(_ layout: FileLayout, rows: [[String]]) {
        name = layout.name
        self.rows = rows
    }

    /// The layout that belongs to the name.
    package var layout: FileLayout {
        FileLayout.offered.first { $0.name == name } ?? .balances
    }

    /// The file's bytes: header line, then the rows as they stand.
    package var bytes: [UInt8] { CSV.write([layout.columns] + rows) }

    /// Reads a file; throws when the header, a width or an amount is not that of the layout.
    package init(_ layout: FileLayout, _ bytes: [UInt8], _ currency: Currency) throws(FileFault) {
        let all = try CSV.parse(bytes)
        guard let header = all.first, header == layout.columns else {
            throw FileFault(
                line: 1, column: "",
                reason: "the header must be " + layout.columns.joined(separator: ","))
        }
        self.init(layout, rows: Array(all.dropFirst()))
        for (index, row) in rows.enumerated() {
            try FileTable.check(row, line: index + 2, layout, currency)
        }
    }

    private static func check(
        _ row: [String], line: Int, _ layout: FileLayout, _ currency: Currency
    ) throws(FileFault) {
        guard row.count == layout.columns.count else {
            throw FileFault(line: line, column: "", reason: "\(layout.columns.count) fields")
        }
        for (column, field) in zip(layout.columns, row) {
            let fault = FileFault(line: line, column: column, reason: "cannot read \"\(field)\"")
            if layout.amounts.contains(column), currency.minorUnits(field) == nil { throw fault }
            if column == "currency", field != currency.code { throw fault }
            if ["value_date", "due_date"].contains(column), Day(field) == nil { throw fault }
            if column == layout.columns[0], field.isEmpty { throw fault }
        }
    }

    func field(_ row: Int, _ column: String) -> String { rows[row][layout.index(of: column)] }
}
