import BusinessCalendar
import Monetary

// Terms agreed anew: other rates and dates, more instalments, more money, a plan from scratch.

extension Replay {
    /// Changes what has not fallen due; a loan of which nothing is left stays as it is.
    mutating func replan(_ fact: LoanFact) throws(ServicingError) {
        guard stoppedOn == nil, undoneOn == nil, isOutstanding else { return }
        let date = fact.valueDate
        let (earlier, begun) = (dueCount, try begunPlace(before: date))
        switch fact.kind {
        case .rateChange(let rate):
            try change(.rate(rate, on: date), by: fact)
            rates.change(to: rate, from: date)
        case .dueDateChange(let next): try change(.dueDates(next: next, on: date), by: fact)
        case .extended(let count): try change(.extended(by: count, on: date), by: fact)
        case .restructured(let plan): try restructure(plan, fact)
        case .drawdown(let shares):
            let drawn = try ServicingError.amounts { () throws(AmountError) in
                try draw(shares, on: date)
            }
            try change(.tranche(drawn, on: date), by: fact)
        default: break
        }
        try ServicingError.amounts { () throws(AmountError) in
            // What has accrued stays whose it is, also where the new plan has accrued another cent.
            try assignShares(
                begun: dueCount == earlier ? begun : try openPlace(before: date))
            try useWaitingCash(on: date)
        }
    }

    private func begunPlace(before date: BusinessDate) throws(ServicingError) -> Int64 {
        try ServicingError.amounts { () throws(AmountError) in try openPlace(before: date) }
    }

    /// Whether principal is to be repaid that has not fallen due.
    private var isOutstanding: Bool {
        dueCount < instalments.count
            && instalments[dueCount].instalment.openingBalance
                + instalments[dueCount].instalment.movement > 0
    }

    private mutating func change(_ change: ScheduleChange, by fact: LoanFact)
        throws(ServicingError)
    {
        try ServicingError.plan(of: fact) { () throws(ScheduleError) in try self.change(change) }
    }

    /// More principal, each lender's part of it its own; what is laid out on the scales stays.
    ///
    /// Returns all that was drawn, minor units.
    private mutating func draw(_ shares: [PlannedShare], on date: BusinessDate)
        throws(AmountError) -> Int64
    {
        let amounts = Dictionary(shares.map { ($0.party, $0.amount) }) { $0 + $1 }
        var held = try unlaidParts()
        var whole: Int64 = 0
        for (lender, party) in contract.lenders.enumerated() {
            let part = amounts[party] ?? 0
            held[lender] = try held[lender].plus(part)
            whole = try whole.plus(part)
            lenders[lender].disbursed = try lenders[lender].disbursed.plus(part)
            if part > 0 { hasHeld[lender] = true }
        }
        own?.unlaid = held
        drawn += whole
        try turn(to: held, accrued: try accruedInterest(before: date))
        return whole
    }

    /// Each lender's principal that has neither fallen due nor been repaid early.
    private func unlaidParts() throws(AmountError) -> [Int64] {
        if let own { return own.unlaid }
        let left = instalments[dueCount...].reduce(0) { $0 + $1.unpaidPrincipal }
        return try scale.principal.parts(from: laid.principal, to: laid.principal + left)
    }

    /// What is laid out from now on, and interest beyond what has accrued, belongs to lenders by
    /// the principal they hold now.
    private mutating func turn(to held: [Int64], accrued: Int64) throws(AmountError) {
        let principal = try ProportionalScale(weights: held)
        let interest = try contract.income.interestScale(contract.lenders, principal)
        epochs[epoch].principal.turn(at: laid.principal, to: principal)
        epochs[epoch].interest.turn(at: accrued - opening.settled.interest, to: interest)
    }
}

// MARK: - Restructuring

