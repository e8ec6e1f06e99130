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

    /// Claims that guarantors have paid for, and what covers have paid.
    package static let compensations = claims("compensations")

    /// Claims taken back, and those that stand for them.
    package static let buyBacks = claims("buy-backs")

    /// Claims that go to other holders.
    package static let laterFacts = [compensations, buyBacks, transfers]

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
