import BusinessCalendar
import Monetary

// Overdue, accrual and penalties.

extension Replay {
    mutating func moveToOverdue() throws(AmountError) {
        while movedCount < dueCount {
            let state = instalments[movedCount]
            let principal = try principalParts(movedCount, state.unpaidPrincipal)
            let interest = try interestParts(movedCount, state.unpaidInterest)
            for lender in lenders.indices {
                lenders[lender].movedPrincipal += principal[lender]
                lenders[lender].movedInterest += interest[lender]
            }
            movedCount += 1
        }
    }

    /// Interest billed and accrued, and penalties, to the end of the date, split on their scales.
    mutating func accrue(endOf date: BusinessDate) throws(AmountError) {
        let (interest, penalties) = try accrued(endOf: date)
        let (all, openParts) = try accruedInterestParts(interest)
        let (interestParts, open) = (folded(all), folded(openParts))
        if let owner = own?.spreadOwner {
            lenders[owner].accruedSpread = opening.accruedSpread + all[all.count - 1]
        }
        let charged = try chargedPenalties(penalties, endOf: date)
        for lender in lenders.indices {
            lenders[lender].accruedInterest =
                opening.accruedInterest[lender] + interestParts[lender]
            lenders[lender].accruedPenalty = charged[lender].onPrincipal
            lenders[lender].accruedPenaltyOnInterest = charged[lender].onInterest
            let penalties = chargedPenalties(of: lender)
            openAccruals[lender] = OpenAccrual(
                interest: open[lender],
                penalty: penalties.onPrincipal - penaltiesBefore[lender].onPrincipal,
                penaltyOnInterest: penalties.onInterest - penaltiesBefore[lender].onInterest)
        }
    }

    private func folded(_ parts: [Int64]) -> [Int64] {
        own?.folded(parts) ?? Array(parts.dropLast())
    }

    /// What the borrower has been charged by the end of a date, of all epochs.
    func accrued(endOf date: BusinessDate) throws(AmountError) -> (
        interest: Int64, penalties: Penalties
    ) {
        let night = stopped(date.adding(days: 1))
        var penalties = Penalties()
        for state in instalments[..<dueCount] {
            penalties = try penalties.plus(
                state.penaltyTargets(on: night, contract.penalty, rates))
        }
        return (try accruedInterest(before: night), penalties)
    }

    /// The date, or the earlier one from which nothing accrues any more.
    func stopped(_ date: BusinessDate) -> BusinessDate { min(date, stoppedOn ?? date) }

    /// Interest of the days before a date, billed periods included.
    func accruedInterest(before date: BusinessDate) throws(AmountError) -> Int64 {
        guard date > contract.disbursedOn else { return 0 }
        return try schedule.accruedInterest(endOf: date.adding(days: -1))
    }

    /// A period begins on a due date: what was charged before it is no part of what it accrues.
    mutating func beginPeriod(on date: BusinessDate) throws(AmountError) {
        guard dueCount > 0 else { return }
        let eve = date.adding(days: -1)
        let (_, penalties) = try accrued(endOf: eve)
        for (lender, parts) in try chargedPenalties(penalties, endOf: eve).enumerated() {
            lenders[lender].accruedPenalty = parts.onPrincipal
            lenders[lender].accruedPenaltyOnInterest = parts.onInterest
            penaltiesBefore[lender] = chargedPenalties(of: lender)
        }
    }

    /// Penalties accrued for a lender or bought by it.
    private func chargedPenalties(of lender: Int) -> Penalties {
        let position = lenders[lender]
        return Penalties(
            onPrincipal: position.accruedPenalty + position.transferred.penalty,
            onInterest: position.accruedPenaltyOnInterest
                + position.transferred.penaltyOnInterest)
    }

    /// Each lender's penalties of all epochs to the end of a date, of so much in all.
    private func chargedPenalties(_ penalties: Penalties, endOf date: BusinessDate)
        throws(AmountError) -> [Penalties]
    {
        let parts = try accruedPenaltyParts(penalties, endOf: date)
        return zip(opening.accruedPenalties, parts).map { $0 + $1 }
    }

    /// Days past due at the end of a date, and the oldest instalment with anything unpaid.
    func delinquency(endOf date: BusinessDate) -> (days: Int, oldestUnpaid: Int?) {
        let oldest = instalments.indices.first { instalments[$0].unpaid > 0 }
        let pastDue = instalments[..<dueCount].first { $0.unpaid > contract.materiality }
        return (pastDue.map { max(0, date.days(since: $0.instalment.dueOn)) } ?? 0, oldest)
    }

    /// Whether anything that has fallen due is unpaid at the end of a date, penalties included.
    func hasArrears(endOf date: BusinessDate) throws(AmountError) -> Bool {
        if !watch.isNonAccrual { return false }
        let morrow = date.adding(days: 1)
        for index in firstUnpaid..<dueCount {
            let due = try penaltiesDue(index, on: morrow)
            if instalments[index].unpaid > 0 || due != Penalties() { return true }
        }
        return false
    }

    /// Penalties of an instalment that are owed and not settled, for a fact of a date.
    func penaltiesDue(_ index: Int, on date: BusinessDate) throws(AmountError) -> Penalties {
        let state = instalments[index]
        let targets = try state.penaltyTargets(on: stopped(date), contract.penalty, rates)
        return Penalties(
            onPrincipal: targets.onPrincipal - state.settled.penalty,
            onInterest: targets.onInterest - state.settled.penaltyOnInterest)
    }
}