extension Replay {
    /// Puts all unpaid principal on a plan of its own; what else is unpaid stays due or, where it
    /// is capitalised, becomes principal of those to whom it is owed.
    private mutating func restructure(_ plan: Restructure, _ fact: LoanFact)
        throws(ServicingError)
    {
        let date = fact.valueDate
        let begun = try begunPlace(before: date)
        let held = try ServicingError.amounts { () throws(AmountError) in
            try accrue(endOf: date.adding(days: -1))
            try takeBackOverdue(on: date)
            let held = try holdings(after: plan, on: date)
            own?.unlaid = held
            try turn(to: held, accrued: try accruedInterest(before: date))
            return held
        }
        let current = schedule.plan?.terms ?? schedule.terms
        let terms = Restructuring(
            principal: held.reduce(0, +), rate: plan.rate ?? rates.latest,
            method: current.method.renewed, instalments: plan.instalments, every: current.every,
            firstDueOn: plan.firstDueOn)
        try change(.restructured(terms, on: date), by: fact)
        try ServicingError.amounts { () throws(AmountError) in
            try assignShares(begun: begun)
            try layDue(on: date)
            if plan.capitalises { try capitalise(on: date) }
        }
        if let rate = plan.rate { rates.change(to: rate, from: date) }
    }

    /// The principal of each lender after a restructuring.
    private func holdings(after plan: Restructure, on date: BusinessDate) throws(AmountError)
        -> [Int64]
    {
        var held = lenders.map { $0.claims.allPrincipal }
        guard plan.capitalises else { return held }
        let deferred = try deferredParts(on: date)
        for lender in held.indices {
            // Below zero while interest of a day to come is paid: nothing of it becomes principal.
            let rest = lenders[lender].outstanding - held[lender] - deferred[lender]
            held[lender] = try held[lender].plus(max(0, rest))
        }
        return held
    }

    /// Interest that grace defers to the period that begins on a date: no instalment bills it that
    /// day, so that it stays what it is.
    private func deferredParts(on date: BusinessDate) throws(AmountError) -> [Int64] {
        guard dueCount < instalments.count, instalments[dueCount].instalment.startsOn == date,
            instalments[dueCount].instalment.carried > 0
        else { return lenders.map { _ in 0 } }
        let state = instalments[dueCount]
        let parts = try interestParts(
            dueCount, max(0, state.instalment.carried - state.settled.interest))
        return own == nil ? parts : Array(parts.prefix(lenders.count))
    }

    /// Overdue principal is normal again: the new plan takes it over.
    private mutating func takeBackOverdue(on date: BusinessDate) throws(AmountError) {
        for lender in lenders.indices {
            lenders[lender].movedPrincipal -= lenders[lender].overduePrincipal
        }
        for index in firstUnpaid..<dueCount {
            let unpaid = instalments[index].unpaidPrincipal
            try settle(principal: unpaid, of: index, on: date)
            instalments[index].replanned += unpaid
        }
    }

    /// Every claim that has fallen due becomes principal of those to whom it is owed.
    private mutating func capitalise(on date: BusinessDate) throws(AmountError) {
        for index in firstUnpaid..<dueCount {
            let interest = try interestParts(index, instalments[index].unpaidInterest)
            let fee = try feeParts(index)
            let isOverdue = isOverdue(index)
            for lender in lenders.indices {
                lenders[lender].capitalised += Components(
                    interest: isOverdue ? 0 : interest[lender],
                    overdueInterest: isOverdue ? interest[lender] : 0, fee: fee[lender])
            }
            let unpaid = instalments[index].unpaidInterest
            try settle(interest: unpaid, of: index, on: date)
            instalments[index].settled.fee += instalments[index].unpaidFee
            instalments[index].replanned += unpaid
            try capitalisePenalties(index, on: date)
        }
    }

    private mutating func capitalisePenalties(_ index: Int, on date: BusinessDate)
        throws(AmountError)
    {
        let due = try penaltiesDue(index, on: date)
        for (lender, parts) in try penaltyParts(index, due).enumerated() {
            lenders[lender].capitalised += Components(
                penalty: parts.onPrincipal, penaltyOnInterest: parts.onInterest)
        }
        settle(penalties: due, of: index)
    }
}
