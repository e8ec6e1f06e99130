package import Bookkeeping
package import BusinessCalendar
package import LendingRules

/// A payout's new state after an answer.
package struct PayoutResult: Hashable, Sendable {
    /// As it was claimed; the result counts only while its version stands.
    package let held: HeldPayout
    package let state: PayoutState
    /// The channel's date of its answer; nil without one.
    package let answeredOn: BusinessDate?
    /// The channel's own reference when paid.
    package let reference: String
    /// Why the try failed.
    package let reason: String
    /// What the wire showed; operational.
    package let evidence: String

    package init(
        held: HeldPayout, state: PayoutState, answeredOn: BusinessDate? = nil,
        reference: String = "", reason: String = "", evidence: String = ""
    ) {
        self.held = held
        self.state = state
        self.answeredOn = answeredOn
        self.reference = reference
        self.reason = reason
        self.evidence = evidence
    }
}

/// The outbox of payouts as the sender sees it; each method is one transaction.
///
/// A loan's state follows its payout's (``PayoutState/ofLoan``).
package protocol PayoutOutbox: Sendable {
    /// Claims whose sender is gone become `in doubt`, as those of funding requests do.
    func takeOver(worker: String, now: Int64) async throws -> Int
    /// Claims up to `limit` planned payouts in key order, committed before the first byte leaves.
    func claim(limit: Int, worker: String, leaseUntil: Int64, now: Int64) async throws
        -> [HeldPayout]
    /// Payouts in doubt, in key order.
    func unsettled() async throws -> [HeldPayout]
    /// Stores results where the version still stands and returns those; others are dropped.
    @discardableResult
    func store(_ results: [PayoutResult], now: Int64) async throws -> [PayoutResult]
}

/// A loan whose payout is planned, confirmed or failed.
package struct PayoutCase: Hashable, Sendable {
    package let funding: FundingCase
    package let held: HeldPayout

    package init(funding: FundingCase, held: HeldPayout) {
        self.funding = funding
        self.held = held
    }
}

/// What concluding (a try of) a payout writes, together.
package struct PayoutConclusion: Hashable, Sendable {
    /// As it was read; the conclusion counts only while its version stands.
    package let held: HeldPayout
    package let state: PayoutState
    /// The next try, or nil.
    package let retry: Payout?
    /// Requests with their new states (confirmed, or reversing).
    package let requests: [RequestResult]
    /// Memorandum postings released, dated the open date.
    package let releases: [Posting]
    /// The disbursement fact when money went out.
    package let disbursement: LoanFact?
    /// Requests to lenders that take shares over after the payout.
    package let asked: [FundingRequest]

    package init(
        held: HeldPayout, state: PayoutState, retry: Payout? = nil,
        requests: [RequestResult] = [], releases: [Posting] = [], disbursement: LoanFact? = nil,
        asked: [FundingRequest] = []
    ) {
        self.asked = asked
        self.held = held
        self.state = state
        self.retry = retry
        self.requests = requests
        self.releases = releases
        self.disbursement = disbursement
    }
}

/// Payouts that something follows from; each method is one transaction.
package protocol PayoutCases: Sendable {
    /// The business date on which whatever is booked now counts.
    func openDate() async throws -> BusinessDate
    /// Payouts confirmed, failed, or planned for a date that is closed, in loan order: up to
    /// `limit` behind a loan, or the first.
    func decided(after loan: LoanID?, limit: Int) async throws -> [PayoutCase]
    /// Concludes payouts; postings are dated `date`, which must still be open. Returns the loans
    /// that it has concluded: a payout that has moved on meanwhile is left alone, and so is one
    /// with a request that has; refused when there are none but those.
    @discardableResult
    func conclude(_ conclusions: [PayoutConclusion], on date: BusinessDate) async throws
        -> Set<LoanID>
}

extension PayoutCases {
    /// All payouts confirmed, failed, or planned for a date that is closed, in loan order.
    package func decided() async throws -> [PayoutCase] {
        try await decided(after: nil, limit: .max)
    }
}
