package import Monetary

/// Why a set of postings is not a posting group.
package enum UnbalancedGroup: Error, Hashable, Sendable {
    /// The lines of one book do not sum to zero.
    case book(BookID, Currency, sum: Int64)
    /// What one book owes the other is not what the other expects.
    case pair(BookID, BookID, Currency, difference: Int64)
    /// A sum does not fit in 64 bits.
    case overflow
}

/// One balanced entry per touched book, written together (RULES § 8).
package struct PostingGroup: Hashable, Sendable {
    package let postings: [Posting]

    /// A group whose books balance and whose pairs mirror; zero lines are dropped.
    ///
    /// - Throws: ``UnbalancedGroup`` naming the book or pair and the difference.
    package init(_ postings: [Posting]) throws(UnbalancedGroup) {
        self.postings = postings.filter { $0.amount != 0 }
        var balance = TrialBalance()
        for posting in self.postings { try balance.add(posting) }
        try balance.check()
    }
}
