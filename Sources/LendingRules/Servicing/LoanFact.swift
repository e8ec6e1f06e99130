package import BusinessCalendar

/// One append-only fact of a loan's life; facts are ordered by value date, instant and id.
package struct LoanFact: Hashable, Sendable {
    /// What happened.
    package enum Kind: Hashable, Sendable {
        /// Money went to the borrower; the value date starts the schedule.
        case disbursed
        /// The borrower paid this many minor units (> 0).
        case repayment(amount: Int64)
        /// An earlier payment is undone as if it had never come.
        case reversal(of: String)
    }

    /// Unique within the loan: the external payment id, or a decision's own key.
    package let id: String
    package let kind: Kind
    /// From when it counts.
    package let valueDate: BusinessDate
    /// The open business date on which it was learned.
    package let bookingDate: BusinessDate
    /// UTC, microseconds since 1970.
    package let instant: Int64

    package init(
        id: String, kind: Kind, valueDate: BusinessDate, bookingDate: BusinessDate, instant: Int64
    ) {
        self.id = id
        self.kind = kind
        self.valueDate = valueDate
        self.bookingDate = bookingDate
        self.instant = instant
    }
}

extension LoanFact: Comparable {
    /// Value date, instant, id: never the order of arrival (RULES § 1).
    package static func < (left: LoanFact, right: LoanFact) -> Bool {
        (left.valueDate, left.instant, left.id) < (right.valueDate, right.instant, right.id)
    }
}
