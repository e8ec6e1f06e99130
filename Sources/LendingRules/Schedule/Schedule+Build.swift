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
        try build(terms, isBegun: false)
    }

    /// The same, or what is left of a schedule whose first periods are over.
    static func build(_ terms: ScheduleTerms, isBegun: Bool) throws(ScheduleError) -> Schedule {
        var plan = try SchedulePlan(terms)
        plan.isBegun = isBegun
        let upfront = try terms.upfrontFees()
        let periods = try terms.periods(plan.dueDates)
        let open = OpenPeriod(openingBalance: terms.principal)
        try plan.relevel(open, periods)
        var draft = try InstalmentDraft(plan, open, periods)
        try draft.layOut()
        return Schedule(terms: terms, instalments: draft.instalments, upfrontFee: upfront)
    }
}
