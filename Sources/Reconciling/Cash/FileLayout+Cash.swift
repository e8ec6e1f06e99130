// The two files in which other houses tell what became of our money.

extension FileLayout {
    /// Payments that a payment channel took from borrowers, and what it kept of each.
    package static let channel = FileLayout(
        name: "channel", role: .movement, keyColumns: ["channel_ref"],
        amountColumns: [
            AmountColumn("gross", nil), AmountColumn("fee", nil), AmountColumn("net", nil),
        ],
        dateColumn: "value_date", fieldColumns: ["payment_id"], ignoredColumns: [],
        loanColumn: .field(0))

    /// What moved on our account; a credit is positive.
    package static let cash = FileLayout(
        name: "cash", role: .movement, keyColumns: ["bank_ref"],
        amountColumns: [AmountColumn("amount", nil)], dateColumn: "value_date",
        fieldColumns: ["remittance"], ignoredColumns: [], loanColumn: .field(0))
}
