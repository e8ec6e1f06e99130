import BusinessCalendar
import Monetary

// Instalments that have not fallen due, computed anew: early repayments and changed terms.

extension Replay {
    /// Whether cash beyond what is due changes the plan, and does not wait for its instalments.
    var repaysEarly: Bool {
        stoppedOn == nil && undoneOn == nil && dueCount < instalments.count
            && (currentMethod.repaysAnyTime
                || contract.servicing.earlyRepayment.effect != .nextInstalment)
    }

    /// The method of the plan in force: what was converted is no purchase any more.
    private var currentMethod: ScheduleMethod { (schedule.plan?.terms ?? schedule.terms).method }

    /// Pays what has accrued in the open period, then principal that has not fallen due, out of all
    /// cash that waits: a cent too little for a fee may wait for the next payment.
    mutating func payInAdvance(on valueDate: BusinessDate) throws(AmountError) {
        guard repaysEarly else { return }
        let date = countedFrom(valueDate)
        guard date < instalments[dueCount].instalment.dueOn else { return }
        let cash = payments.reduce(0) { $0 + $1.unallocated }
        let early = try earlyRepayment(cash, on: date)
        var left = early
        for payment in payments.indices where payments[payment].unallocated > 0 {
            var slip = PaymentSlip(
                payment: payment, date: date, cash: payments[payment].unallocated)
            let before = slip.cash
            try payInterest(dueCount, left.interest, &slip)
            left.interest -= before - slip.cash
            left.fee -= try payFee(left.fee, &slip)
            left.principal -= try repay(left.principal, &slip)
        }
        // The plan is told of interest alone only where it would bill less than was paid: in grace.
        if early.principal > 0 || instalments[dueCount].unpaidInterest < 0 {
            try shrink(by: early.principal, on: date)
        }
    }

    /// The date from which a repayment counts: a loan repaid on its first day may owe a day, where
    /// its first instalment does not fall due with it.
    func countedFrom(_ date: BusinessDate) -> BusinessDate {
        let later = date.adding(days: contract.servicing.minimumDays)
        let isFirst = date == contract.disbursedOn && later < instalments[dueCount].instalment.dueOn
        return isFirst ? later : date
    }

    /// What some cash pays in advance on a date: interest, principal and the fee for repaying it.
    func earlyRepayment(_ cash: Int64, on date: BusinessDate) throws(AmountError)
        -> ClaimAmounts
    {
        let owed = try owedInAdvance(on: date)
        let order = contract.servicing.allocation.inAdvance
        let isInterestFirst =
            order.firstIndex(of: .interest) ?? 0 < order.firstIndex(of: .principal) ?? 1
        let terms = contract.servicing.earlyRepayment
        if isInterestFirst {
            let interest = min(cash, owed.interest)
            let principal = terms.principal(
                of: cash - interest, atMost: owed.principal, after: repaidEarly)
            return ClaimAmounts(
                principal: principal, interest: interest,
                fee: terms.fee(on: principal, after: repaidEarly))
        }
        let principal = terms.principal(
            of: cash, atMost: owed.principal, after: repaidEarly)
        let fee = terms.fee(on: principal, after: repaidEarly)
        return ClaimAmounts(
            principal: principal, interest: min(cash - principal - fee, owed.interest), fee: fee)
    }

    /// Interest accrued in the open period before a date and unpaid, and principal not yet due.
    func owedInAdvance(on date: BusinessDate) throws(AmountError) -> ClaimAmounts {
        let state = instalments[dueCount]
        let accrued = try accruedInterest(before: date) - schedule.cumulativeInterest[dueCount]
        let principal = instalments[dueCount...].reduce(0) { $0 + $1.unpaidPrincipal }
        return ClaimAmounts(
            principal: principal, interest: max(0, accrued - state.settled.interest))
    }

    /// Bills the fee for an early repayment and pays it; gives what was paid.
    private mutating func payFee(_ fee: Int64, _ slip: inout PaymentSlip) throws(AmountError)
        -> Int64
    {
        let amount = slip.take(fee)
        if amount == 0 { return 0 }
        let start = laid.fee
        try bill(fee: amount)
        let parts = try scale.fee.parts(from: start, to: laid.fee)
        credit(parts, .fee, dueCount, at: start, slip)
        return amount
    }

    /// Pays principal that has not fallen due; gives what was paid.
    private mutating func repay(_ principal: Int64, _ slip: inout PaymentSlip)
        throws(AmountError) -> Int64
    {
        let start = laid.principal
        let amount = slip.take(principal)
        if amount == 0 { return 0 }
        let parts = try earlyParts(amount)
        credit(parts, .principal, dueCount, at: own == nil ? start : nil, slip)
        chargeServiceFees(.principalCollected, slip, dueCount)
        laid.principal += amount
        repaidEarly += amount
        return amount
    }

    /// Goes by a plan for so much principal less.
    private mutating func shrink(by principal: Int64, on date: BusinessDate)
        throws(AmountError)
    {
        let effect = contract.servicing.earlyRepayment.effect
        let early = schedule.instalments[dueCount].paidEarly
        let begun = try openPlace(before: date)
        // Where principal comes back at the end there is no number of instalments to lower.
        let lowers = effect == .nextInstalment || schedule.terms.method.repaysAtEnd
        let repayment = ScheduleChange.repayment(
            interest: instalments[dueCount].settled.interest - early, principal: principal,
            on: date, lowers ? .lowerInstalment : effect)
        do throws(ScheduleError) {
            try change(repayment)
        } catch {
            planFault = PlanFault(fact: payments[payments.count - 1].payment, error: error)
            return
        }
        try assignShares(begun: begun)
        try layDue(on: date)
    }

    /// Goes by another plan from now on; what has fallen due stays as it was.
    mutating func change(_ change: ScheduleChange) throws(ScheduleError) {
        schedule = try schedule.changed(change)
        let open = dueCount < instalments.count ? instalments[dueCount] : nil
        instalments.removeSubrange(dueCount...)
        for instalment in schedule.instalments[dueCount...] {
            instalments.append(InstalmentState(instalment))
        }
        guard let open, dueCount < instalments.count else { return }
        instalments[dueCount].settled.interest = open.settled.interest
        instalments[dueCount].before.interest = open.before.interest
        instalments[dueCount].shares = open.shares
    }
}
