package import BusinessCalendar
package import Monetary

extension Schedule {
    /// Interest of instalment `index` accrued in its first `days` days, rounded once on what the
    /// period has accrued (RULES § 3); what earlier periods defer to it is included.
    ///
    /// On the last day it is exactly the billed interest, or in a period whose interest is
    /// deferred what the next one begins with. Interest paid early is part of it.
    /// - Throws: ``AmountError/overflow``.
    package func accruedInterest(of index: Int, days: Int) throws(AmountError) -> Int64 {
        let instalment = instalments[index]
        let elapsed = min(max(0, days), instalment.days)
        if let segments = brokenPeriods[index] {
            let own = try segments.interest(
                clock(of: instalment), from: instalment.startsOn, days: elapsed,
                rounding: terms.rounding)
            // What was paid early had accrued, by the cent that another plan may round away.
            return max(instalment.paidEarly, instalment.carried + own)
        }
        let own = ownInterest(of: index)
        let plain = PlainAccrual(instalment, clock: clock(of: instalment))
        if try plain.accrued(days: instalment.days, rounding: terms.rounding) == own {
            return try instalment.carried + plain.accrued(days: elapsed, rounding: terms.rounding)
        }
        // Flat interest and plans agreed otherwise: linear in days on what is billed.
        let part = try terms.rounding.divide(
            Int128(own) * Int128(elapsed), by: Int128(max(1, instalment.days)))
        return instalment.carried + part
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
        guard instalment.carried == 0, brokenPeriods[index] == nil,
            clock(of: instalment).isEven(over: instalment.days)
        else { return nil }
        let quotient = AccrualQuotient(instalment: instalment, rate: instalment.rate)
        let billed = try quotient.accrued(days: instalment.days, rounding: terms.rounding)
        return billed == instalment.interest ? quotient : nil
    }

    /// What the instalment's own period bears: billed with it or, after grace, later.
    private func ownInterest(of index: Int) -> Int64 {
        let next = index + 1 < instalments.count ? instalments[index + 1].carried : 0
        return instalments[index].interest + next - instalments[index].carried
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

    init(_ instalment: Instalment, clock: PeriodClock) {
        if clock.isLinear {
            quotient = AccrualQuotient(instalment: instalment, rate: instalment.rate)
            self.clock = nil
        } else {
            quotient = AccrualQuotient(
                openingBalance: instalment.openingBalance, rate: instalment.rate,
                fraction: YearFraction(1, over: clock.unitsPerYear), days: 1)
            self.clock = clock
        }
    }

    func accrued(days: Int, rounding: Rounding) throws(AmountError) -> Int64 {
        try quotient.accrued(
            days: clock.map { Int($0.elapsed(days)) } ?? days, rounding: rounding)
    }
}
