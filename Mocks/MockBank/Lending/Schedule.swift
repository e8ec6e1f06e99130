// The bank's own schedule: exact fractions inside, one rounding per amount.

/// One instalment of a schedule.
package struct Instalment: Equatable, Sendable {
    /// First day whose interest it carries.
    package let startsOn: Day
    /// The day it falls due.
    package let dueOn: Day
    /// Principal in minor units.
    package let principal: Int64
    /// Interest in minor units.
    package let interest: Int64
    /// Interest of the whole period before rounding, in `interestScale`-ths of a minor unit.
    let exactInterest: Int128
    let interestScale: Int128
}

/// A loan's instalments, or a share's for a bank that keeps a schedule of its own.
package struct Schedule: Sendable {
    /// The instalments in order of due date.
    package let instalments: [Instalment]
    private let rounding: Rounding

    /// Computes the schedule of a loan paid out on `start`; throws `unsupported-terms` on overflow.
    package init(_ terms: LoanTerms, from start: Day) throws(Refusal) {
        if let first = terms.firstDueOn, first <= start {
            throw Refusal.unsupported("a first due date on or before the payout")
        }
        rounding = terms.rounding
        let rates = PeriodRates(terms, from: start)
        let level = try rates.level(terms)
        instalments = Schedule.instalments(terms, rates, level: level)
    }

    /// Interest of instalment `index` after `elapsed` days of its period, rounded once.
    package func accrued(_ index: Int, elapsed: Int) -> Int64 {
        let instalment = instalments[index]
        let days = instalment.dueOn.days(since: instalment.startsOn)
        let counted = min(max(elapsed, 0), days)
        if counted == days { return instalment.interest }
        return Int64(
            rounding.divide(
                instalment.exactInterest * Int128(counted),
                by: instalment.interestScale * Int128(days)))
    }

    private static func instalments(
        _ terms: LoanTerms, _ rates: PeriodRates, level: Int64
    ) -> [Instalment] {
        var balance = terms.principal
        return rates.periods.indices.map { index in
            let exact = Int128(balance) * Int128(rates.numerators[index])
            let interest = Int64(terms.rounding.divide(exact, by: Int128(rates.denominator)))
            let wanted = terms.method == .equalPrincipal ? level : max(0, level - interest)
            let isLast = index == rates.periods.count - 1
            let principal = isLast ? balance : min(balance, wanted)
            balance -= principal
            return Instalment(
                startsOn: rates.periods[index].startsOn, dueOn: rates.periods[index].dueOn,
                principal: principal, interest: interest, exactInterest: exact,
                interestScale: Int128(rates.denominator))
        }
    }
}

/// The rate of every period over one common denominator.
private struct PeriodRates {
    let periods: [LoanPeriod]
    let numerators: [Int64]
    let denominator: Int64

    init(_ terms: LoanTerms, from start: Day) {
        periods = terms.periods(from: start)
        let common = periods.reduce(1) { leastCommonMultiple($0, $1.denominator) }
        numerators = periods.map {
            terms.annualRatePercent.units * $0.numerator * (common / $0.denominator)
        }
        denominator = terms.annualRatePercent.scale * 100 * common
    }

    /// The level instalment P·Π(1+rᵢ)/fₙ, or the level principal, in minor units.
    func level(_ terms: LoanTerms) throws(Refusal) -> Int64 {
        if terms.method == .equalPrincipal {
            return Int64(
                terms.instalmentRounding.divide(
                    Int128(terms.principal), by: Int128(terms.instalments)))
        }
        let whole = UInt64(denominator)
        var growth = BigNatural(UInt64(terms.principal))
        var factor = BigNatural(0)
        var power = BigNatural(1)
        for numerator in numerators {
            let step = whole + UInt64(numerator)
            growth = growth.times(step)
            factor = factor.times(step).plus(power)
            power = power.times(whole)
        }
        let multiple = UInt64(terms.instalmentMultiple)
        let divisor = factor.times(whole).times(multiple)
        guard let units = growth.divided(by: divisor, rounding: terms.instalmentRounding),
            let level = Int64(exactly: units.multipliedReportingOverflow(by: multiple).partialValue)
        else { throw Refusal.unsupported("an instalment this large") }
        return level
    }
}
