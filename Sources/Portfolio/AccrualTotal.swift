import Bookkeeping
package import LendingRules
package import Monetary

/// Contract interest of one date, summed over the quiet loans of a shard, agreement and lender.
package struct AccrualTotal: Hashable, Sendable {
    package let shard: UInt16
    package let agreement: String
    package let currency: Currency
    package let lender: PartyID
    /// Minor units, above zero.
    package let amount: Int64

    package init(
        shard: UInt16, agreement: String, currency: Currency, lender: PartyID, amount: Int64
    ) {
        self.shard = shard
        self.agreement = agreement
        self.currency = currency
        self.lender = lender
        self.amount = amount
    }

    /// The entry in the lender's book, as `LoanPostings` makes it: Dr 1130, Cr 4010.
    package var postings: [KindedPosting] {
        [(Account.interest, amount), (Account.interestIncome, -amount)].map { account, amount in
            KindedPosting(
                .accrual,
                Posting(book: lender.book, account: account, currency: currency, amount: amount))
        }
    }
}

extension AccrualTotal: Comparable {
    /// Shard, agreement, currency, lender: the order of output.
    package static func < (left: AccrualTotal, right: AccrualTotal) -> Bool {
        (left.shard, left.agreement, left.currency, left.lender, left.amount)
            < (right.shard, right.agreement, right.currency, right.lender, right.amount)
    }
}
