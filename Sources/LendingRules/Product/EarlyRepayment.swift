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

    /// Cash waits for the next instalment and costs nothing.
    package static let waiting = EarlyRepaymentTerms(effect: .nextInstalment)
}
