package import Monetary

/// One line of an entry: an amount on one account of one book.
package struct Posting: Hashable, Sendable {
    package let book: BookID
    package let account: Account
    /// The other party of a due to/from account; nil elsewhere.
    package let counterparty: BookID?
    package let currency: Currency
    /// Minor units; debit positive, credit negative.
    package let amount: Int64

    package init(
        book: BookID, account: Account, counterparty: BookID? = nil, currency: Currency,
        amount: Int64
    ) {
        precondition(
            account.isInterparty == (counterparty != nil),
            "a counterparty stands on due to/from accounts and only there")
        self.book = book
        self.account = account
        self.counterparty = counterparty
        self.currency = currency
        self.amount = amount
    }
}
