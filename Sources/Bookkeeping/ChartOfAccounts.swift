/// Names and kinds of the accounts, as configured.
package struct ChartOfAccounts: Hashable, Sendable {
    /// Which side of the statements an account belongs to.
    package enum Kind: String, Sendable, CaseIterable {
        case asset, liability, equity, income, expense, memorandum
    }

    /// One account as people see it.
    package struct Entry: Hashable, Sendable {
        package let account: Account
        package let name: String
        package let kind: Kind

        package init(account: Account, name: String, kind: Kind) {
            self.account = account
            self.name = name
            self.kind = kind
        }
    }

    /// In account order.
    package let entries: [Entry]
    private let byAccount: [Account: Entry]

    /// A chart of entries with distinct accounts; a later double replaces the earlier.
    package init(_ entries: [Entry]) {
        byAccount = Dictionary(entries.map { ($0.account, $0) }) { _, later in later }
        self.entries = byAccount.values.sorted { $0.account < $1.account }
    }

    /// The configured entry of an account, or nil.
    package func entry(of account: Account) -> Entry? { byAccount[account] }

    /// The account's name, or its number when the chart does not name it.
    package func name(of account: Account) -> String {
        byAccount[account]?.name ?? account.description
    }
}
