/// The parts a payment is made of, in minor units (the columns of a repayments line).
package struct Components: Hashable, Sendable {
    package var principal: Int64 = 0
    package var overduePrincipal: Int64 = 0
    package var interest: Int64 = 0
    package var overdueInterest: Int64 = 0
    /// Penalty on overdue principal.
    package var penalty: Int64 = 0
    /// Penalty on overdue interest.
    package var penaltyOnInterest: Int64 = 0
    package var fee: Int64 = 0

    package init() {}

    package init(
        principal: Int64 = 0, overduePrincipal: Int64 = 0, interest: Int64 = 0,
        overdueInterest: Int64 = 0, penalty: Int64 = 0, penaltyOnInterest: Int64 = 0,
        fee: Int64 = 0
    ) {
        self.principal = principal
        self.overduePrincipal = overduePrincipal
        self.interest = interest
        self.overdueInterest = overdueInterest
        self.penalty = penalty
        self.penaltyOnInterest = penaltyOnInterest
        self.fee = fee
    }

    package var total: Int64 {
        principal + overduePrincipal + interest + overdueInterest + allPenalty + fee
    }

    /// Interest collected, the base of service fees.
    package var allInterest: Int64 { interest + overdueInterest }

    /// Principal of both buckets.
    package var allPrincipal: Int64 { principal + overduePrincipal }

    /// Both penalties.
    package var allPenalty: Int64 { penalty + penaltyOnInterest }

    /// The same amounts with the other sign.
    package var negated: Components { Components() - self }

    package static func + (left: Components, right: Components) -> Components {
        Components(
            principal: left.principal + right.principal,
            overduePrincipal: left.overduePrincipal + right.overduePrincipal,
            interest: left.interest + right.interest,
            overdueInterest: left.overdueInterest + right.overdueInterest,
            penalty: left.penalty + right.penalty,
            penaltyOnInterest: left.penaltyOnInterest + right.penaltyOnInterest,
            fee: left.fee + right.fee)
    }

    package static func - (left: Components, right: Components) -> Components {
        Components(
            principal: left.principal - right.principal,
            overduePrincipal: left.overduePrincipal - right.overduePrincipal,
            interest: left.interest - right.interest,
            overdueInterest: left.overdueInterest - right.overdueInterest,
            penalty: left.penalty - right.penalty,
            penaltyOnInterest: left.penaltyOnInterest - right.penaltyOnInterest,
            fee: left.fee - right.fee)
    }

    package static func += (left: inout Components, right: Components) { left = left + right }
}
