import BusinessCalendar
import Monetary

extension Schedule {
    /// The schedule of some terms: whole minor units, the last instalment takes the residue.
    ///
    /// Interest of each instalment is rounded on its own; equal instalments are rounded once, to
    /// `instalmentMultiple`. Worked: 10000.00 at 12 % over 12 months from 2026-01-31 gives eleven
    /// times 888.49 and a last instalment of 888.47.
    /// - Throws: ``ScheduleError`` when the terms are impossible.
    package static func build(_ terms: ScheduleTerms) throws(ScheduleError) -> Schedule {
        try terms.checkLimits()
        let periods = try terms.periods()
        var draft = try InstalmentDraft(terms: terms, periods: periods)
        for number in 1...periods.count { try draft.append(number) }
        return Schedule(terms: terms, instalments: draft.instalments)
    }
}

extension ScheduleError {
    /// The result of amounts that must fit in 64-bit minor units.
    fileprivate static func fitting(_ body: () throws(AmountError) -> Int64)
        throws(ScheduleError) -> Int64
    {
        do { return try body() } catch { throw .amountOutOfRange }
    }
}

/// Instalments being laid out one after the other.
private struct InstalmentDraft {
    let terms: ScheduleTerms
    let periods: [InterestPeriod]
    /// The level part: the whole payment, or the principal of each instalment; minor units.
    let level: Int64
    /// Principal not yet laid out.
    var balance: Int64
    /// Everything the borrower pays, kept only to refuse sums beyond 64 bits.
    var paid: Int64 = 0
    var instalments: [Instalment] = []

    init(terms: ScheduleTerms, periods: [InterestPeriod]) throws(ScheduleError) {
        self.terms = terms
        self.periods = periods
        balance = terms.principal
        level = try ScheduleError.fitting { () throws(AmountError) in
            switch terms.method {
            case .equalInstalment:
                try LevelInstalment(terms, fractions: periods.map(\.fraction)).rounded()
            case .equalPrincipal:
                try terms.instalmentRounding.divide(
                    Int128(terms.principal), by: Int128(terms.instalments))
            }
        }
        instalments.reserveCapacity(periods.count)
    }

    /// Lays out the next instalment.
    ///
    /// - Throws: ``ScheduleError/instalmentBelowInterest(number:instalment:interest:)`` or
    ///   ``ScheduleError/amountOutOfRange``.
    mutating func append(_ number: Int) throws(ScheduleError) {
        let period = periods[number - 1]
        let interest = try ScheduleError.fitting { () throws(AmountError) in
            try billedInterest(of: period)
        }
        let principal =
            number == periods.count
            ? balance : try principalPart(number: number, interest: interest)
        instalments.append(
            Instalment(
                number: number, startsOn: period.startsOn, dueOn: period.dueOn,
                principal: principal, interest: interest, openingBalance: balance,
                fraction: period.fraction))
        let before = paid
        paid = try ScheduleError.fitting { () throws(AmountError) in
            try before.plus(principal).plus(interest)
        }
        balance -= principal
    }

    /// The accrual of the last day, so that what accrues lands exactly on what is billed.
    private func billedInterest(of period: InterestPeriod) throws(AmountError) -> Int64 {
        let days = period.dueOn.days(since: period.startsOn)
        let quotient = AccrualQuotient(
            openingBalance: balance, rate: terms.rate, fraction: period.fraction, days: days)
        return try quotient.accrued(days: days, rounding: terms.rounding)
    }

    private func principalPart(number: Int, interest: Int64) throws(ScheduleError) -> Int64 {
        // Rounded up, the level part may repay everything before the last instalment.
        if balance == 0 { return 0 }
        let total = try ScheduleError.fitting { () throws(AmountError) in
            try instalmentTotal(interest: interest)
        }
        guard total >= interest else {
            throw .instalmentBelowInterest(number: number, instalment: total, interest: interest)
        }
        return min(total - interest, balance)
    }

    private func instalmentTotal(interest: Int64) throws(AmountError) -> Int64 {
        if terms.method == .equalInstalment { return level }
        let total = try min(level, balance).plus(interest)
        if terms.instalmentMultiple == 1 { return total }
        let multiples = try terms.instalmentRounding.divide(
            Int128(total), by: Int128(terms.instalmentMultiple))
        return try multiples.times(terms.instalmentMultiple)
    }
}
