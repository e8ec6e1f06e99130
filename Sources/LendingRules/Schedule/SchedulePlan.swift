import BusinessCalendar
import Monetary

/// How the instalments from one on are laid out.
struct SchedulePlan: Hashable, Sendable {
    /// The terms in force.
    var terms: ScheduleTerms
    var dueDates: DueDates
    /// Index of the plan's first instalment in its schedule.
    var first = 0
    /// What instalments pay while they are level: the total, or the principal; minor units.
    var level: Int64 = 0
    /// Principal lent: what flat loans bear interest on.
    var lent: Int64
    /// Whether the first period was over before: none is free of interest any more.
    var isBegun = false
    /// Whether every flat instalment is rounded on its own: after another rate, or a shorter term.
    var roundsEach = false
    /// The date of the last change.
    var changedOn: BusinessDate?

    /// - Throws: ``ScheduleError`` when the terms are out of range or their first due date is
    ///   impossible.
    init(_ terms: ScheduleTerms) throws(ScheduleError) {
        try terms.checkLimits()
        self.terms = terms
        lent = terms.principal
        dueDates = try DueDates(terms)
    }

    /// Whether the instalment at an index pays no principal yet.
    func hasPrincipalGrace(_ index: Int) -> Bool { index - first < terms.principalGrace }

    /// Whether the interest of the instalment at an index is deferred.
    func hasInterestGrace(_ index: Int) -> Bool { index - first < terms.interestGrace }

    /// The date that the due date of the instalment at an index counts to, holiday or not; where
    /// it does not count from the plan's day, the due date itself.
    func counted(_ index: Int, dueOn: BusinessDate) -> BusinessDate {
        guard let holidays = terms.holidays,
            let date = try? dueDates.counted(to: index + 1 - first), holidays.shifted(date) == dueOn
        else { return dueOn }
        return date
    }

    /// The rate of the period of the instalment at an index: purchases are free of interest until
    /// they first fall due.
    func rate(_ index: Int) -> AnnualRate {
        let isFree = terms.method == .statementCycle && index == first && !isBegun
        return isFree ? AnnualRate(units: 0) : terms.rate
    }

    /// Principal that bears interest when `balance` is outstanding: of flat loans what was lent,
    /// until nothing is outstanding.
    func bearing(_ balance: Int64) -> Int64 {
        terms.method == .flat && balance > 0 ? lent : balance
    }
}

/// What is known of the first period that is still to be laid out.
struct OpenPeriod: Hashable {
    /// Index of its instalment.
    var index = 0
    /// Scheduled principal at its start, minor units.
    var openingBalance: Int64
    /// As in ``Instalment``.
    var movement: Int64 = 0
    var paidEarly: Int64 = 0
    var carried: Int64 = 0
    var billedEarly: Int64 = 0
    /// Empty while nothing has changed in the period.
    var segments: [PeriodSegment] = []

    /// Principal outstanding after what has happened so far.
    var balance: Int64 { openingBalance + movement }
}

extension SchedulePlan {
    /// Sets the level part anew for what is left over some periods, of which the first is open.
    ///
    /// - Throws: ``ScheduleError/amountOutOfRange``.
    mutating func relevel(_ open: OpenPeriod, _ periods: [InterestPeriod]) throws(ScheduleError) {
        let grace = min(max(0, first + terms.principalGrace - open.index), periods.count - 1)
        do {
            switch terms.method {
            case .equalInstalment, .principalGrace:
                level = try levelTotal(open, periods, grace: grace)
            case .equalPrincipal, .flat:
                level = try terms.instalmentRounding.divide(
                    Int128(open.balance), by: Int128(periods.count - grace))
            case .interestOnly, .bullet, .daily, .statementCycle: level = 0
            }
        } catch { throw .amountOutOfRange }
    }

    /// The segments of an open period, one when nothing has changed in it.
    func segments(_ open: OpenPeriod, _ period: InterestPeriod) -> [PeriodSegment] {
        if !open.segments.isEmpty { return open.segments }
        let balance = bearing(open.balance)
        return [PeriodSegment(startsOn: period.startsOn, balance: balance, rate: rate(open.index))]
    }

    private func levelTotal(_ open: OpenPeriod, _ periods: [InterestPeriod], grace: Int)
        throws(AmountError) -> Int64
    {
        let fractions = periods.map(\.fraction)
        if grace > 0 || (open.segments.isEmpty && open.paidEarly == 0) {
            return try LevelInstalment(
                terms, principal: open.balance, rate: terms.rate, fractions: fractions[grace...]
            ).rounded()
        }
        let clock = terms.clock(of: periods[0])
        let interest = try segments(open, periods[0]).exactInterest(
            clock, from: periods[0].startsOn, days: periods[0].days)
        let scale = Int128(clock.unitsPerYear) * Int128(AnnualRate.unitsPerOne)
        let paid = max(0, open.paidEarly - open.carried)
        let (principal, isTooLarge) = Int128(open.balance - paid)
            .multipliedReportingOverflow(by: scale)
        let (owed, isTooMuch) = principal.addingReportingOverflow(interest)
        if isTooLarge || isTooMuch || owed < 0 { throw .overflow }
        return try LevelInstalment(
            terms, owed: UInt128(owed), over: UInt128(scale), rate: terms.rate,
            later: fractions[1...]
        ).rounded()
    }
}

extension ScheduleTerms {
    func clock(of period: InterestPeriod) -> PeriodClock {
        PeriodClock(
            startsOn: period.startsOn, dueOn: period.dueOn, fraction: period.fraction,
            dayCount: dayCount)
    }
}

extension ScheduleError {
    /// The result of amounts that must fit in 64-bit minor units.
    static func fitting<Result>(_ body: () throws(AmountError) -> Result) throws(ScheduleError)
        -> Result
    {
        do { return try body() } catch { throw .amountOutOfRange }
    }
}
