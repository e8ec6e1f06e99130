import BusinessCalendar
import Monetary

extension ScheduleTail {
    /// Another rate from the date on; level instalments are recomputed, level principal stays.
    ///
    /// - Throws: ``ScheduleError``.
    mutating func setRate(_ rate: AnnualRate) throws(ScheduleError) {
        try ScheduleTerms.checkRate(rate)
        keepSegment()
        plan.terms.rate = rate
        plan.roundsEach = true
        beginSegment()
        if plan.terms.method.hasLevelTotal { try plan.relevel(open, periods) }
    }

    /// More principal from the date on.
    ///
    /// - Throws: ``ScheduleError``.
    mutating func draw(_ amount: Int64) throws(ScheduleError) {
        guard amount > 0 else { throw .principalNotPositive(amount) }
        keepSegment()
        let (movement, lent, balance) = (open.movement, plan.lent, open.balance)
        open.movement = try ScheduleError.fitting { () throws(AmountError) in
            _ = try balance.plus(amount)
            return try movement.plus(amount)
        }
        plan.lent = try ScheduleError.fitting { () throws(AmountError) in try lent.plus(amount) }
        beginSegment()
        try plan.relevel(open, periods)
    }

    /// Refuses amounts below zero and more than is owed on the date.
    ///
    /// - Throws: ``ScheduleError/repaymentAboveOwed(interest:principal:on:)``.
    func check(interest: Int64, principal: Int64) throws(ScheduleError) {
        let owed = try whole.openInterest(before: date)
        guard interest >= 0, principal >= 0, interest <= owed, principal <= open.balance else {
            throw .repaymentAboveOwed(interest: owed, principal: open.balance, on: date)
        }
    }

    /// Principal and interest of the open period come before the due date.
    ///
    /// - Throws: ``ScheduleError``.
    mutating func repay(interest: Int64, principal: Int64, _ effect: EarlyRepaymentEffect)
        throws(ScheduleError)
    {
        keepSegment()
        open.movement -= principal
        open.paidEarly += interest
        if let cycle = plan.terms.statement, plan.terms.method == .statementCycle,
            date > cycle.closing(before: plan.counted(open.index, dueOn: periods[0].dueOn))
        {
            open.billedEarly += principal
        }
        beginSegment()
        if open.balance == 0 { return }
        if effect == .shortenTerm {
            guard !plan.terms.method.repaysAtEnd else {
                throw .nothingToShorten(plan.terms.method)
            }
            endsEarly = true
            plan.roundsEach = true
        } else {
            try plan.relevel(open, periods)
        }
    }

    /// Writes down what the open period has borne interest on so far; before a change.
    private mutating func keepSegment() {
        if !open.segments.isEmpty { return }
        open.segments = [
            PeriodSegment(
                startsOn: periods[0].startsOn, balance: plan.bearing(open.balance),
                rate: plan.rate(open.index))
        ]
    }

    /// Begins a segment with what holds from the date on; after a change.
    private mutating func beginSegment() {
        let segment = PeriodSegment(
            startsOn: date, balance: plan.bearing(open.balance), rate: plan.rate(open.index))
        if let last = open.segments.last {
            if last.balance == segment.balance, last.rate == segment.rate { return }
            if last.startsOn == date { open.segments.removeLast() }
        }
        open.segments.append(segment)
        // Another rate from the first day on leaves the period whole.
        if open.segments.count == 1, open.movement == 0 { open.segments = [] }
    }
}

extension ScheduleMethod {
    /// Whether instalments pay the same total.
    var hasLevelTotal: Bool { self == .equalInstalment || self == .principalGrace }
}
