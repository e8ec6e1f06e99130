package import BusinessCalendar
public import Monetary

/// One instalment: what falls due and what is left afterwards, in minor units.
package struct Instalment: Hashable, Sendable {
    /// From 1.
    package let number: Int
    /// First day of its interest period (counted).
    package let startsOn: BusinessDate
    /// Due date; the last day of the period is not counted.
    package let dueOn: BusinessDate
    package let principal: Int64
    package let interest: Int64
    /// Scheduled principal at the start of the period.
    package let openingBalance: Int64
    /// The whole period as a fraction of a year.
    package let fraction: YearFraction

    package init(
        number: Int, startsOn: BusinessDate, dueOn: BusinessDate, principal: Int64,
        interest: Int64, openingBalance: Int64, fraction: YearFraction
    ) {
        self.number = number
        self.startsOn = startsOn
        self.dueOn = dueOn
        self.principal = principal
        self.interest = interest
        self.openingBalance = openingBalance
        self.fraction = fraction
    }

    /// Actual days of the period.
    package var days: Int { dueOn.days(since: startsOn) }

    /// Principal and interest together.
    package var total: Int64 { principal + interest }

    /// Scheduled principal after the instalment.
    package var balance: Int64 { openingBalance - principal }
}

/// The instalments of one loan in order of their due dates.
package struct Schedule: Hashable, Sendable {
    package let terms: ScheduleTerms
    package let instalments: [Instalment]
    /// `cumulativePrincipal[k]` is billed by the first k instalments; element 0 is zero.
    package let cumulativePrincipal: [Int64]
    /// The same for interest.
    package let cumulativeInterest: [Int64]

    /// A schedule of instalments that repay exactly the principal.
    package init(terms: ScheduleTerms, instalments: [Instalment]) {
        self.terms = terms
        self.instalments = instalments
        cumulativePrincipal = instalments.reduce(into: [0]) { $0.append($0.last! + $1.principal) }
        cumulativeInterest = instalments.reduce(into: [0]) { $0.append($0.last! + $1.interest) }
        precondition(
            cumulativePrincipal.last == terms.principal, "a schedule repays its principal exactly")
    }

    /// How many instalments have their due date on or before a date.
    package func dueCount(on date: BusinessDate) -> Int {
        instalments.prefix { $0.dueOn <= date }.count
    }
}

extension Schedule {
    /// Interest of instalment `index` accrued in its first `days` days, rounded once.
    ///
    /// `openingBalance × rate × fraction × days ÷ period days`; on the last day it is exactly the
    /// billed interest (RULES § 3).
    /// - Throws: ``AmountError/overflow``.
    package func accruedInterest(of index: Int, days: Int) throws(AmountError) -> Int64 {
        let instalment = instalments[index]
        let elapsed = min(max(0, days), instalment.days)
        let quotient = AccrualQuotient(instalment: instalment, rate: terms.rate)
        return try quotient.accrued(days: elapsed, rounding: terms.rounding)
    }
}

/// The closed form of a period's accrual: `perDay × days ÷ divisor`, exact until rounded.
@usableFromInline @frozen
package struct AccrualQuotient: Hashable, Sendable {
    /// Opening balance × rate units × fraction numerator.
    @usableFromInline package let perDay: Int128
    /// Fraction denominator × 10⁸ × days of the period.
    @usableFromInline package let divisor: Int128

    package init(instalment: Instalment, rate: AnnualRate) {
        self.init(
            openingBalance: instalment.openingBalance, rate: rate, fraction: instalment.fraction,
            days: instalment.days)
    }

    /// The accrual of a period of `days` days on a balance in minor units.
    package init(openingBalance: Int64, rate: AnnualRate, fraction: YearFraction, days: Int) {
        perDay = Int128(openingBalance) * Int128(rate.units) * Int128(fraction.numerator)
        divisor =
            Int128(fraction.denominator) * Int128(AnnualRate.unitsPerOne) * Int128(max(1, days))
    }

    /// Interest after `days` days, rounded once.
    ///
    /// - Throws: ``AmountError/overflow``.
    @inlinable
    package func accrued(days: Int, rounding: Rounding) throws(AmountError) -> Int64 {
        let (product, overflow) = perDay.multipliedReportingOverflow(by: Int128(days))
        if overflow { throw .overflow }
        return try rounding.divide(product, by: divisor)
    }
}
