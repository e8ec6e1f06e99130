package import BusinessCalendar
package import LendingRules

/// How a loan's status changed on a date.
package struct StatusChange: Hashable, Sendable {
    package let loan: LoanID
    package let date: BusinessDate
    package let from: LoanStanding
    package let to: LoanStanding
    /// At the end of the date; the class follows from it where a lender has no ladder.
    package let daysPastDue: Int
    /// Whether it earns in its lenders' books at the end of the date.
    package let accrual: AccrualStatus

    package init(
        loan: LoanID, date: BusinessDate, from: LoanStanding, to: LoanStanding, daysPastDue: Int,
        accrual: AccrualStatus
    ) {
        self.loan = loan
        self.date = date
        self.from = from
        self.to = to
        self.daysPastDue = daysPastDue
        self.accrual = accrual
    }
}

extension StatusChange: Comparable {
    /// Date, then loan.
    package static func < (left: StatusChange, right: StatusChange) -> Bool {
        (left.date, left.loan) < (right.date, right.loan)
    }
}
