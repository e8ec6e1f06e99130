package import Bookkeeping
package import Monetary

/// What a settlement event books, in the platform's book and mirrored in the party's (RULES § 8).
package enum SettlementEffect: Hashable, Sendable {
    /// What is due goes into transit: 1310 against 1020.
    case instruct(Int64)
    /// The statement shows it: 1020 against 1010.
    case transfer(Int64)
    /// What did not move is due again: 1020 against 1310.
    case putBack(Int64)

    /// The entries, lines of zero left out.
    package func postings(between platform: PartyID, and party: PartyID, in currency: Currency)
        -> [Posting]
    {
        func line(_ book: PartyID, _ account: Account, _ amount: Int64, _ other: PartyID)
            -> Posting
        {
            Posting(
                book: book.book, account: account,
                counterparty: account.isInterparty ? other.book : nil, currency: currency,
                amount: amount)
        }
        let (from, to, amount) = legs
        return [
            line(platform, from, amount, party), line(platform, to, -amount, party),
            line(party, from, -amount, platform), line(party, to, amount, platform),
        ].filter { $0.amount != 0 }
    }

    /// Debited and credited in the platform's book when it pays.
    private var legs: (debit: Account, credit: Account, amount: Int64) {
        switch self {
        case .instruct(let amount): (.dueToFrom, .cashInTransit, amount)
        case .transfer(let amount): (.cashInTransit, .cash, amount)
        case .putBack(let amount): (.cashInTransit, .dueToFrom, amount)
        }
    }
}
