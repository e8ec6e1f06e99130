package import LendingRules

/// How breaks are graded and by when they are to be closed, from `platform.yaml`.
package struct BreakSettings: Hashable, Sendable {
    /// Minor units from which a difference of amounts is medium.
    package let mediumFromMinorUnits: Int
    /// Minor units from which a difference is high.
    package let highFromMinorUnits: Int
    /// Business dates, by grade.
    package let infoDueDays: Int
    package let lowDueDays: Int
    package let mediumDueDays: Int
    package let highDueDays: Int
}

/// How differences with one bank are dealt with, from its file.
package struct DisputeSettings: Hashable, Sendable {
    /// Which figure settles while two differ.
    package let settleOn: SettleOn
    /// Minor units of rounding that a rule may resolve of one line.
    package let lineBudgetMinorUnits: Int
    /// The same on one business date.
    package let dayBudgetMinorUnits: Int
    /// The same over a calendar month.
    package let monthBudgetMinorUnits: Int
    /// Days after which an unmatched line no longer waits for its counterpart.
    package let rematchDays: Int
    /// Days by which two dates of one line may be apart and count as timing.
    package let windowDays: Int
}
