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
    /// Whether the lender may accept less than `amount`.
    package let acceptsPart: Bool

    package init(
        key: String, loan: LoanID, party: PartyID, amount: Int64, currency: Currency,
        loanAmount: Int64, valueDate: BusinessDate, expiresAt: Int64, borrowerRef: String,
        terms: ScheduleTerms, acceptsPart: Bool = false
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
        self.acceptsPart = acceptsPart
    }
}

extension FundingRequest {
    /// The request for a share of a loan, planned on a date.
    ///
    /// - Parameter number: 1 when the loan is booked, one more with every time that shares of it
    ///   go to other lenders.
    init(
        for share: PlannedShare, of record: LoanRecord, number: Int, terms: ScheduleTerms,
        on date: BusinessDate, acceptsPart: Bool
    ) {
        self.init(
            key: "\(record.loan).\(share.party).\(number)", loan: record.loan, party: share.party,
            amount: share.amount, currency: record.currency, loanAmount: record.principal,
            valueDate: date, expiresAt: Int64(date.dayNumber + 2) * 86_400_000_000,
            borrowerRef: record.borrower, terms: terms, acceptsPart: acceptsPart)
    }

    /// Which asking of its loan the request belongs to, as its key tells; 1 for another key.
    var number: Int { key.split(separator: ".").last.flatMap { Int($0) } ?? 1 }

    /// Whether a partner may accept that much: all of it or, where parts are taken, some of it.
    package func admits(_ money: Money) -> Bool {
        guard money.currency == currency else { return false }
        return money.minorUnits == amount
            || acceptsPart && (1..<amount).contains(money.minorUnits)
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
    /// What the lender has accepted, or is asked for as long as it has not; minor units.
    package let heldAmount: Int64

    package init(
        request: FundingRequest, state: RequestState, version: Int64, attempt: Int,
        lastAttemptAt: Int64, evidence: String = "", heldAmount: Int64? = nil
    ) {
        self.request = request
        self.state = state
        self.version = version
        self.attempt = attempt
        self.lastAttemptAt = lastAttemptAt
        self.evidence = evidence
        self.heldAmount = heldAmount ?? request.amount
    }

    /// Whether what a partner says can be about that much: what it has accepted is what it holds.
    func admits(_ money: Money) -> Bool {
        guard request.admits(money) else { return false }
        let isKnown = state.isFunded || heldAmount != request.amount
        return !isKnown || money.minorUnits == heldAmount
    }
}
