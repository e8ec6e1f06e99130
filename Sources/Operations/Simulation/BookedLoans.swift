package import BusinessCalendar
package import LendingRules

/// Loans by the dates of their booking, for replays under other terms.
package protocol BookedLoans: Sendable {
    /// How many loans were booked under an agreement, by date; dates without any are left out.
    func bookingDates(of agreement: String, in dates: ClosedRange<BusinessDate>) async throws
        -> [BookingDate]
    /// The loans booked under an agreement on dates, in order of booking date and id, with the
    /// facts that were booked through a date.
    func loans(
        of agreement: String, bookedOn dates: ClosedRange<BusinessDate>,
        factsThrough date: BusinessDate
    ) async throws -> [BookedLoan]
}

/// A date on which loans were booked.
package struct BookingDate: Hashable, Sendable {
    package let date: BusinessDate
    package let loans: Int

    package init(date: BusinessDate, loans: Int) {
        self.date = date
        self.loans = loans
    }
}

/// A loan as it was booked, and what became of it.
package struct BookedLoan: Hashable, Sendable {
    package let record: LoanRecord
    /// Final shares, in agreement order.
    package let plan: SharePlan
    /// Nil of a loan whose money never left.
    package let disbursedOn: BusinessDate?
    package let facts: [LoanFact]

    package init(
        record: LoanRecord, plan: SharePlan, disbursedOn: BusinessDate?, facts: [LoanFact]
    ) {
        self.record = record
        self.plan = plan
        self.disbursedOn = disbursedOn
        self.facts = facts
    }
}
