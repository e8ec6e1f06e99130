// The reconciled files of partner protocol v1.

extension FileLayout {
    /// Principal handed to borrowers, one line per funding request.
    package static let disbursements = FileLayout(
        name: "disbursements", role: .movement, keyColumns: ["request_key"],
        amountColumns: [AmountColumn("principal", .principal)],
        dateColumn: "value_date", fieldColumns: ["loan_id", "reverses"],
        ignoredColumns: ["partner_loan_no"], loanColumn: .field(0),
        loanNumberColumn: "partner_loan_no")

    /// Borrowers' money, one line per payment; a positive amount lowers what is owed.
    package static let repayments = FileLayout(
        name: "repayments", role: .movement, keyColumns: ["payment_id"],
        amountColumns: [
            AmountColumn("principal", .principal, direction: -1),
            AmountColumn("overdue_principal", .principal, direction: -1),
            AmountColumn("interest", .interest, direction: -1),
            AmountColumn("overdue_interest", .interest, direction: -1),
            AmountColumn("penalty", .penalty, direction: -1),
            AmountColumn("fee", .fee, direction: -1),
            AmountColumn("service_fee", nil),
        ],
        dateColumn: "value_date", fieldColumns: ["loan_id", "reverses", "correction_of"],
        ignoredColumns: [], loanColumn: .field(0))

    /// What each loan that moved owes at the end of the date, by bucket, and its status.
    package static let balances = FileLayout(
        name: "balances", role: .balance, keyColumns: ["loan_id"],
        amountColumns: [
            AmountColumn("principal", .principal), AmountColumn("overdue_principal", .principal),
            AmountColumn("interest", .interest), AmountColumn("overdue_interest", .interest),
            AmountColumn("penalty_principal", .penalty),
            AmountColumn("penalty_interest", .penalty), AmountColumn("fee", .fee),
        ],
        dateColumn: nil, fieldColumns: ["dpd", "class", "accrual"], ignoredColumns: [],
        loanColumn: .key(0))

    /// Every file this build reconciles, in the order in which breaks are listed.
    package static let reconciled: [FileLayout] =
        [disbursements, inFlight, instalmentPlan, repayments, repaymentsByInstalment]
        + ofFacts + laterFacts + [balances, accruals, statusChanges, fees]
}
