// The bank's own schedule: exact fractions inside, one rounding per amount.

/// One instalment of a schedule, or of a plan on the bank's own amounts.
package struct Instalment: Equatable, Sendable {
    let period: LoanPeriod
    /// Principal in minor units.
    package var principal: Int64
    /// Interest that falls due, what came before the due date included.
    package var interest: Int64
    /// Fee that falls due.
    package var fee: Int64 = 0
    /// Interest of earlier instalments that was put off to this one or a later one.
    var carried: Int64 = 0
    /// What bears interest in it.
    let segments: [Segment]
    /// Interest of the period itself, rounded once.
    let own: Int64
    /// Whether its interest follows no balance and accrues by days.
    var isByDays = false
    /// Whether the loan was repaid in it: nothing accrues any more.
    var isRepaid = false

    /// First day whose interest it carries.
    package var startsOn: Day { period.startsOn }
    /// The day it falls due.
    package var dueOn: Day { period.dueOn }

    /// What has accrued after some days, what was put off to it included.
    func accrued(_ elapsed: Int, _ rounding: Rounding) -> Int64 {
        if isRepaid { return interest }
        let days = min(max(elapsed, 0), period.days)
        let all = period.interest(segments, until: dueOn).rounded(rounding)
        if all == own, !isByDays {
            let day = startsOn.adding(days: days)
            return carried + period.interest(segments, until: day).rounded(rounding)
        }
        // Interest that follows no balance: by days.
        let part = Int128(own) * Int128(days)
        return carried + Int64(rounding.divide(part, by: Int128(max(1, period.days))))
    }
}

/// A loan's instalments, or a share's for a bank that keeps a schedule of its own.
package struct Schedule: Sendable {
    /// The instalments in order of due date.
    package let instalments: [Instalment]
    /// The level part: of the total, or of the principal.
    let level: Int64
    private let rounding: Rounding

    /// Computes the schedule of a loan paid out on `start`; throws `unsupported-terms` on overflow.
    package init(_ terms: LoanTerms, from start: Day) throws(Refusal) {
        if let first = terms.firstDueOn, first <= start {
            throw Refusal.unsupported("a first due date on or before the payout")
        }
        rounding = terms.rounding
        var draft = PlanDraft(terms, terms.periods(from: start), balance: terms.principal)
        try draft.relevel()
        draft.limitFlatInterest()
        level = draft.level
        instalments = draft.rows()
    }

    /// Interest of instalment `index` after `elapsed` days of its period, rounded once.
    package func accrued(_ index: Int, elapsed: Int) -> Int64 {
        instalments[index].accrued(elapsed, rounding)
    }
}
