/// How an exact quotient becomes a whole number of minor units; always a required argument.
@usableFromInline @frozen
package enum Rounding: String, Sendable, CaseIterable {
    /// To the nearest, ties to the even neighbour.
    case halfEven = "half-even"
    /// To the nearest, ties away from zero.
    case halfUp = "half-up"
    /// Away from zero whenever anything is left over.
    case up
    /// Towards zero.
    case down
}

extension Rounding {
    /// `numerator ÷ denominator` rounded once.
    ///
    /// - Precondition: `denominator > 0`.
    /// - Throws: ``AmountError/overflow`` when the result does not fit in 64 bits.
    @inlinable
    package func divide(_ numerator: Int128, by denominator: Int128) throws(AmountError) -> Int64 {
        precondition(denominator > 0, "a quotient needs a positive denominator")
        let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
        let sign: Int128 = numerator < 0 ? -1 : 1
        let rounded = quotient + (isRoundedAway(quotient, remainder, denominator) ? sign : 0)
        guard let result = Int64(exactly: rounded) else { throw .overflow }
        return result
    }

    /// Whether the magnitude grows by one for this remainder.
    @inlinable
    func isRoundedAway(_ quotient: Int128, _ remainder: Int128, _ denominator: Int128) -> Bool {
        if remainder == 0 { return false }
        // Compared with the other half, so that doubling cannot overflow.
        let part = remainder.magnitude
        let rest = denominator.magnitude - part
        switch self {
        case .down: return false
        case .up: return true
        case .halfUp: return part >= rest
        case .halfEven: return part > rest || (part == rest && quotient & 1 != 0)
        }
    }
}
