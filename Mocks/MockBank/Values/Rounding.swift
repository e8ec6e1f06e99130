// The bank's own rounding: one division, four ways to round it.

/// How a quotient that is not whole becomes whole.
package enum Rounding: String, Sendable {
    case halfEven = "half-even"
    case halfUp = "half-up"
    case up
    case down

    /// `numerator / denominator` rounded; both must be ≥ 0 and the denominator > 0.
    package func divide(_ numerator: Int128, by denominator: Int128) -> Int128 {
        precondition(numerator >= 0 && denominator > 0, "the bank divides claims, never debts")
        let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
        return quotient + (goesUp(quotient, remainder, denominator) ? 1 : 0)
    }

    private func goesUp(_ quotient: Int128, _ remainder: Int128, _ denominator: Int128) -> Bool {
        if remainder == 0 { return false }
        let rest = denominator - remainder
        return switch self {
        case .up: true
        case .down: false
        case .halfUp: remainder >= rest
        case .halfEven: remainder > rest || (remainder == rest && quotient & 1 == 1)
        }
    }
}

/// An exact non-negative decimal such as a rate: `units / scale`.
package struct Exact: Hashable, Sendable {
    /// The value times `scale`.
    package let units: Int64
    /// A power of ten, at most 10⁸.
    package let scale: Int64

    /// Nothing.
    package static let zero = Exact(units: 0, scale: 1)

    /// `units / scale`.
    init(units: Int64, scale: Int64) {
        self.units = units
        self.scale = scale
    }

    /// Reads a plain decimal of at most nine digits before and eight after the point.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, (1...9).contains(parts[0].utf8.count),
            parts.count == 1 || (1...8).contains(parts[1].utf8.count)
        else { return nil }
        let digits = parts.joined()
        guard digits.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }), let units = Int64(digits)
        else { return nil }
        self.units = units
        scale =
            parts.count == 1 ? 1 : (0..<parts[1].utf8.count).reduce(1) { power, _ in power * 10 }
    }

    /// Whether this value is larger than `other`, exactly.
    package func exceeds(_ other: Exact) -> Bool {
        Int128(units) * Int128(other.scale) > Int128(other.units) * Int128(scale)
    }
}
