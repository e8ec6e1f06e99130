package import Bookkeeping
package import BusinessCalendar
package import LendingRules

/// Everything that booking one loan writes, together.
package struct LoanBooking: Hashable, Sendable {
    package let record: LoanRecord
    /// Funded amounts in agreement order, the platform's own included.
    package let plan: SharePlan
    /// One request for each partner's share, state `planned`.
    package let requests: [FundingRequest]
    /// Memorandum postings of the partners' shares, dated the booking date.
    package let commitments: [Posting]

    package init(
        record: LoanRecord, plan: SharePlan, requests: [FundingRequest], commitments: [Posting]
    ) {
        self.record = record
        self.plan = plan
        self.requests = requests
        self.commitments = commitments
    }
}

/// The canonical text of an agreement or product version that booked loans carry.
package struct TermsSnapshot: Hashable, Sendable {
    package let version: TermsVersion
    package let text: String

    package init(version: TermsVersion, text: String) {
        self.version = version
        self.text = text
    }
}

/// The store as intake sees it; each method is one transaction.
package protocol LoanIntakeStore: Sendable {
    /// The business date now open; the configured first date is opened in an empty store.
    func openDate() async throws -> BusinessDate
    /// Content hashes of those of the loans that are booked already.
    func known(_ loans: [LoanID]) async throws -> [LoanID: String]
    /// Books a batch, all or nothing: loan, shares, requests, outbox rows, snapshots and
    /// commitment entries. It says how many: loans that another import has booked meanwhile with
    /// the same content are left alone, and with other content it fails.
    @discardableResult
    func book(_ bookings: [LoanBooking], snapshots: [TermsSnapshot]) async throws -> Int
}
