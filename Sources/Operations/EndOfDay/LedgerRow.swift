package import Bookkeeping
package import BusinessCalendar
package import LendingRules

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
