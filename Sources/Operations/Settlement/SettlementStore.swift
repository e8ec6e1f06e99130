package import Bookkeeping
package import BusinessCalendar
package import LendingRules
package import Monetary

/// One business date of one partner that waits for its settlement.
package struct UnsettledDay: Hashable, Sendable {
    package let date: BusinessDate
    package let party: PartyID
    /// Whether run 2 of the date is over, with or without breaks.
    package let isReconciled: Bool
    package let obligations: [Obligation]

    package init(
        date: BusinessDate, party: PartyID, isReconciled: Bool, obligations: [Obligation]
    ) {
        self.date = date
        self.party = party
        self.isReconciled = isReconciled
        self.obligations = obligations
    }
}

/// The single payment that clears a netting set.
package struct SettlementInstruction: Hashable, Sendable {
    /// The settlement day.
    package let settlesOn: BusinessDate
    package let party: PartyID
    package let currency: Currency
    /// Minor units; positive when the platform pays the party.
    package let amount: Int64
    /// Business dates netted into it, oldest first.
    package let dates: [BusinessDate]
    /// Entries, dated the open date on which it was instructed.
    package let postings: [Posting]

    package init(
        settlesOn: BusinessDate, party: PartyID, currency: Currency, amount: Int64,
        dates: [BusinessDate], postings: [Posting]
    ) {
        self.settlesOn = settlesOn
        self.party = party
        self.currency = currency
        self.amount = amount
        self.dates = dates
        self.postings = postings
    }
}

/// Settlement as the store sees it; each method is one transaction.
package protocol SettlementStore: Sendable {
    /// The business date on which whatever is booked now counts.
    func openDate() async throws -> BusinessDate
    /// Closed dates with obligations that no instruction covers, in party and date order.
    func unsettled() async throws -> [UnsettledDay]
    /// Parties that were instructed for this settlement day already.
    func instructed(on settlementDay: BusinessDate) async throws -> Set<PartyID>
    /// Records instructions with their entries; a date is covered once.
    func instruct(_ instructions: [SettlementInstruction], on date: BusinessDate) async throws
}

/// Settlements as people ask about them.
package protocol SettlementQueries: Sendable {
    /// Instructions in settlement day, party and currency order.
    func instructions() async throws -> [SettlementInstruction]
    /// Obligations of closed dates in date, party, currency and type order.
    func obligations(party: PartyID?) async throws -> [Obligation]
}
