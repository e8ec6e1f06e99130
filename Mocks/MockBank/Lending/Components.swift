// The columns of a repayment, as the bank books them.

/// Amounts of one repayment in minor units, by column of the repayments file.
package struct Components: Equatable, Sendable {
    /// Principal paid on its due date.
    package var principal: Int64 = 0
    /// Principal paid after its due date.
    package var overduePrincipal: Int64 = 0
    /// Interest paid on its due date.
    package var interest: Int64 = 0
    /// Interest paid after its due date.
    package var overdueInterest: Int64 = 0
    /// Penalty on overdue principal and interest.
    package var penalty: Int64 = 0
    /// Fees of instalments and of early repayments.
    package var fee: Int64 = 0

    /// No amounts.
    package init() {}

    /// The sum of all columns.
    package var total: Int64 {
        principal + overduePrincipal + interest + overdueInterest + penalty + fee
    }

    /// Interest of both columns, the base of the service fee.
    package var collectedInterest: Int64 { interest + overdueInterest }

    /// Whether there is nothing in it.
    package var isNothing: Bool { self == Components() }

    package static func += (left: inout Components, right: Components) {
        left = left - (Components() - right)
    }

    package static func - (left: Components, right: Components) -> Components {
        var result = left
        result.principal -= right.principal
        result.overduePrincipal -= right.overduePrincipal
        result.interest -= right.interest
        result.overdueInterest -= right.overdueInterest
        result.penalty -= right.penalty
        result.fee -= right.fee
        return result
    }
}
