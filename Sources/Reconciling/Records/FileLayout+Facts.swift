// The files of facts beyond payments: claims that go without cash, cash without claims.

extension FileLayout {
    /// Claims given up; a negative amount lowers what is owed.
    package static let waivers = claims("waivers")

    /// Claims written off; a negative amount lowers what is owed.
    package static let chargeOffs = claims("charge-offs")

    /// What later facts changed of earlier lines of these files.
    package static let corrections = claims("corrections")

    /// Cash for claims written off, which balances do not hold any more.
    package static let recoveries = cash("recoveries")

    /// Cash paid back to borrowers that was a lender's.
    package static let refunds = cash("refunds")

    /// These files in the order in which they are sent.
    package static let ofFacts = [waivers, chargeOffs, recoveries, refunds, corrections]

    /// Claims that changed hands; a positive amount was taken over.
    package static let transfers = claims("transfers")

    /// Facts of loss sharing, of which there are no lines yet, and transfers.
    package static let laterFacts = [claims("compensations"), claims("buy-backs"), transfers]

    private static func claims(_ name: String) -> FileLayout {
        facts(name) { $0 }
    }

    private static func cash(_ name: String) -> FileLayout {
        facts(name) { _ in nil }
    }

    private static func facts(
        _ name: String, _ component: (BalanceComponent) -> BalanceComponent?
    ) -> FileLayout {
        FileLayout(
            name: name, role: .movement, keyColumns: ["fact_id"],
            amountColumns: [
                AmountColumn("principal", component(.principal)),
                AmountColumn("overdue_principal", component(.principal)),
                AmountColumn("interest", component(.interest)),
                AmountColumn("overdue_interest", component(.interest)),
                AmountColumn("penalty", component(.penalty)),
                AmountColumn("fee", component(.fee)), AmountColumn("price", nil),
            ],
            dateColumn: "value_date",
            fieldColumns: ["loan_id", "kind", "counterparty", "reverses"],
            ignoredColumns: [], loanColumn: .field(0))
    }
}
