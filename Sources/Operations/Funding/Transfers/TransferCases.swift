package import Bookkeeping
package import BusinessCalendar
package import LendingRules

/// A loan that its originator has paid out alone, and the shares that lenders take over.
package struct TransferCase: Hashable, Sendable {
    package let funding: FundingCase
    package let disbursedOn: BusinessDate
    /// All facts of the loan.
    package let facts: [LoanFact]

    package init(funding: FundingCase, disbursedOn: BusinessDate, facts: [LoanFact]) {
        self.funding = funding
        self.disbursedOn = disbursedOn
        self.facts = facts
    }
}

/// What concluding (a step of) a transfer writes, together.
package struct TransferConclusion: Hashable, Sendable {
    package let loan: LoanID
    /// The loan's new state, or the one it has.
    package let state: LoanState
    /// The final plan when shares stay with the originator, else nil.
    package let plan: SharePlan?
    /// Requests with their new states (confirmed, or reversing).
    package let requests: [RequestResult]
    /// Memorandum postings released, dated the open date.
    package let releases: [Posting]
    /// By which claims change hands; nil when none do.
    package let transfer: LoanFact?
    /// Everything as it was read: the conclusion counts only while it stands as it did.
    package let basis: TransferCase

    package init(
        loan: LoanID, state: LoanState, plan: SharePlan?, requests: [RequestResult],
        releases: [Posting], transfer: LoanFact?, basis: TransferCase
    ) {
        self.loan = loan
        self.state = state
        self.plan = plan
        self.requests = requests
        self.releases = releases
        self.transfer = transfer
        self.basis = basis
    }
}

/// Loans whose shares are being transferred; each method is one transaction.
package protocol TransferCases: Sendable {
    /// The business date on which whatever is booked now counts.
    func openDate() async throws -> BusinessDate
    /// Loans that are transferring, and those undone meanwhile with requests that are to be taken
    /// back, in loan order: up to `limit` behind a loan, or the first.
    ///
    /// - Parameter answeredOnly: Whether loans with a request that has no answer are left out.
    func transferring(after loan: LoanID?, limit: Int, answeredOnly: Bool) async throws
        -> [TransferCase]
    /// Concludes loans; facts and postings are dated `date`, which must still be open. Refused as
    /// a whole when the basis of a conclusion has changed.
    func conclude(_ conclusions: [TransferConclusion], on date: BusinessDate) async throws
}
