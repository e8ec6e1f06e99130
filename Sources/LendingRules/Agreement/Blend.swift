package import Monetary

/// Why lenders' rates have no blended rate.
package enum BlendError: Error, Hashable, Sendable {
    /// The lenders' shares do not make exactly one.
    case sharesNotWhole
    /// The shares have no common denominator, or the rate no value, within 64 bits.
    case outOfRange
}

/// One lender's own rate and its share of the principal.
package struct LenderRate: Hashable, Sendable {
    package let rate: AnnualRate
    package let share: Share

    package init(rate: AnnualRate, share: Share) {
        self.rate = rate
        self.share = share
    }
}

extension Agreement {
    /// The share-weighted mean of the lenders' own rates, rounded as a blended rate; nil when one
    /// of them has none.
    ///
    /// - Throws: ``BlendError``.
    package func meanRate() throws(BlendError) -> AnnualRate? {
        let rated = lenders.compactMap { lender in
            lender.rate.map { LenderRate(rate: $0, share: lender.share) }
        }
        return rated.count == lenders.count ? try AnnualRate.blend(of: rated) : nil
    }
}

extension AnnualRate {
    /// The share-weighted mean of lenders' rates, rounded once, half-even, to six decimals.
    ///
    /// Worked: 10 % and 12 % at 80:20 give 10.40 %.
    /// - Throws: ``BlendError``.
    package static func blend(of lenders: [LenderRate]) throws(BlendError) -> AnnualRate {
        do {
            let shares = lenders.map(\.share)
            guard try Share.makeWhole(shares) else { throw BlendError.sharesNotWhole }
            let common = try Share.weights(shares)
            // Weights sum to the denominator, so the sum of products stays below 2¹²⁶.
            let sum = zip(lenders, common.weights).reduce(Int128(0)) {
                $0 + Int128($1.0.rate.units) * Int128($1.1)
            }
            let units = try Rounding.halfEven.divide(sum, by: Int128(common.denominator))
            return AnnualRate(units: units)
        } catch let error as BlendError {
            throw error
        } catch {
            throw .outOfRange
        }
    }
}
