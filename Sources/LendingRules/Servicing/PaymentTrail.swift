import Monetary

/// One amount of a payment: which instalment and claim it paid, and who got what of it.
package struct PaymentStep: Hashable, Sendable {
    /// What was paid, in the order in which a payment pays it.
    package enum Claim: String, Sendable, CaseIterable {
        case penalty
        case overdueInterest = "overdue-interest"
        case interest
        case overduePrincipal = "overdue-principal"
        case principal
    }

    /// From 1, as in the schedule.
    package let instalment: Int
    package let claim: Claim
    /// Each lender's part in agreement order, minor units.
    package let parts: [Int64]
    /// Where on its scale the amount begins: what the borrower had paid of it before; nil when
    /// something other than payments took from the scale in between, or claims changed hands.
    package let scaleStart: Int64?

    package var amount: Int64 { parts.reduce(0, +) }
}

extension LoanContract {
    /// What every payment of a position paid, step by step, in fact order.
    package func steps(of position: LoanPosition) -> [[PaymentStep]] {
        var trail = PaymentTrail(contract: self, scale: position.holding.scale)
        return position.payments.map { trail.steps(of: $0) }
    }
}

/// Walks the payments of a position and remembers how far each scale is used up.
private struct PaymentTrail {
    private let contract: LoanContract
    private let scale: ProportionalScale
    private var paidInterest: [Int: Int64] = [:]
    private var paidPrincipal: [Int: Int64] = [:]
    private var paidPenalty: Int64 = 0

    init(contract: LoanContract, scale: ProportionalScale) {
        self.contract = contract
        self.scale = scale
    }

    mutating func steps(of payment: PaymentPosition) -> [PaymentStep] {
        payment.instalments.flatMap { instalment in
            PaymentStep.Claim.allCases.compactMap { claim in
                let parts = instalment.parts.map { $0.components.amount(of: claim) }
                guard parts.contains(where: { $0 != 0 }) else { return nil }
                return step(claim, instalment.number, parts)
            }
        }
    }

    private mutating func step(
        _ claim: PaymentStep.Claim, _ number: Int, _ parts: [Int64]
    ) -> PaymentStep {
        let amount = parts.reduce(0, +)
        let start: Int64
        switch claim {
        case .penalty:
            start = paidPenalty
            paidPenalty += amount
        case .interest, .overdueInterest:
            start =
                contract.schedule.cumulativeInterest[number - 1]
                + paidInterest[number, default: 0]
            paidInterest[number, default: 0] += amount
        case .principal, .overduePrincipal:
            start =
                contract.schedule.cumulativePrincipal[number - 1]
                + paidPrincipal[number, default: 0]
            paidPrincipal[number, default: 0] += amount
        }
        let isThere = (try? scale.parts(from: start, to: start + amount)) == parts
        return PaymentStep(
            instalment: number, claim: claim, parts: parts, scaleStart: isThere ? start : nil)
    }
}

extension Components {
    /// The part of one claim.
    package func amount(of claim: PaymentStep.Claim) -> Int64 {
        switch claim {
        case .penalty: penalty
        case .interest: interest
        case .overdueInterest: overdueInterest
        case .principal: principal
        case .overduePrincipal: overduePrincipal
        }
    }
}
