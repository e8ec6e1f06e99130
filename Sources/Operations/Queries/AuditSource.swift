package import BusinessCalendar
package import LendingRules
package import Monetary
package import Portfolio

/// What `verify` reads to recompute everything from facts; each method is one read transaction.
package protocol AuditSource: Sendable {
    /// Closed dates with their log heads, oldest first.
    func closedDays() async throws -> [ClosedDay]
    /// Disbursed loans in shard and loan order after `loan`, with all their facts.
    func dossiers(after loan: LoanID?, limit: Int) async throws -> [LoanDossier]
    /// Requests of every loan with their states, in key order.
    func requests() async throws -> [HeldRequest]
    /// Balance rows of a date, in loan and lender order.
    func balances(on date: BusinessDate) async throws -> [LenderBalance]
    /// The date whose close has begun and not finished, or nil.
    func closingDate() async throws -> BusinessDate?
    /// Anchors of those loans that have one, live or not.
    func anchors(of loans: [LoanID]) async throws -> [LoanID: LoanAnchor]
    /// Loans whose state, date of disbursement and disbursement fact contradict each other.
    func contradictoryLoans() async throws -> [LoanID]
    /// Frozen obligations of a date, in any order.
    func obligations(on date: BusinessDate) async throws -> [Obligation]
    /// Settlements with the dates they cover, in any order.
    func settlements() async throws -> [KeptSettlement]
    /// Our files of a date as they were kept, in party and name order.
    func files(on date: BusinessDate) async throws -> [KeptFile]
    /// SHA-256 over the canonical rows of all business tables, in hexadecimal.
    func digest() async throws -> String
}

/// A settlement as it stands in the store.
package struct KeptSettlement: Hashable, Sendable {
    package let party: PartyID
    package let currency: Currency
    /// The open date on which it was instructed; its entries carry it.
    package let instructedOn: BusinessDate
    /// Minor units, positive when the platform pays; nil when dates name a settlement that is
    /// not there.
    package let amount: Int64?
    /// Business dates it covers.
    package let dates: [BusinessDate]

    package init(
        party: PartyID, currency: Currency, instructedOn: BusinessDate, amount: Int64?,
        dates: [BusinessDate]
    ) {
        self.party = party
        self.currency = currency
        self.instructedOn = instructedOn
        self.amount = amount
        self.dates = dates
    }
}

/// One of our files as it was kept for a partner.
package struct KeptFile: Hashable, Sendable {
    package let party: PartyID
    package let name: String
    /// SHA-256 of the content when it was kept.
    package let hash: [UInt8]
    package let content: [UInt8]

    package init(party: PartyID, name: String, hash: [UInt8], content: [UInt8]) {
        self.party = party
        self.name = name
        self.hash = hash
        self.content = content
    }
}
