package import BusinessCalendar
package import LendingRules
package import Monetary

/// One lender's buckets at the end of a date, for a loan that moved on it.
package struct LenderBalance: Hashable, Sendable {
    package let loan: LoanID
    package let lender: PartyID
    package let date: BusinessDate
    package let currency: Currency
    /// All that the loan owes its lender, by bucket.
    package let claims: Components
    package let daysPastDue: Int
    /// Whether the loan earns in its lenders' books.
    package let accrualStatus: AccrualStatus
    /// What accrued in the period open at the end of the date.
    package let accrual: OpenAccrual

    package init(
        loan: LoanID, lender: PartyID, date: BusinessDate, currency: Currency, claims: Components,
        daysPastDue: Int, accrualStatus: AccrualStatus, accrual: OpenAccrual = OpenAccrual()
    ) {
        self.loan = loan
        self.lender = lender
        self.date = date
        self.currency = currency
        self.claims = claims
        self.daysPastDue = daysPastDue
        self.accrualStatus = accrualStatus
        self.accrual = accrual
    }
}

extension LenderBalance {
    /// The claims of a loan in some status.
    init(
        loan: LoanID, lender: PartyID, currency: Currency, claims: Components,
        accrual: OpenAccrual, at date: BusinessDate, _ status: LoanStatus
    ) {
        self.init(
            loan: loan, lender: lender, date: date, currency: currency, claims: claims,
            daysPastDue: status.daysPastDue, accrualStatus: status.accrual, accrual: accrual)
    }

    /// Whether the loan owes its lender anything.
    package var isOwed: Bool { claims != Components() }
}
