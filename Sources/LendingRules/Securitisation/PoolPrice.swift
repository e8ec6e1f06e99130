package import Monetary

/// What is paid for claims.
package enum PoolPrice: Hashable, Sendable {
    /// Their principal; what has accrued goes with it.
    case par
    /// Their principal and everything that has accrued on it and is unpaid.
    case parPlusAccrued
    /// A part of their principal, or more than all of it.
    case ratio(Share)

    /// The price of so much principal and so many claims in all, rounded once, half up.
    ///
    /// - Throws: ``AmountError/overflow``.
    package func price(principal: Int64, claims: Int64) throws(AmountError) -> Int64 {
        switch self {
        case .par: return principal
        case .parPlusAccrued: return claims
        case .ratio(let share):
            return try Rounding.halfUp.divide(
                Int128(principal) * Int128(share.numerator), by: Int128(share.denominator))
        }
    }
}

/// Prices of shares one after the other on their running total: they add up to the price of all
/// of them together, and none is below zero.
struct RunningPrice {
    private let price: PoolPrice
    private var principal: Int64 = 0
    private var claims: Int64 = 0
    private(set) var total: Int64 = 0

    init(_ price: PoolPrice) { self.price = price }

    mutating func add(_ share: Components) throws(AmountError) -> Int64 {
        principal = try principal.plus(share.allPrincipal)
        claims = try claims.plus(share.total)
        let target = try price.price(principal: principal, claims: claims)
        let part = target - total
        total = target
        return part
    }
}
