// The files that move no money by themselves, and those this bank never has a line of.

extension FileLayout {
    private static let components = [
        "principal", "overdue_principal", "interest", "overdue_interest", "penalty", "fee",
        "service_fee",
    ]

    /// Shares promised and not paid out.
    package static let inFlight = FileLayout(
        name: "in-flight.csv", columns: ["request_key", "loan_id", "principal", "currency"],
        amounts: ["principal"])

    /// The instalments of this bank's claim, when a loan is paid out.
    package static let instalmentPlan = FileLayout(
        name: "instalment-plan.csv",
        columns: ["loan_id", "instalment", "due_date", "principal", "interest", "fee", "currency"],
        amounts: ["principal", "interest", "fee"], keys: 2)

    /// Payments by the instalments they paid on.
    package static let repaymentsByInstalment = FileLayout(
        name: "repayments-by-instalment.csv",
        columns: ["payment_id", "loan_id", "instalment"] + components + ["currency"],
        amounts: components, keys: 3)

    /// What accrued in the open period.
    package static let accruals = FileLayout(
        name: "accruals.csv",
        columns: ["loan_id", "interest", "penalty_principal", "penalty_interest", "currency"],
        amounts: ["interest", "penalty_principal", "penalty_interest"])

    /// Loans that became another status.
    package static let statusChanges = FileLayout(
        name: "status-changes.csv", columns: ["loan_id", "from", "to", "dpd", "class", "accrual"],
        amounts: [])

    /// Fees this bank is owed: none.
    package static let fees = FileLayout(
        name: "fees.csv", columns: ["fact_id", "kind", "net", "tax", "gross", "currency"],
        amounts: ["net", "tax", "gross"])

    /// Shares of loans that this bank has taken over, and claims sold and bought.
    package static let transfers = fact("transfers")

    /// Claims that guarantors have paid for, what covers pay, claims taken back, and transfers.
    package static let facts = [fact("compensations"), fact("buy-backs"), transfers]

    private static func fact(_ name: String) -> FileLayout {
        FileLayout(
            name: name + ".csv", columns: ofFacts[0].columns, amounts: ofFacts[0].amounts)
    }

    /// All files that this bank offers.
    package static let offered =
        [disbursements, inFlight, instalmentPlan, repayments, repaymentsByInstalment] + ofFacts
        + facts
        + [balances, accruals, statusChanges, fees]
}
