package import Monetary

/// What cash beyond everything that has fallen due does to a schedule (DOMAIN § 4).
package enum EarlyRepaymentEffect: String, Sendable, CaseIterable {
    /// Pays accrued interest, then principal; as many instalments as before, each lower.
    case lowerInstalment = "lower-instalment"
    /// Pays accrued interest, then principal; instalments as high as before, fewer of them.
    case shortenTerm = "shorten-term"
    /// Waits and covers the next instalments as they are billed.
    case nextInstalment = "next-instalment"
}

/// How a product treats early repayments.
package struct EarlyRepaymentTerms: Hashable, Sendable {
    package let effect: EarlyRepaymentEffect
    /// Part of the principal repaid early that is charged as a fee, rounded half up; nil: none.
    package let fee: Share?

    package init(effect: EarlyRepaymentEffect, fee: Share? = nil) {
        self.effect = effect
        self.fee = fee
    }

    /// The fee for repaying so much principal after as much before: of the fee on both together
    /// what it is more than that on what went before, so that parts cost what the whole does.
    package func fee(on principal: Int64, after earlier: Int64) -> Int64 {
        guard let fee, fee.numerator > 0 else { return 0 }
        func target(_ principal: Int64) -> Int64 {
            Proportion.halfUp(principal, fee.numerator, fee.denominator)
        }
        return target(earlier + principal) - target(earlier)
    }

    /// The most principal that some cash repays together with its fee, after as much before.
    package func principal(of cash: Int64, atMost owed: Int64, after earlier: Int64) -> Int64 {
        if cash >= owed, cash - owed >= fee(on: owed, after: earlier) { return owed }
        guard let fee, fee.numerator > 0 else { return min(cash, owed) }
        let whole = fee.denominator + fee.numerator
        // Both targets are rounded, so that the part without its fee is at most two units off.
        var principal = min(owed, Proportion.halfUp(cash, fee.denominator, whole) + 2)
        while principal > 0, principal + self.fee(on: principal, after: earlier) > cash {
            principal -= 1
        }
        return principal
    }

    /// Cash waits for the next instalment and costs nothing.
    package static let waiting = EarlyRepaymentTerms(effect: .nextInstalment)
}
