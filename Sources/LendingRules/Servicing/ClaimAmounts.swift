/// Amounts of the components of a claim, minor units.
package struct ClaimAmounts: Hashable, Sendable {
    package var principal: Int64
    package var interest: Int64
    /// On principal and on interest.
    package var penalty: Int64
    package var fee: Int64

    package init(
        principal: Int64 = 0, interest: Int64 = 0, penalty: Int64 = 0, fee: Int64 = 0
    ) {
        self.principal = principal
        self.interest = interest
        self.penalty = penalty
        self.fee = fee
    }

    /// More than any claim can be: what a charge-off of all that is left is asked with.
    package static let everything = ClaimAmounts(
        principal: .max, interest: .max, penalty: .max, fee: .max)

    /// Sums of what an `Int64` holds together.
    package static func + (left: ClaimAmounts, right: ClaimAmounts) -> ClaimAmounts {
        ClaimAmounts(
            principal: left.principal + right.principal, interest: left.interest + right.interest,
            penalty: left.penalty + right.penalty, fee: left.fee + right.fee)
    }

    /// Differences of what an `Int64` holds.
    package static func - (left: ClaimAmounts, right: ClaimAmounts) -> ClaimAmounts {
        ClaimAmounts(
            principal: left.principal - right.principal, interest: left.interest - right.interest,
            penalty: left.penalty - right.penalty, fee: left.fee - right.fee)
    }

    /// Each component at most that of another.
    package func capped(by other: ClaimAmounts) -> ClaimAmounts {
        ClaimAmounts(
            principal: min(principal, other.principal), interest: min(interest, other.interest),
            penalty: min(penalty, other.penalty), fee: min(fee, other.fee))
    }

    /// Components above zero; others nothing.
    package var aboveZero: ClaimAmounts {
        ClaimAmounts(
            principal: max(0, principal), interest: max(0, interest), penalty: max(0, penalty),
            fee: max(0, fee))
    }

    /// How far components are below zero; others nothing.
    package var belowZero: ClaimAmounts { (ClaimAmounts() - self).aboveZero }

    /// None below zero and at least one above.
    package var isUsable: Bool {
        let all = [principal, interest, penalty, fee]
        return all.allSatisfy { $0 >= 0 } && all.contains { $0 > 0 }
    }

    /// Their sum; the largest number when it does not fit.
    package var clampedTotal: Int64 {
        [principal, interest, penalty, fee].reduce(0) { sum, amount in
            let (next, overflow) = sum.addingReportingOverflow(amount)
            return overflow ? .max : next
        }
    }
}

/// What a borrower owes who gives a loan back in the cooling-off period (RULES § 4).
package enum CancellationCharge: Hashable, Sendable {
    case none
    /// The interest accrued before the value date.
    case interest
    /// A fee of this many minor units (> 0), the platform's.
    case fee(Int64)
}

extension Components {
    /// The claims of both buckets, by component.
    package var claim: ClaimAmounts {
        ClaimAmounts(
            principal: allPrincipal, interest: allInterest, penalty: allPenalty, fee: fee)
    }
}
