package import Bookkeeping

/// Why something was posted; the kind is part of an entry's id.
package enum EntryKind: String, Sendable, CaseIterable, Comparable {
    /// Memorandum of shares asked for and not yet disbursed.
    case commitment
    case disbursement
    case payout
    /// Contract interest, aggregated.
    case accrual
    /// Unpaid amounts moved from normal to overdue.
    case overdue
    case penalty
    /// Fees that the borrower owes.
    case fee
    case repayment
    case serviceFee = "service-fee"
    case settlement
    /// Claims given up, each holder its own.
    case waiver
    /// Claims given up at the cost of a party that pays the holders.
    case subsidy
    /// Claims written off, with their memorandum.
    case chargeOff = "charge-off"
    /// Cash for claims written off.
    case recovery
    case collectionCost = "collection-cost"
    /// Waiting cash paid back to the borrower.
    case refund
    /// The fee for giving a loan back.
    case cancellation
    /// Other claims that have become principal.
    case capitalised
    /// Income of a loan long past due, out of the books and back into them.
    case nonAccrual = "non-accrual"
    /// Claims that changed hands, at par with what had accrued on them, or at a price.
    case transfer
    /// Claims that a guarantor has paid for.
    case compensation
    /// What a guarantor has collected or written off of such claims.
    case acquired
    /// Claims taken back, at a price.
    case buyBack = "buy-back"
    /// Cash against a cover.
    case invocation
    /// Cash between lenders who bear losses by shares of their own.
    case lossSharing = "loss-sharing"
    /// Shares of a pool, at the price of its cut-off.
    case poolSale = "pool-sale"
    /// What was collected on them between cut-off and settlement.
    case poolCollection = "pool-collection"
    /// Notes on a pool as they are issued, paid and written down.
    case poolNotes = "pool-notes"
    /// What lenders put by for claims of each class, or take back.
    case provision
    /// What borrowers paid, from cash to cash in transit.
    case transit
    /// Cash that a statement has shown.
    case cash
    /// What a lender pays into its deposit with the platform, or is paid back of it.
    case deposit
    /// Disputed amounts taken out of what is settled.
    case held
    /// Amounts that were held and are settled after all.
    case released
    /// Cents that a rule resolved.
    case rounding
    /// Approved corrections of breaks.
    case breakCorrection = "break-correction"
    /// Shares that banks will not take back, and what became of them.
    case claim

    /// Whether disputes with partners make the entry, and no loan's facts.
    package var isOfDispute: Bool {
        switch self {
        case .held, .released, .rounding, .breakCorrection, .claim: true
        default: false
        }
    }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// A posting with its reason.
package struct KindedPosting: Hashable, Sendable {
    package let kind: EntryKind
    package let posting: Posting

    package init(_ kind: EntryKind, _ posting: Posting) {
        self.kind = kind
        self.posting = posting
    }
}
