package import LendingRules
package import Reconciling

/// How differences with one partner are dealt with.
package struct DisputeTerms: Hashable, Sendable {
    package let settleOn: SettleOn
    /// What a rule may resolve as rounding; what is above waits for a person.
    package let budget: ToleranceBudget
    /// Days after which an unmatched line no longer waits for its counterpart.
    package let rematchDays: Int
    /// Days by which two dates of one line may be apart and count as timing.
    package let windowDays: Int

    package static let standard = DisputeTerms(
        settleOn: .lower,
        budget: ToleranceBudget(perLine: 10_00, perDay: 10_00, perMonth: 200_00), rematchDays: 5)

    package init(
        settleOn: SettleOn, budget: ToleranceBudget, rematchDays: Int, windowDays: Int = 0
    ) {
        precondition(rematchDays >= 0 && windowDays >= 0, "a limit is not negative")
        self.settleOn = settleOn
        self.budget = budget
        self.rematchDays = rematchDays
        self.windowDays = windowDays
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
