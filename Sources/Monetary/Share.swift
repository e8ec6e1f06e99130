/// An exact fraction of a whole, written `70%`, `33.33%` or `7/10`.
package struct Share: Hashable, Sendable {
    /// Lowest terms; zero is 0/1.
    package let numerator: Int64
    package let denominator: Int64

    /// Nothing of the whole.
    package static let none = Share()

    private init() { (numerator, denominator) = (0, 1) }

    /// The fraction in lowest terms.
    ///
    /// - Throws: ``AmountError/unusableWeights`` when it is negative or the denominator not
    ///   positive.
    package init(_ numerator: Int64, of denominator: Int64) throws(AmountError) {
        guard numerator >= 0, denominator > 0 else { throw .unusableWeights }
        let divisor = Share.greatestCommonDivisor(numerator, denominator)
        self.numerator = numerator / divisor
        self.denominator = denominator / divisor
    }

    /// The share written as a percentage with up to 8 decimals or as a fraction.
    ///
    /// - Throws: ``AmountError/notAShare(_:)`` for anything else.
    package init(_ text: some StringProtocol) throws(AmountError) {
        if text.hasSuffix("%") {
            do {
                let units = try AmountText.parse(text.dropLast(), decimals: 8)
                try self.init(units, of: 10_000_000_000)
                return
            } catch { throw .notAShare(String(text)) }
        }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, Share.isDigits(parts[0]), Share.isDigits(parts[1]),
            let numerator = Int64(parts[0]), let denominator = Int64(parts[1]), denominator > 0
        else { throw .notAShare(String(text)) }
        try self.init(numerator, of: denominator)
    }

    /// Whether the shares make exactly one whole; `33.33%` three times does not.
    package static func makeWhole(_ shares: [Share]) throws(AmountError) -> Bool {
        let common = try weights(shares)
        var sum: Int64 = 0
        for weight in common.weights { sum = try sum.plus(weight) }
        return sum == common.denominator
    }

    /// The shares over one common denominator, as whole weights.
    ///
    /// - Throws: ``AmountError/overflow`` when the common denominator does not fit in 64 bits.
    package static func weights(_ shares: [Share]) throws(AmountError)
        -> (weights: [Int64], denominator: Int64)
    {
        var denominator: Int64 = 1
        for share in shares {
            let divisor = greatestCommonDivisor(denominator, share.denominator)
            denominator = try denominator.times(share.denominator / divisor)
        }
        var weights: [Int64] = []
        for share in shares {
            weights.append(try share.numerator.times(denominator / share.denominator))
        }
        return (weights, denominator)
    }

    private static func isDigits(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) }
    }

    private static func greatestCommonDivisor(_ left: Int64, _ right: Int64) -> Int64 {
        var (larger, smaller) = (left, right)
        while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
        return larger
    }
}

extension Share: CustomStringConvertible {
    /// The fraction in lowest terms, such as `7/10`.
    package var description: String { "\(numerator)/\(denominator)" }
}
