package import BusinessCalendar
package import LendingRules
package import Monetary

/// What one closed date and the weeks before it look like: the figures of the day report.
///
/// Amounts are minor units of one currency; currencies are never mixed.
package struct DayFigures: Hashable, Sendable {
    package let date: BusinessDate
    package let currency: Currency
    /// The platform first, then every other book that lends, in name order.
    package let lenders: [PartyID]
    /// Partners with an account between them and the platform, in name order.
    package let partners: [PartyID]
    /// Up to thirty dates, the reported one last.
    package let days: [DayLine]
    /// What each lender's book holds at the end of the date, in the order of `lenders`.
    package let books: [BookLine]
    package let ageing: Ageing
    /// Breaks that were open in the date's evening, oldest first.
    package let breaks: [KeptBreak]
    /// Settlements that the date moved, as they stood in its evening; in id order.
    package let movedSettlements: [Settlement]
    /// Settlements of which something was to be decided, moved or netted in the date's evening, as
    /// they stood then; in id order.
    package let openSettlements: [Settlement]

    /// The reported date's own line.
    package var today: DayLine { days[days.count - 1] }

    /// Principal of all loans, whoever has the claims and on whatever account they stand.
    package var outstandingPrincipal: Int64 { ageing.total.principal }

    package init(
        date: BusinessDate, currency: Currency, lenders: [PartyID], partners: [PartyID],
        days: [DayLine], books: [BookLine], ageing: Ageing, breaks: [KeptBreak],
        movedSettlements: [Settlement] = [], openSettlements: [Settlement] = []
    ) {
        precondition(days.last?.date == date, "the last line is the reported date's")
        self.date = date
        self.currency = currency
        self.lenders = lenders
        self.partners = partners
        self.days = days
        self.books = books
        self.ageing = ageing
        self.breaks = breaks
        self.movedSettlements = movedSettlements
        self.openSettlements = openSettlements
    }
}

/// One date: what the ledger has of it, and what became of the instalments that fell due on it, as
/// the reported date knows.
package struct DayLine: Hashable, Sendable {
    package let date: BusinessDate
    /// Principal that each lender put into loans disbursed on the date.
    package var funded: [PartyID: Int64] = [:]
    /// Cash from borrowers, returned cash deducted.
    package var received: Int64 = 0
    /// Scheduled amounts of the instalments that fell due on the date.
    package var due: Int64 = 0
    /// Of them: paid with a value date not after it; never more than what was due.
    package var onTime: Int64 = 0
    /// Posted on the date: principal and interest paid that were not overdue.
    package var current: Int64 = 0
    /// Posted on the date: overdue principal and interest paid.
    package var arrears: Int64 = 0
    /// Posted on the date: penalty paid.
    package var penalty: Int64 = 0
    /// Posted on the date: the borrower's fees paid.
    package var fees: Int64 = 0
    /// What each partner owes the platform at the end of the date; below zero the platform owes.
    package var net: [PartyID: Int64] = [:]

    package init(date: BusinessDate) { self.date = date }

    /// Principal disbursed.
    package var disbursed: Int64 { funded.values.reduce(0, +) }

    /// What was due on the date and not paid by its end.
    package var missed: Int64 { due - onTime }

    /// What was posted to the lenders' claims on the date.
    package var collected: Int64 { current + arrears + penalty + fees }
}

/// What one lender's book holds at the end of a date, and what the date brought it.
package struct BookLine: Hashable, Sendable {
    package let lender: PartyID
    /// Principal not due, or due and paid in time.
    package var principal: Int64 = 0
    package var overduePrincipal: Int64 = 0
    /// Interest accrued and billed, overdue included.
    package var interest: Int64 = 0
    package var penalty: Int64 = 0
    /// Fees that the borrower owes.
    package var fees: Int64 = 0
    /// Claims taken over by compensation, at what they cost: principal and interest.
    package var acquired: Int64 = 0
    /// Income less expense of the date.
    package var result: Int64 = 0

    package init(lender: PartyID) { self.lender = lender }

    /// All principal.
    package var outstanding: Int64 { principal + overduePrincipal }
}
