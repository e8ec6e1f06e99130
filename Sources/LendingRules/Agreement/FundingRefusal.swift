import Monetary

/// Why an agreement lends nobody's money to a loan.
package enum FundingRefusal: Error, Hashable, Sendable {
    /// No tier takes it.
    case noTier
    /// A part would lie below what its taker lends at least or above what it lends at most, and
    /// nobody can take the difference; minor units.
    case outsideBounds(PartyID, part: Int64, minimum: Int64, maximum: Int64)
    /// A part finds no taker: more is left than the banks have room for; minor units.
    case noTaker(left: Int64, shortages: [LimitShortage])
    /// Limits have not enough left, in agreement order.
    case noRoom([LimitShortage])
    /// The loan's rate is below what its lenders would be owed.
    case rateBelowOwed(AnnualRate)
    /// An amount left the 64-bit range.
    case amountOutOfRange
}
