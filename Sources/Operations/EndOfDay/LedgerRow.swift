package import Bookkeeping
package import BusinessCalendar
package import LendingRules
package import Monetary

/// One aggregated line of the ledger; its id is everything but the amount.
package struct LedgerRow: Hashable, Sendable {
    package let date: BusinessDate
    package let shard: UInt16
    package let kind: EntryKind
    /// Name of the agreement, empty for settlements.
    package let agreement: String
    package let posting: Posting

    package init(
        date: BusinessDate, shard: UInt16, kind: EntryKind, agreement: String, posting: Posting
    ) {
        self.date = date
        self.shard = shard
        self.kind = kind
        self.agreement = agreement
        self.posting = posting
    }
}

/// One lender's part of one payment line posted on a day: the wide row journal lines are a view of.
package struct DistributionRow: Hashable, Sendable {
    package let loan: LoanID
    /// Payment id, reversal id, or `<causing fact>~<payment>` for a correction.
    package let line: String
    package let lender: PartyID
    package let postedOn: BusinessDate
    package let valueDate: BusinessDate
    /// The payment a reversal undoes, or empty.
    package let reverses: String
    /// The payment a correction changes, or empty.
    package let correctionOf: String
    package let components: Components
    /// What the lender pays on it; minor units.
    package let serviceFee: Int64

    package init(
        loan: LoanID, line: String, lender: PartyID, postedOn: BusinessDate,
        valueDate: BusinessDate, reverses: String, correctionOf: String, components: Components,
        serviceFee: Int64
    ) {
        self.loan = loan
        self.line = line
        self.lender = lender
        self.postedOn = postedOn
        self.valueDate = valueDate
        self.reverses = reverses
        self.correctionOf = correctionOf
        self.components = components
        self.serviceFee = serviceFee
    }
}

/// One lender's buckets at the end of a date, for a loan that moved on it.
package struct LenderBalance: Hashable, Sendable {
    package let loan: LoanID
    package let lender: PartyID
    package let date: BusinessDate
    package let currency: Currency
    package let principal: Int64
    package let overduePrincipal: Int64
    package let interest: Int64
    package let overdueInterest: Int64
    package let penalty: Int64
    package let daysPastDue: Int
    /// What accrued in the period open at the end of the date.
    package let accrual: OpenAccrual

    package init(
        loan: LoanID, lender: PartyID, currency: Currency, position: LenderPosition,
        accrual: OpenAccrual, at date: BusinessDate, daysPastDue: Int
    ) {
        self.init(
            loan: loan, lender: lender, date: date, currency: currency,
            principal: position.principal, overduePrincipal: position.overduePrincipal,
            interest: position.interest, overdueInterest: position.overdueInterest,
            penalty: position.penalty, daysPastDue: daysPastDue, accrual: accrual)
    }

    package init(
        loan: LoanID, lender: PartyID, date: BusinessDate, currency: Currency, principal: Int64,
        overduePrincipal: Int64, interest: Int64, overdueInterest: Int64, penalty: Int64,
        daysPastDue: Int, accrual: OpenAccrual = OpenAccrual()
    ) {
        self.loan = loan
        self.lender = lender
        self.date = date
        self.currency = currency
        self.principal = principal
        self.overduePrincipal = overduePrincipal
        self.interest = interest
        self.overdueInterest = overdueInterest
        self.penalty = penalty
        self.daysPastDue = daysPastDue
        self.accrual = accrual
    }
}

extension LenderBalance {
    /// Whether the loan owes its lender anything.
    package var isOwed: Bool {
        principal != 0 || overduePrincipal != 0 || interest != 0 || overdueInterest != 0
            || penalty != 0
    }
}
