/// Why an amount, share or split was refused.
@usableFromInline @frozen
package enum AmountError: Error, Hashable, Sendable {
    /// The result does not fit in 64-bit minor units.
    case overflow
    /// The text is not a plain decimal number such as `-12.34`.
    case notANumber(String)
    /// The text has more decimals than the currency's minor unit.
    case tooManyDecimals(String, allowed: Int)
    /// Two currencies met in one sum.
    case currencyMismatch(String, String)
    /// The text is neither a percentage (`70%`), a fraction (`7/10`) nor an amount.
    case notAShare(String)
    /// A weight below zero, or weights that are all zero.
    case unusableWeights
    /// A cumulative amount below zero cannot be split.
    case negativeCumulative(Int64)
}
