import Operations
import Reconciling
import Settings

extension BreakRules {
    /// The rules that a configuration states.
    init(_ settings: BreakSettings) {
        self.init(
            severities: SeverityTable(
                mediumFrom: UInt64(settings.mediumFromMinorUnits),
                highFrom: UInt64(settings.highFromMinorUnits)),
            dueDays: [
                .info: settings.infoDueDays, .low: settings.lowDueDays,
                .medium: settings.mediumDueDays, .high: settings.highDueDays,
            ])
    }
}

extension DisputeTerms {
    /// The terms that a bank's file states.
    init(_ settings: DisputeSettings) {
        self.init(
            settleOn: settings.settleOn,
            budget: ToleranceBudget(
                perLine: UInt64(settings.lineBudgetMinorUnits),
                perDay: UInt64(settings.dayBudgetMinorUnits),
                perMonth: UInt64(settings.monthBudgetMinorUnits)),
            rematchDays: settings.rematchDays, windowDays: settings.windowDays)
    }
}
