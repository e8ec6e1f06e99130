/// How principal comes back (DOMAIN § 4).
package enum ScheduleMethod: String, Sendable, CaseIterable {
    /// Level payments (等额本息).
    case equalInstalment = "equal-instalment"
    /// Level principal, interest on what is left (等额本金).
    case equalPrincipal = "equal-principal"
    /// Level principal, interest on the principal that was lent.
    case flat
    /// Interest every period, principal with the last instalment (按月付息, 到期还本).
    case interestOnly = "interest-only"
    /// Everything on the last due date.
    case bullet
    /// Interest alone for some periods, level payments afterwards.
    case principalGrace = "principal-grace"
    /// Interest by actual days every period, principal at any time, the rest at the end (随借随还).
    case daily
    /// Part of what is outstanding by every statement, free of interest until the first due date
    /// (pay-later).
    case statementCycle = "statement-cycle"
}

extension ScheduleMethod {
    /// Whether principal comes back with the last instalment alone.
    package var repaysAtEnd: Bool {
        switch self {
        case .interestOnly, .bullet, .daily: true
        case .equalInstalment, .equalPrincipal, .flat, .principalGrace, .statementCycle: false
        }
    }

    /// Whether interest counts days, whatever the day count makes of months.
    var countsDays: Bool { repaysAnyTime }

    /// Whether principal may come back on any day, whatever a product says of early repayments.
    package var repaysAnyTime: Bool { self == .daily || self == .statementCycle }

    /// How principal comes back when a new plan begins: it has no grace of its own, and what a
    /// statement billed comes back in level instalments.
    var renewed: ScheduleMethod {
        self == .principalGrace || self == .statementCycle ? .equalInstalment : self
    }
}
