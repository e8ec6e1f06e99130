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
        /// Cash that waited, or was too much, went back to the borrower.
        case refund(amount: Int64)
        /// Claims that have fallen due are given up; a party that bears it pays the holders, nil
        /// when each holder bears its own.
        case waiver(ClaimAmounts, borneBy: PartyID?)
        /// Claims are written off the books: part of what has fallen due, or everything, after
        /// which nothing accrues any more. A decision: its amounts stand.
        case chargeOff(ClaimAmounts, isFull: Bool)
        /// Cash collected on what was written off: costs first, then the owners of the claims.
        case recovery(amount: Int64)
        /// What the platform spent on collecting.
        case collectionCost(amount: Int64)
        /// The borrower gave the loan back in the cooling-off period: shares go back at par.
        case cancelled(CancellationCharge)
        /// The money never reached the borrower: shares go back at par.
        case payoutFailed
        /// The money reached the borrower's bank and came back: shares go back at par.
        case payoutReturned
        /// Claims change hands at the end of the value date: each of these holds so much of the
        /// principal left, and the same part of every other claim. A decision: its amounts stand.
        case transferred(to: [PlannedShare])
        /// The principal left is divided by other shares from the end of the value date on. No
        /// decision: an earlier fact that comes later changes what it moves.
        case ratioChange(RatioChange)
        /// The contract rate from the value date on.
        case rateChange(AnnualRate)
        /// The next instalment falls due on this date, later ones on its day.
        case dueDateChange(next: BusinessDate)
        /// What has not fallen due is spread over so many instalments more.
        case extended(by: Int)
        /// All principal that is unpaid gets a plan of its own.
        case restructured(Restructure)
        /// More money went to the borrower under the same loan; each lender's part of it.
        case drawdown([PlannedShare])
        /// Claims of one holder move to another at the end of the value date.
        case assigned(Assignment)
        /// One party pays another for a loss; claims stay.
        case indemnified(Indemnity)
        /// What the close is to decide at the end of the value date; moves nothing by itself.
        case instructed(LossInstruction)
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

/// A plan agreed anew for what is left of a loan.
package struct Restructure: Hashable, Sendable {
    package let instalments: Int
    /// The rate as it was when nil.
    package let rate: AnnualRate?
    /// One period after the value date when nil.
    package let firstDueOn: BusinessDate?
    /// Whether unpaid interest, penalties and fees become principal; otherwise they stay due.
    package let capitalises: Bool

    package init(
        instalments: Int, rate: AnnualRate? = nil, firstDueOn: BusinessDate? = nil,
        capitalises: Bool = false
    ) {
        self.instalments = instalments
        self.rate = rate
        self.firstDueOn = firstDueOn
        self.capitalises = capitalises
    }
}

extension LoanFact: Comparable {
    /// Value date, instant, id: never the order of arrival (RULES § 1).
    package static func < (left: LoanFact, right: LoanFact) -> Bool {
        (left.valueDate, left.instant, left.id) < (right.valueDate, right.instant, right.id)
    }
}

extension LoanFact {
    /// Whether the loan is as if it had never been lent from this fact on.
    package var undoesLoan: Bool {
        switch kind {
        case .cancelled, .payoutFailed, .payoutReturned: true
        default: false
        }
    }

    /// Whether instalments that have not fallen due are computed anew from it.
    package var changesPlan: Bool {
        switch kind {
        case .rateChange, .dueDateChange, .extended, .restructured, .drawdown: true
        default: false
        }
    }

    /// Whether it asks a close to decide something.
    package var isInstruction: Bool {
        if case .instructed = kind { true } else { false }
    }

    /// Whether it moves claims between two holders at the end of its value date.
    package var isAssignment: Bool {
        if case .assigned = kind { true } else { false }
    }

    /// Whether it is a decision that stands: no later fact may count from before it.
    package var isDecision: Bool {
        switch kind {
        case .chargeOff, .recovery, .collectionCost, .transferred, .assigned, .indemnified: true
        default: undoesLoan
        }
    }
}
