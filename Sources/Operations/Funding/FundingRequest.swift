package import BusinessCalendar
package import LendingRules
package import Monetary

/// One lender's request for one loan, with an idempotency key for life.
package struct FundingRequest: Hashable, Sendable {
    /// `<loan>.<party>.<n>`.
    package let key: String
    package let loan: LoanID
    package let party: PartyID
    /// The lender's share, minor units.
    package let amount: Int64
    package let currency: Currency
    /// The whole loan, minor units.
    package let loanAmount: Int64
    /// Planned value date.
    package let valueDate: BusinessDate
    /// UTC microseconds since 1970.
    package let expiresAt: Int64
    package let borrowerRef: String
    /// Terms of the whole loan.
    package let terms: ScheduleTerms

    package init(
        key: String, loan: LoanID, party: PartyID, amount: Int64, currency: Currency,
        loanAmount: Int64, valueDate: BusinessDate, expiresAt: Int64, borrowerRef: String,
        terms: ScheduleTerms
    ) {
        self.key = key
        self.loan = loan
        self.party = party
        self.amount = amount
        self.currency = currency
        self.loanAmount = loanAmount
        self.valueDate = valueDate
        self.expiresAt = expiresAt
        self.borrowerRef = borrowerRef
        self.terms = terms
    }
}

/// A request with where it stands, as a worker holds it.
package struct HeldRequest: Hashable, Sendable {
    package let request: FundingRequest
    package let state: RequestState
    /// A result is stored only where the version is still this one.
    package let version: Int64
    /// How often something was sent for the key; operational.
    package let attempt: Int
    /// Wall time by which the last attempt had ended, or of its claim while it runs; UTC
    /// microseconds, 0 when there was none. Operational.
    package let lastAttemptAt: Int64
    /// What the last exchange showed where that settled nothing, for people. Operational.
    package let evidence: String

    package init(
        request: FundingRequest, state: RequestState, version: Int64, attempt: Int,
        lastAttemptAt: Int64, evidence: String = ""
    ) {
        self.request = request
        self.state = state
        self.version = version
        self.attempt = attempt
        self.lastAttemptAt = lastAttemptAt
        self.evidence = evidence
    }
}
