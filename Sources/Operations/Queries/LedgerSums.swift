package import Bookkeeping
package import BusinessCalendar
package import LendingRules

/// Lines of the ledger with their shards taken together: what a report or an export tells.
package struct LedgerSum: Hashable, Sendable {
    package let date: BusinessDate
    package let kind: EntryKind
    /// Name of the agreement, empty for settlements.
    package let agreement: String
    package let posting: Posting

    package init(date: BusinessDate, kind: EntryKind, agreement: String, posting: Posting) {
        self.date = date
        self.kind = kind
        self.agreement = agreement
        self.posting = posting
    }
}

/// The ledger by date, kind and agreement; each method is one read.
package protocol LedgerSums: Sendable {
    /// Sums of dates, in date, kind, agreement, book, account, counterparty and currency order;
    /// those that come to nothing are left out.
    func sums(from: BusinessDate, through: BusinessDate) async throws -> [LedgerSum]
}
