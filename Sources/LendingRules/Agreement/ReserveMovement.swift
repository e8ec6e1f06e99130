package import Bookkeeping
package import BusinessCalendar
package import Monetary

/// What a lender pays into its deposit with the platform, or is paid back of it.
package struct ReserveMovement: Hashable, Sendable {
    package let party: PartyID
    /// Unique for the party for ever, such as the bank's reference.
    package let id: String
    package let currency: Currency
    /// Minor units; positive when it is paid in.
    package let amount: Int64
    /// The open business date on which it was learned.
    package let bookedOn: BusinessDate

    package init(
        party: PartyID, id: String, currency: Currency, amount: Int64, bookedOn: BusinessDate
    ) {
        self.party = party
        self.id = id
        self.currency = currency
        self.amount = amount
        self.bookedOn = bookedOn
    }

    /// Where what is drawn on the deposit counts.
    package var key: LimitKey { .reserve(of: party, currency) }

    /// The entries: cash against the deposit, in the platform's book and mirrored in the lender's.
    package func postings(platform: PartyID) -> [Posting] {
        func line(
            _ book: PartyID, _ account: Account, _ amount: Int64, with other: PartyID? = nil
        ) -> Posting {
            Posting(
                book: book.book, account: account, counterparty: other?.book, currency: currency,
                amount: amount)
        }
        return [
            line(platform, .cash, amount), line(platform, .reserve, -amount, with: party),
            line(party, .cash, -amount), line(party, .reserve, amount, with: platform),
        ]
    }
}
