// What a funding request says about its loan, in the bank's own words.

/// Why the bank will not take a request: a code for programs and a sentence for people.
package struct Refusal: Error, Equatable {
    /// Stable code, `reasonCode` on the wire.
    package let code: String
    /// What is wrong.
    package let reason: String
}

/// How a loan is paid back.
package enum RepaymentMethod: String, CaseIterable, Sendable {
    case equalInstalment = "equal-instalment"
    case equalPrincipal = "equal-principal"
    case flat
    case interestOnly = "interest-only"
    case bullet
    case principalGrace = "principal-grace"
    case daily
    case statementCycle = "statement-cycle"

    /// Instalments are level in total.
    var isLevel: Bool { self == .equalInstalment || self == .principalGrace }
    /// Principal is level.
    var isLevelPrincipal: Bool { self == .equalPrincipal || self == .flat }
    /// Interest counts days whatever the months.
    var isDaily: Bool { self == .daily || self == .statementCycle }
}

/// When a purchase is told on a statement, and how much of it must be paid then.
package struct StatementTerms: Equatable, Sendable {
    /// Day of the month on which the statement closes.
    let day: Int
    /// Percent of the principal.
    let minimum: Exact

    /// The last closing day before a due date.
    func closing(before dueOn: Day) -> Day {
        let (year, month, number) = dueOn.parts
        let isSameMonth = min(day, Day.length(ofMonth: month, year: year)) < number
        let start = isSameMonth ? dueOn : dueOn.adding(days: -number)
        return start.adding(months: 0, anchor: day)
    }
}

/// A fee that the borrower owes with every instalment.
package struct TermFee: Equatable, Sendable {
    /// What a part is taken of.
    enum Base: String { case principal, instalment, outstanding }

    /// Percent of a base, or minor units.
    enum Value: Equatable, Sendable {
        case percent(Exact, Base)
        case amount(Int64)
    }

    let value: Value
}

/// The length of one repayment period.
package struct Period: Equatable, Sendable {
    /// Units a period is counted in.
    package enum Unit: String, Sendable {
        case days, weeks, months, years
    }

    /// How many units.
    package let count: Int
    /// Which units.
    package let unit: Unit

    /// The end of `number` periods from `day`, on the day `anchor` of its month.
    package func adding(_ number: Int, to day: Day, anchor: Int) -> Day {
        switch unit {
        case .days: day.adding(days: count * number)
        case .weeks: day.adding(days: 7 * count * number)
        case .months: day.adding(months: count * number, anchor: anchor)
        case .years: day.adding(months: 12 * count * number, anchor: anchor)
        }
    }

    /// About how many days it has.
    var days: Int {
        switch unit {
        case .days: count
        case .weeks: 7 * count
        case .months: 30 * count
        case .years: 366 * count
        }
    }

    /// Whole months of the period; nil when it is counted in days.
    package var months: Int? {
        switch unit {
        case .days, .weeks: nil
        case .months: count
        case .years: 12 * count
        }
    }
}

/// The terms of a whole loan, as far as this bank can compute them.
package struct LoanTerms: Sendable {
    /// The principal of the whole loan, or of the share for a bank with a schedule of its own.
    package var principal: Int64
    /// Currency of all amounts.
    package let currency: Currency
    /// Contract rate in percent a year.
    package let annualRatePercent: Exact
    /// How it is paid back.
    package let method: RepaymentMethod
    /// Number of instalments.
    package let instalments: Int
    /// Length of a period.
    package let every: Period
    /// The day it is expected to be paid out.
    package let disbursedOn: Day
    /// First due date when the request fixes one.
    package let firstDueOn: Day?
    /// Day count convention.
    package var dayCount: DayCount
    /// Rounding of interest.
    package var rounding: Rounding
    /// Rounding of the level instalment, or of the level principal.
    package var instalmentRounding: Rounding
    /// The level instalment is a multiple of this many minor units.
    package let instalmentMultiple: Int64
    /// Instalments at the start without principal.
    let principalGrace: Int
    /// Instalments at the start whose interest falls due with a later one.
    let interestGrace: Int
    /// Whether a due day that a month lacks is the first of the next.
    let isNextMonth: Bool
    /// Of a loan by statements: its closing day and minimum.
    let statement: StatementTerms?
    /// Fees of every instalment.
    var fees: [TermFee]

    /// Whether every share of it has a schedule for certain: with amounts and rates far from any
    /// limit, and a first due date that follows the payout, there is nothing to try.
    package var isPlain: Bool {
        method != .bullet && statement == nil && principalGrace + interestGrace == 0 && fees.isEmpty
            && principal <= 1_000_000_000_000 && instalmentMultiple <= 1_000_000
            && every.days <= 366
            && annualRatePercent.units <= 100 * annualRatePercent.scale
            && annualRatePercent.scale <= 1_000_000
            && firstDueOn.map { $0.days(since: disbursedOn) <= 366 } ?? true
    }
}
