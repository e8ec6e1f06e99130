package import BusinessCalendar
import Reconciling

/// How old an open break is; every calendar date is a business date.
package struct BreakAge: Hashable, Sendable {
    /// Business dates since the one it first appeared on; 0 on the open date itself.
    package let days: Int
    /// By whose end it is to be closed.
    package let dueOn: BusinessDate
    package let isOverdue: Bool

    /// The age of a break, or nil when it is closed.
    package init?(_ kept: KeptBreak, on openDate: BusinessDate, rules: BreakRules) {
        guard kept.state.isOpen else { return nil }
        days = max(0, Int(openDate.days(since: kept.firstDate)))
        dueOn = kept.firstDate.adding(days: rules.dueDays(kept.severity))
        isOverdue = openDate > dueOn
    }
}
