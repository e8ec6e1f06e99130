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
        let schedule = contract.schedule
        let isWaiting = facts.contains { $0.valueDate > position.date }
        let isLive = isWaiting || !position.isPaidOff
        let last = schedule.instalments.count - 1
        // No close looks at a loan without claims any more, though its due dates pass.
        let open = isLive ? min(position.dueCount, last) : last
        let period = schedule.instalments[open]
        let isQuiet =
            isLive && !isWaiting && !position.isOverdue && !position.isStopped
            && position.dueCount < schedule.instalments.count
            && contract.lenders.count <= quietLenderLimit && position.holding.isExact
            && schedule.isClosedForm(open)
            && !contract.hasOpenPenalty(position, facts: facts)
        return LoanAnchor(
            loan: contract.loan, shard: shard, agreement: contract.agreement,
            currency: contract.currency, lenders: contract.lenders,
            fundedAmounts: position.holding.scale.weights, startsOn: period.startsOn,
            dueOn: period.dueOn, openingBalance: period.openingBalance,
            rate: period.rate, fraction: period.fraction,
            interestBefore: schedule.cumulativeInterest[open] - position.holding.settledInterest,
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

extension LoanPosition {
    /// Whether an instalment whose due date has come is unpaid, however little.
    fileprivate var isOverdue: Bool { oldestUnpaid.map { $0 < dueCount } ?? false }
}

extension LoanContract {
    /// Whether penalty is owed, or was accrued in the open period: the closed form of a quiet loan
    /// knows of none.
    fileprivate func hasOpenPenalty(_ position: LoanPosition, facts: [LoanFact]) -> Bool {
        if position.lenders.allSatisfy({ $0.accruedPenalty == 0 }) { return false }
        if position.lenders.contains(where: { $0.penalty != 0 }) { return true }
        guard let accruals = try? openAccruals(position, facts: facts) else { return true }
        return accruals.contains { $0.penalty != 0 }
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
