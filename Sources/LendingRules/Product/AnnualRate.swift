package import Monetary

/// A nominal yearly rate, exact to six decimals of a percent.
@usableFromInline @frozen
package struct AnnualRate: Hashable, Comparable, Sendable {
    /// One is 10⁻⁸ of the principal per year: 12 % is 12,000,000.
    @usableFromInline package let units: Int64

    /// Units in the rate one (100 %).
    package static let unitsPerOne: Int64 = 100_000_000

    @inlinable
    package init(units: Int64) { self.units = units }

    /// The rate of a percentage text without its sign, such as `5.32`.
    ///
    /// - Throws: ``AmountError`` when it is no number, negative or finer than six decimals.
    package init(percent text: some StringProtocol) throws(AmountError) {
        let units = try AmountText.parse(text, decimals: 6)
        guard units >= 0 else { throw .notANumber(String(text)) }
        self.units = units
    }

    @inlinable
    package static func < (left: Self, right: Self) -> Bool { left.units < right.units }

    /// The percentage with at least `decimals` decimals and no needless zeros beyond them.
    package func percentText(atLeast decimals: Int = 2) -> String {
        var text = AmountText.format(units, decimals: 6)
        var removable = 6 - decimals
        while removable > 0, text.hasSuffix("0") {
            text.removeLast()
            removable -= 1
        }
        return text
    }
}
