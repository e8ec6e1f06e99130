// The files of partner protocol v1 that move no money by themselves.

extension FileLayout {
    /// Requests accepted and not paid out at the cut-off: the whole list, every day.
    package static let inFlight = FileLayout(
        name: "in-flight", role: .standing, keyColumns: ["request_key"],
        amountColumns: [AmountColumn("principal", nil)], dateColumn: nil,
        fieldColumns: ["loan_id"], ignoredColumns: [], loanColumn: .field(0))

    /// The instalments of the share, once when a loan is disbursed and again when they change.
    package static let instalmentPlan = FileLayout(
        name: "instalment-plan", role: .plan, keyColumns: ["loan_id", "instalment"],
        amountColumns: [
            AmountColumn("principal", nil), AmountColumn("interest", nil),
            AmountColumn("fee", nil),
        ],
        dateColumn: "due_date", fieldColumns: [], ignoredColumns: [], loanColumn: .key(0))

    /// The lines of the repayments file by instalment; the sums are counted there.
    package static let repaymentsByInstalment = FileLayout(
        name: "repayments-by-instalment", role: .part,
        keyColumns: ["payment_id", "loan_id", "instalment"],
        amountColumns: [
            AmountColumn("principal", nil), AmountColumn("overdue_principal", nil),
            AmountColumn("interest", nil), AmountColumn("overdue_interest", nil),
            AmountColumn("penalty", nil), AmountColumn("fee", nil),
            AmountColumn("service_fee", nil),
        ],
        dateColumn: nil, fieldColumns: [], ignoredColumns: [], loanColumn: .key(1))

    /// What accrued in the open period, of the loans in the balances file.
    package static let accruals = FileLayout(
        name: "accruals", role: .accrual, keyColumns: ["loan_id"],
        amountColumns: [
            AmountColumn("interest", nil), AmountColumn("penalty_principal", nil),
            AmountColumn("penalty_interest", nil),
        ],
        dateColumn: nil, fieldColumns: [], ignoredColumns: [], loanColumn: .key(0))

    /// Loans that became another status on the date.
    package static let statusChanges = FileLayout(
        name: "status-changes", role: .status, keyColumns: ["loan_id"], amountColumns: [],
        dateColumn: nil, fieldColumns: ["from", "to", "dpd", "class", "accrual"],
        ignoredColumns: [], loanColumn: .key(0), hasCurrency: false)

    /// Fees that the sender is owed. The other side's are others: its lines are held against
    /// what we know to owe, never against our own claims.
    package static let fees = FileLayout(
        name: "fees", role: .claim, keyColumns: ["fact_id"],
        amountColumns: [
            AmountColumn("net", nil), AmountColumn("tax", nil), AmountColumn("gross", nil),
        ],
        dateColumn: nil, fieldColumns: ["kind"], ignoredColumns: [], loanColumn: .absent)
}
