package import BusinessCalendar
package import LendingRules

/// How a loan's status changed on a date.
package struct StatusChange: Hashable, Sendable {
    package let loan: LoanID
    package let date: BusinessDate
    package let from: LoanStanding
    package let to: LoanStanding
    /// At the end of the date; class and accrual status follow from it.
    package let daysPastDue: Int

    package init(
        loan: LoanID, date: BusinessDate, from: LoanStanding, to: LoanStanding, daysPastDue: Int
    ) {
        self.loan = loan
        self.date = date
        self.from = from
        self.to = to
        self.daysPastDue = daysPastDue
    }

    /// The status at the end of the date.
    package var status: LoanStatus { LoanStatus(standing: to, daysPastDue: daysPastDue) }
}

extension StatusChange: Comparable {
    /// Date, then loan.
    package static func < (left: StatusChange, right: StatusChange) -> Bool {
        (left.date, left.loan) < (right.date, right.loan)
    }
}
