package import BusinessCalendar
package import LendingRules
import Monetary

extension LoanAnchor {
    /// Lenders a quiet loan may have; more of them are left to the scalar position.
    package static let quietLenderLimit = 3

    /// The anchor of a loan from its position at the end of a date.
    ///
    /// On every quiet day of a period it is the same, and on every day of a finished loan that of
    /// its last period, so it may be rebuilt at any time. `facts` are those the position was
    /// computed from: one that is booked and waits for its value date keeps the loan from being
    /// quiet.
    package static func make(
        contract: LoanContract, position: LoanPosition, facts: [LoanFact], shard: UInt16
    ) -> LoanAnchor {
        let schedule = position.schedule
        let isWaiting = facts.contains { $0.valueDate > position.date }
        let isLive = isWaiting || !position.isPaidOff
        let last = schedule.instalments.count - 1
        // No close looks at a loan without claims any more, though its due dates pass.
        let open = isLive ? min(position.dueCount, last) : last
        let period = schedule.instalments[open]
        let isQuiet =
            isLive && !isWaiting && contract.isEasy && position.isQuiet
            && schedule.isClosedForm(open)
        let holding = position.holding
        let hasOtherWeights = holding.interestScale != holding.scale
        return LoanAnchor(
            loan: contract.loan, shard: shard, agreement: contract.agreement,
            currency: contract.currency, lenders: contract.lenders,
            fundedAmounts: holding.scale.weights,
            incomeWeights: hasOtherWeights ? holding.interestScale.weights : [],
            startsOn: period.startsOn, dueOn: period.dueOn,
            openingBalance: period.openingBalance, rate: period.rate, fraction: period.fraction,
            interestBefore: schedule.cumulativeInterest[open] - holding.interestStart,
            rounding: schedule.terms.rounding, isQuiet: isQuiet, isLive: isLive)
    }

    /// Whether closing `date` must compute the loan's position.
    ///
    /// A loan that needs none and is live is accrued by the kernel; one that is not live has
    /// nothing to post. `hasFacts`: a fact of the loan was booked on the date.
    package func needsScalar(on date: BusinessDate, hasFacts: Bool) -> Bool {
        hasFacts || (isLive && (!isQuiet || date >= dueOn))
    }
}

extension LoanContract {
    /// Whether a day of the loan may be nothing but interest, split as the kernel splits it.
    fileprivate var isEasy: Bool {
        lenders.count <= LoanAnchor.quietLenderLimit && income.isOnScales
            && !serviceFees.contains { $0.base == .principalOutstanding }
    }
}

extension LoanPosition {
    /// Whether nothing but interest can happen before the next due date.
    fileprivate var isQuiet: Bool {
        let isOpen = dueCount < schedule.instalments.count
        return isOpen && !isOverdue && !isStopped && !isNonAccrual && holding.isExact
            && isOpenPeriodUnpaid && !hasOpenPenalty
            && schedule.cumulativeInterest[dueCount] >= holding.interestStart
    }

    /// Whether an instalment whose due date has come is unpaid, however little.
    fileprivate var isOverdue: Bool { oldestUnpaid.map { $0 < dueCount } ?? false }

    /// Whether penalty is owed, or was accrued in the open period: the closed form of a quiet loan
    /// knows of none.
    private var hasOpenPenalty: Bool {
        lenders.contains { $0.penalty != 0 || $0.penaltyOnInterest != 0 }
            || openAccruals.contains { $0.penalty != 0 || $0.penaltyOnInterest != 0 }
    }
}

extension Schedule {
    /// Whether an instalment's accrual is one quotient that fits the kernel and ends on the billed
    /// interest; that of a changed period or of a plan agreed otherwise is not.
    fileprivate func isClosedForm(_ index: Int) -> Bool {
        let instalment = instalments[index]
        guard (try? closedForm(of: index)) != nil else { return false }
        let accrual = PeriodAccrual(
            openingBalance: instalment.openingBalance, rate: instalment.rate,
            fraction: instalment.fraction, days: instalment.days)
        let days = Int64(instalment.days)
        return accrual?.accrued(days: days, rounding: terms.rounding) == instalment.interest
    }
}
