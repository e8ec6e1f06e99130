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
    /// Its unpaid income stands in a memorandum (DOMAIN § 5).
    case nonAccrual = "non-accrual"
}

/// What the parties tell each other about a loan beside its amounts.
package struct LoanStatus: Hashable, Sendable {
    package let standing: LoanStanding
    package let daysPastDue: Int
    package let accrual: AccrualStatus

    package init(standing: LoanStanding, daysPastDue: Int, accrual: AccrualStatus = .accrual) {
        self.standing = standing
        self.daysPastDue = daysPastDue
        self.accrual = accrual
    }

    /// The status that a position shows; nil stands for a loan that is not disbursed.
    package init(_ position: LoanPosition?) {
        daysPastDue = position?.daysPastDue ?? 0
        accrual = position?.isNonAccrual == true ? .nonAccrual : .accrual
        standing =
            position.map { position in
                if position.isUndone { return .cancelled }
                if position.isStopped { return .chargedOff }
                if position.isPaidOff { return .paidOff }
                return position.daysPastDue > 0 ? .pastDue : .current
            } ?? .notDisbursed
    }

    package var bucket: DelinquencyBucket { DelinquencyBucket(daysPastDue: daysPastDue) }

    /// Whether people would call it another status: another count of days alone is none.
    package func differs(from earlier: LoanStatus) -> Bool {
        standing != earlier.standing || bucket != earlier.bucket || accrual != earlier.accrual
    }
}
