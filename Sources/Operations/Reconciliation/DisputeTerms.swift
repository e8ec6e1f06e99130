package import LendingRules
package import Reconciling

/// How differences with one partner are dealt with.
package struct DisputeTerms: Hashable, Sendable {
    package let settleOn: SettleOn
    /// Minor units that a rule may resolve as rounding on one business date; what is above waits
    /// for a person.
    package let dayBudget: Int64
    /// The same over a calendar month.
    package let monthBudget: Int64
    /// Days after which an unmatched line no longer waits for its counterpart.
    package let rematchDays: Int

    package static let standard = DisputeTerms(
        settleOn: .lower, dayBudget: 10_00, monthBudget: 200_00, rematchDays: 5)

    package init(settleOn: SettleOn, dayBudget: Int64, monthBudget: Int64, rematchDays: Int) {
        precondition(
            dayBudget >= 0 && monthBudget >= 0 && rematchDays >= 0, "a limit is not negative")
        self.settleOn = settleOn
        self.dayBudget = dayBudget
        self.monthBudget = monthBudget
        self.rematchDays = rematchDays
    }
}

/// How breaks are graded, and by when each grade is to be closed.
package struct BreakRules: Hashable, Sendable {
    package let severities: SeverityTable
    private let dueDays: [Severity: Int]

    package static let standard = BreakRules(
        severities: .standard, dueDays: [.info: 30, .low: 10, .medium: 5, .high: 1])

    /// - Parameter dueDays: business dates from the first date on; a grade left out has none.
    package init(severities: SeverityTable, dueDays: [Severity: Int]) {
        self.severities = severities
        self.dueDays = dueDays
    }

    /// Business dates in which a break of the grade is to be closed.
    package func dueDays(_ severity: Severity) -> Int { dueDays[severity] ?? 0 }
}
