package import Monetary

/// Sums per book, account, counterparty and currency, with the two laws they must keep.
package struct TrialBalance: Sendable {
    /// What one sum is kept for.
    package struct Key: Hashable, Comparable, Sendable {
        package let book: BookID
        package let account: Account
        package let counterparty: BookID?
        package let currency: Currency

        package static func < (left: Key, right: Key) -> Bool {
            (left.book, left.account, left.counterparty?.name ?? "", left.currency)
                < (right.book, right.account, right.counterparty?.name ?? "", right.currency)
        }
    }

    private var sums: [Key: Int64] = [:]

    package init() {}

    /// Adds one posting.
    ///
    /// - Throws: ``UnbalancedGroup/overflow``.
    package mutating func add(_ posting: Posting) throws(UnbalancedGroup) {
        let key = Key(
            book: posting.book, account: posting.account, counterparty: posting.counterparty,
            currency: posting.currency)
        let (sum, overflow) = sums[key, default: 0].addingReportingOverflow(posting.amount)
        if overflow { throw .overflow }
        sums[key] = sum
    }

    /// The sums in book, account, counterparty and currency order; debit positive.
    package var rows: [(key: Key, amount: Int64)] {
        sums.sorted { $0.key < $1.key }.map { (key: $0.key, amount: $0.value) }
    }

    /// Every book sums to zero (money and memorandum accounts apart) and every pair mirrors.
    ///
    /// - Throws: ``UnbalancedGroup`` with the first book or pair in order that does not.
    package func check() throws(UnbalancedGroup) {
        try checkBooks()
        try checkPairs()
    }

    private func checkBooks() throws(UnbalancedGroup) {
        var totals: [BookSide: Int64] = [:]
        for (key, amount) in rows {
            let side = BookSide(
                book: key.book, currency: key.currency, isMemorandum: key.account.isMemorandum)
            let (sum, overflow) = totals[side, default: 0].addingReportingOverflow(amount)
            if overflow { throw .overflow }
            totals[side] = sum
        }
        for (side, sum) in totals.sorted(by: { $0.key < $1.key }) where sum != 0 {
            throw .book(side.book, side.currency, sum: sum)
        }
    }

    private func checkPairs() throws(UnbalancedGroup) {
        for (key, amount) in rows {
            guard let other = key.counterparty else { continue }
            let mirror = Key(
                book: other, account: key.account, counterparty: key.book, currency: key.currency)
            let (difference, overflow) = amount.addingReportingOverflow(sums[mirror] ?? 0)
            if overflow { throw .overflow }
            if difference != 0 {
                throw .pair(key.book, other, key.currency, difference: difference)
            }
        }
    }
}

private struct BookSide: Hashable, Comparable {
    let book: BookID
    let currency: Currency
    let isMemorandum: Bool

    static func < (left: BookSide, right: BookSide) -> Bool {
        (left.book, left.currency, left.isMemorandum ? 1 : 0)
            < (right.book, right.currency, right.isMemorandum ? 1 : 0)
    }
}
