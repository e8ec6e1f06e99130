package import Bookkeeping
package import BusinessCalendar
package import Monetary

/// The ledger as people ask about it.
package protocol BookQueries: Sendable {
    /// Sums of everything posted through a date (nil: all), in key order.
    func balances(through date: BusinessDate?) async throws -> [BookBalance]
    /// Ledger rows of dates, in id order; nil bounds and book mean all.
    func entries(from: BusinessDate?, through: BusinessDate?, book: BookID?) async throws
        -> [LedgerRow]
    /// Distribution rows posted on dates, in loan and line order.
    func distributions(from: BusinessDate?, through: BusinessDate?) async throws
        -> [DistributionRow]
    /// Lines of waivers, charge-offs and recoveries posted on dates, in loan and line order.
    func factLines(from: BusinessDate?, through: BusinessDate?) async throws -> [FactLine]
}

/// One sum of the trial balance.
package struct BookBalance: Hashable, Sendable {
    package let book: BookID
    package let account: Account
    package let counterparty: BookID?
    package let currency: Currency
    /// Minor units; debit positive.
    package let amount: Int64

    package init(
        book: BookID, account: Account, counterparty: BookID?, currency: Currency, amount: Int64
    ) {
        self.book = book
        self.account = account
        self.counterparty = counterparty
        self.currency = currency
        self.amount = amount
    }
}
