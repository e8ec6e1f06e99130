/// What a lender has accrued in the period open at the end of a date, minor units, paid or not.
package struct OpenAccrual: Hashable, Sendable {
    /// Contract interest since the period's first day; nothing after the last due date.
    package var interest: Int64 = 0
    /// Penalty on overdue principal since the period's first day, the last due date's once no
    /// period is open.
    package var penalty: Int64 = 0
    /// The same on overdue interest.
    package var penaltyOnInterest: Int64 = 0

    package init(interest: Int64 = 0, penalty: Int64 = 0, penaltyOnInterest: Int64 = 0) {
        self.interest = interest
        self.penalty = penalty
        self.penaltyOnInterest = penaltyOnInterest
    }
}
