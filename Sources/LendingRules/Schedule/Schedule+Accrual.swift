package import BusinessCalendar
package import Monetary

extension Schedule {
    /// Interest of instalment `index` accrued in its first `days` days, rounded once on what the
    /// period has accrued (RULES § 3); what earlier periods defer to it is included.
    ///
    /// On the last day it is exactly the billed interest, or in a period whose interest is
    /// deferred what the next one begins with; it is never above that before, and never below
    /// what was paid early, which had accrued whatever another plan rounds away.
    /// - Throws: ``AmountError/overflow``.
    package func accruedInterest(of index: Int, days: Int) throws(AmountError) -> Int64 {
        let instalment = instalments[index]
        let whole = instalment.carried + ownInterest(of: index)
        // The last instalment of a flat loan takes the residue with its last day.
        if days >= instalment.days { return whole }
        let clock = clock(of: instalment)
        let elapsed = max(0, days)
        let exact: Int64
        if let segments = brokenPeriods[index] {
            exact = try segments.interest(
                clock, from: instalment.startsOn, days: elapsed, rounding: terms.rounding)
        } else {
            exact = try PlainAccrual(instalment, bearing: bearing(instalment), clock: clock)
                .accrued(days: elapsed, rounding: terms.rounding)
        }
        let isToldOf = plan?.changedOn.map { instalment.startsOn.adding(days: elapsed) >= $0 }
        let early = isToldOf == true ? instalment.paidEarly : 0
        return min(whole, max(early, instalment.carried + exact))
    }

    /// Interest of all periods accrued by the end of a date, the following night included.
    ///
    /// - Throws: ``AmountError/overflow``.
    package func accruedInterest(endOf date: BusinessDate) throws(AmountError) -> Int64 {
        let morning = date.adding(days: 1)
        let complete = instalments.prefix { $0.dueOn <= morning }.count
        guard complete < instalments.count else { return cumulativeInterest[complete] }
        let days = morning.days(since: instalments[complete].startsOn)
        return try cumulativeInterest[complete] + accruedInterest(of: complete, days: days)
    }

    /// Interest of the period open on a date that is owed for the days before it, less what was
    /// paid early; zero when no period is open.
    ///
    /// - Throws: ``ScheduleError/amountOutOfRange``.
    package func openInterest(before date: BusinessDate) throws(ScheduleError) -> Int64 {
        let index = dueCount(on: date)
        guard index < instalments.count else { return 0 }
        let instalment = instalments[index]
        let days = date.days(since: instalment.startsOn)
        return try ScheduleError.fitting { () throws(AmountError) in
            try accruedInterest(of: index, days: days) - instalment.paidEarly
        }
    }

    /// The closed form of a period's accrual, or nil when it is not one quotient over actual days.
    ///
    /// - Throws: ``AmountError/overflow``.
    package func closedForm(of index: Int) throws(AmountError) -> AccrualQuotient? {
        let instalment = instalments[index]
        guard instalment.carried == 0, instalment.paidEarly == 0, brokenPeriods[index] == nil,
            clock(of: instalment).isEven(over: instalment.days)
        else { return nil }
        let quotient = AccrualQuotient(instalment: instalment, rate: instalment.rate)
        let billed = try quotient.accrued(days: instalment.days, rounding: terms.rounding)
        return billed == instalment.interest ? quotient : nil
    }

    /// What the instalment's own period bears: billed with it or, after grace, later.
    func ownInterest(of index: Int) -> Int64 {
        let next = index + 1 < instalments.count ? instalments[index + 1].carried : 0
        return instalments[index].interest + next - instalments[index].carried
    }

    /// Principal that an unbroken period bears interest on: of flat loans what was lent.
    private func bearing(_ instalment: Instalment) -> Int64 {
        let method = (plan?.terms ?? terms).method
        guard method == .flat, instalment.openingBalance > 0 else {
            return instalment.openingBalance
        }
        return plan?.lent ?? terms.principal
    }

    func clock(of instalment: Instalment) -> PeriodClock {
        PeriodClock(
            startsOn: instalment.startsOn, dueOn: instalment.dueOn,
            fraction: instalment.fraction, dayCount: terms.dayCount)
    }
}

/// The accrual of a period in which nothing changes, by days of its clock.
private struct PlainAccrual {
    private let quotient: AccrualQuotient
    /// Nil where every day counts the same.
    private let clock: PeriodClock?

    init(_ instalment: Instalment, bearing: Int64, clock: PeriodClock) {
        if clock.isLinear {
            quotient = AccrualQuotient(
                openingBalance: bearing, rate: instalment.rate, fraction: instalment.fraction,
                days: instalment.days)
            self.clock = nil
        } else {
            quotient = AccrualQuotient(
                openingBalance: bearing, rate: instalment.rate,
                fraction: YearFraction(1, over: clock.unitsPerYear), days: 1)
            self.clock = clock
        }
    }

    func accrued(days: Int, rounding: Rounding) throws(AmountError) -> Int64 {
        try quotient.accrued(
            days: clock.map { Int($0.elapsed(days)) } ?? days, rounding: rounding)
    }
}
