/// Where a loan stands with its borrower.
package enum LoanStanding: String, Hashable, Sendable, CaseIterable {
    /// Not disbursed yet.
    case notDisbursed = "none"
    case current
    case pastDue = "past-due"
    /// Every instalment is paid.
    case paidOff = "paid-off"
    /// Everything was written off.
    case chargedOff = "charged-off"
    /// As if it had never been lent.
    case cancelled
}

/// Whether a loan earns in its lenders' books.
package enum AccrualStatus: String, Hashable, Sendable, CaseIterable {
    case accrual
    /// More than 90 days past due (DOMAIN § 5).
    case nonAccrual = "non-accrual"

    package init(daysPastDue: Int) {
        self = daysPastDue > 90 ? .nonAccrual : .accrual
    }
}

/// What the parties tell each other about a loan beside its amounts.
package struct LoanStatus: Hashable, Sendable {
    package let standing: LoanStanding
    package let daysPastDue: Int

    package init(standing: LoanStanding, daysPastDue: Int) {
        self.standing = standing
        self.daysPastDue = daysPastDue
    }

    /// The status that a position shows; nil stands for a loan that is not disbursed.
    package init(_ position: LoanPosition?) {
        daysPastDue = position?.daysPastDue ?? 0
        standing =
            position.map { position in
                if position.isUndone { return .cancelled }
                if position.isStopped { return .chargedOff }
                if position.isPaidOff { return .paidOff }
                return position.daysPastDue > 0 ? .pastDue : .current
            } ?? .notDisbursed
    }

    package var bucket: DelinquencyBucket { DelinquencyBucket(daysPastDue: daysPastDue) }
    package var accrual: AccrualStatus { AccrualStatus(daysPastDue: daysPastDue) }

    /// Whether people would call it another status: another count of days alone is none.
    package func differs(from earlier: LoanStatus) -> Bool {
        standing != earlier.standing || bucket != earlier.bucket || accrual != earlier.accrual
    }
}
