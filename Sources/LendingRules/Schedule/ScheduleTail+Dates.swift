import BusinessCalendar
import Monetary

extension ScheduleTail {
    /// The open period ends on another date and later ones count from its day; level instalments
    /// are recomputed, level principal stays.
    ///
    /// - Throws: ``ScheduleError``.
    mutating func moveDueDates(to next: BusinessDate) throws(ScheduleError) {
        let start = periods[0].startsOn
        guard next > date, next > start else { throw .dueDateNotAfterChange(next, on: date) }
        let number = open.index + 1 - plan.first
        plan.dueDates = DueDates(plan.terms, number: number, dueOn: next)
        let fraction = plan.terms.irregularFraction(
            from: start, to: next, counted: next, dueDay: next.dayOfMonth)
        periods[0] = InterestPeriod(startsOn: start, dueOn: next, fraction: fraction)
        for place in periods.indices.dropFirst() {
            periods[place] = try plan.terms.period(
                number + place, from: periods[place - 1].dueOn, plan.dueDates)
        }
        if plan.terms.method.hasLevelTotal { try plan.relevel(open, periods) }
    }

    /// More instalments after the last; of a bullet its due date moves as many periods.
    ///
    /// - Throws: ``ScheduleError``.
    mutating func extend(by count: Int) throws(ScheduleError) {
        let isBullet = plan.terms.method == .bullet
        let last = isBullet ? plan.terms.instalments : open.index + periods.count - plan.first
        guard count >= 1, count <= ScheduleTerms.instalmentLimits.upperBound - last else {
            throw .instalmentsOutOfRange(
                last.addingReportingOverflow(count).partialValue,
                allowed: last + 1...ScheduleTerms.instalmentLimits.upperBound)
        }
        for number in last + 1...last + count {
            let start = periods[periods.count - 1].dueOn
            periods.append(try plan.terms.period(number, from: start, plan.dueDates))
        }
        if isBullet { periods = [try plan.terms.joined(periods)] }
        plan.terms.instalments = last + count
        try plan.relevel(open, periods)
    }

    /// Another plan from the date on; what the open period has accrued falls due that day.
    ///
    /// - Throws: ``ScheduleError``.
    mutating func restructure(_ new: Restructuring) throws(ScheduleError) {
        let owed = try whole.openInterest(before: date)
        guard (0...max(0, owed)).contains(new.capitalisedInterest) else {
            throw .repaymentAboveOwed(interest: owed, principal: open.balance, on: date)
        }
        guard new.principal > 0 else { throw .principalNotPositive(new.principal) }
        let movement = new.principal - open.openingBalance
        if date > periods[0].startsOn {
            try cut(interest: owed, capitalised: new.capitalisedInterest, movement: movement)
        } else {
            open.movement = movement
        }
        plan = try plan.replaced(by: new, on: date, first: open.index)
        periods = try plan.terms.periods(plan.dueDates)
        open.segments =
            open.movement == 0
            ? []
            : [PeriodSegment(startsOn: date, balance: new.principal, rate: new.rate)]
        try plan.relevel(open, periods)
    }

    /// Ends the open period on the date as an instalment of interest alone.
    private mutating func cut(interest owed: Int64, capitalised: Int64, movement: Int64)
        throws(ScheduleError)
    {
        let period = periods[0]
        let days = date.days(since: period.startsOn)
        let fraction = plan.terms.partFraction(of: period, days: days)
        kept.append(
            Instalment(
                number: open.index + 1, startsOn: period.startsOn, dueOn: date, principal: 0,
                interest: owed + open.paidEarly, openingBalance: open.openingBalance,
                fraction: fraction, rate: plan.terms.rate,
                paidEarly: open.paidEarly + capitalised, movement: movement,
                carried: open.carried))
        let segments = open.segments.filter { $0.startsOn < date }
        if !segments.isEmpty { brokenPeriods[open.index] = segments }
        open = OpenPeriod(index: open.index + 1, openingBalance: open.openingBalance + movement)
    }
}

extension SchedulePlan {
    /// The plan of a restructuring, its first instalment at an index.
    fileprivate func replaced(by new: Restructuring, on date: BusinessDate, first: Int)
        throws(ScheduleError) -> SchedulePlan
    {
        var terms = terms
        terms.principal = new.principal
        terms.rate = new.rate
        terms.method = new.method
        terms.instalments = new.instalments
        terms.every = new.every
        terms.disbursedOn = date
        terms.firstDueOn = new.firstDueOn
        terms.principalGrace = new.principalGrace
        terms.interestGrace = new.interestGrace
        var plan = try SchedulePlan(terms)
        plan.first = first
        return plan
    }
}

extension ScheduleTerms {
    /// What the first days of a period are of a year, so that they accrue as they did.
    fileprivate func partFraction(of period: InterestPeriod, days: Int) -> YearFraction {
        let clock = clock(of: period)
        return YearFraction(clock.elapsed(days), over: clock.unitsPerYear)
    }
}
