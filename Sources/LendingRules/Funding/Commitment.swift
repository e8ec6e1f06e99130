package import Bookkeeping
package import Monetary

/// The memorandum of a share that is asked for and not yet disbursed (9010 and its contra).
package enum Commitment {
    /// Postings in the lender's book; a negative amount releases.
    package static func postings(party: PartyID, currency: Currency, amount: Int64) -> [Posting] {
        guard amount != 0 else { return [] }
        return [
            Posting(
                book: party.book, account: .commitments, currency: currency, amount: amount),
            Posting(
                book: party.book, account: .commitmentsContra, currency: currency, amount: -amount),
        ]
    }
}
