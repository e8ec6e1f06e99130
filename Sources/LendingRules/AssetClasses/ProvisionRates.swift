package import Monetary

/// What a lender keeps for claims of each class, as a part of what is outstanding.
package struct ProvisionRates: Hashable, Sendable {
    /// Of what it is a part.
    package enum Base: String, Hashable, Sendable, CaseIterable {
        case principal
        /// With interest that has fallen due, as long as it stands in the books.
        case principalAndInterest = "principal-and-interest"
    }

    /// Classes without a rate have nothing.
    package let rates: [AssetClass: Share]
    package let base: Base

    package init(_ rates: [AssetClass: Share] = [:], of base: Base = .principal) {
        self.rates = rates.filter { $0.value.numerator > 0 }
        self.base = base
    }

    package static let none = ProvisionRates()

    /// What is to be kept for a lender's claims in a class, minor units: rounded once, half up.
    ///
    /// A cumulative target: a day posts the difference to what was kept before. Interest that is
    /// not due yet never counts, nor does that of a loan in non-accrual, which is in a memorandum.
    /// Worked: 1,000.05 at 25 % → 250.01.
    /// - Throws: ``AmountError/overflow``.
    package func target(of claims: Components, in assetClass: AssetClass, isNonAccrual: Bool)
        throws(AmountError) -> Int64
    {
        guard let rate = rates[assetClass] else { return 0 }
        var amount = try claims.principal.plus(claims.overduePrincipal)
        if base == .principalAndInterest, !isNonAccrual {
            amount = try amount.plus(claims.overdueInterest)
        }
        return try Rounding.halfUp.divide(
            Int128(amount) * Int128(rate.numerator), by: Int128(rate.denominator))
    }
}
