/// One amount of a payment: which instalment and claim it paid, and who got what of it.
package struct PaymentStep: Hashable, Sendable {
    /// What was paid.
    package enum Claim: String, Sendable, CaseIterable {
        case penalty
        case penaltyOnInterest = "penalty-on-interest"
        case fee
        case overdueInterest = "overdue-interest"
        case interest
        case overduePrincipal = "overdue-principal"
        case principal
    }

    /// From 1, as in the schedule; the open one for what is paid in advance.
    package let instalment: Int
    package let claim: Claim
    /// Each lender's part in agreement order, minor units.
    package let parts: [Int64]
    /// Where on its scale the amount begins; nil when lenders compute it otherwise.
    package let scaleStart: Int64?
    /// How often claims had changed hands by then: whose scale it is.
    package let epoch: Int

    package var amount: Int64 { parts.reduce(0, +) }
}

extension Components {
    /// The part of one claim.
    package func amount(of claim: PaymentStep.Claim) -> Int64 { self[keyPath: claim.bucket] }

    /// Adds an amount to the part of one claim.
    mutating func add(_ amount: Int64, to claim: PaymentStep.Claim) {
        self[keyPath: claim.bucket] += amount
    }
}

extension PaymentStep.Claim {
    fileprivate var bucket: WritableKeyPath<Components, Int64> {
        switch self {
        case .penalty: \.penalty
        case .penaltyOnInterest: \.penaltyOnInterest
        case .fee: \.fee
        case .interest: \.interest
        case .overdueInterest: \.overdueInterest
        case .principal: \.principal
        case .overduePrincipal: \.overduePrincipal
        }
    }
}
