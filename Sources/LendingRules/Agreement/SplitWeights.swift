package import Monetary

/// Why weights and amounts as people write them give no split.
package enum SplitError: Error, Hashable, Sendable {
    /// There is nobody to split between.
    case noShares
    /// The weight at this position is no percentage, fraction or amount.
    case weight(index: Int, AmountError)
    /// Amounts stand beside percentages or fractions; the position of the first that differs.
    case mixedWeights(index: Int)
    /// The percentages and fractions do not make exactly one.
    case sharesNotWhole
    /// The amounts are all zero, or weights do not fit in 64 bits.
    case unusableWeights(AmountError)
    /// The running total falls below zero, or leaves 64 bits, at this amount.
    case runningTotal(index: Int, AmountError)
}

extension ProportionalScale {
    /// The scale of weights written as percentages (`70%`), fractions (`7/10`) or amounts.
    ///
    /// Percentages and fractions may stand side by side and must make exactly one; amounts stand
    /// alone.
    /// - Parameters:
    ///   - texts: The weights in agreement order.
    ///   - decimals: Decimals of the amounts' minor unit.
    /// - Throws: ``SplitError``.
    package static func read(weights texts: [String], decimals: Int) throws(SplitError)
        -> ProportionalScale
    {
        guard let first = texts.first else { throw .noShares }
        let areShares = isShare(first)
        if let index = texts.firstIndex(where: { isShare($0) != areShares }) {
            throw .mixedWeights(index: index)
        }
        let weights =
            areShares ? try wholeShares(texts) : try amounts(texts, decimals: decimals)
        do { return try ProportionalScale(weights: weights) } catch {
            throw .unusableWeights(error)
        }
    }

    private static func isShare(_ text: String) -> Bool {
        text.utf8.contains { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "/") }
    }

    private static func wholeShares(_ texts: [String]) throws(SplitError) -> [Int64] {
        var shares: [Share] = []
        for (index, text) in texts.enumerated() {
            do { shares.append(try Share(text)) } catch {
                throw .weight(index: index, error)
            }
        }
        let isWhole: Bool
        let weights: [Int64]
        do {
            isWhole = try Share.makeWhole(shares)
            weights = try Share.weights(shares).weights
        } catch { throw .unusableWeights(error) }
        guard isWhole else { throw .sharesNotWhole }
        return weights
    }

    private static func amounts(_ texts: [String], decimals: Int) throws(SplitError) -> [Int64] {
        var amounts: [Int64] = []
        for (index, text) in texts.enumerated() {
            let amount: Int64
            do { amount = try AmountText.parse(text, decimals: decimals) } catch {
                throw .weight(index: index, error)
            }
            guard amount >= 0 else { throw .weight(index: index, .unusableWeights) }
            amounts.append(amount)
        }
        return amounts
    }
}
