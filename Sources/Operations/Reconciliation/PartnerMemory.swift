package import BusinessCalendar
package import LendingRules
package import Reconciling

/// What a partner's files of a date say of its own books.
package struct PartnerSayings: Hashable, Sendable {
    /// Its own numbers of loans, in number and loan order.
    package let numbers: [LoanNumber]
    /// Closing balances, in loan order.
    package let balances: [StatedBalance]

    package init(numbers: [LoanNumber] = [], balances: [StatedBalance] = []) {
        self.numbers = numbers
        self.balances = balances
    }
}

/// What partners have said before; each method is one transaction.
package protocol PartnerMemory: Sendable {
    /// What the party's files of dates before this one said of numbers, in number and loan order.
    func loans(numbered numbers: Set<String>, by party: PartyID, before date: BusinessDate)
        async throws -> [LoanNumber]
    /// The last balance before a date that the party stated of each loan, unless the files of a
    /// date since then are not all there.
    func stated(by party: PartyID, of loans: [String], before date: BusinessDate) async throws
        -> [StatedBalance]
}

/// A balance with who stated it.
package struct PartnerBalance: Hashable, Sendable {
    package let party: PartyID
    package let balance: StatedBalance

    package init(party: PartyID, balance: StatedBalance) {
        self.party = party
        self.balance = balance
    }
}

/// A number with whose it is.
package struct PartnerLoanNumber: Hashable, Sendable {
    package let party: PartyID
    /// The business date whose files said so.
    package let date: BusinessDate
    package let number: LoanNumber

    package init(party: PartyID, date: BusinessDate, number: LoanNumber) {
        self.party = party
        self.date = date
        self.number = number
    }
}
