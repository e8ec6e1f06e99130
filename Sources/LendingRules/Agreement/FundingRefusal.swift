import Monetary

/// Why an agreement lends nobody's money to a loan.
package enum FundingRefusal: Error, Hashable, Sendable {
    /// No tier takes it.
    case noTier
    /// A part would lie below what its taker lends at least or above what it lends at most, and
    /// nobody can take the difference; minor units.
    case outsideBounds(PartyID, part: Int64, minimum: Int64, maximum: Int64)
    /// A part finds no taker: more is left than the banks may lend; minor units.
    case noTaker(left: Int64, passed: [PassedOver])
    /// Limits have not enough left, in agreement order.
    case noRoom([LimitShortage])
    /// The loan's rate is below what its lenders would be owed.
    case rateBelowOwed(AnnualRate)
    /// The loan's rate is not the blended rate of its lenders.
    case rateNotBlended(AnnualRate)
    /// Rules forbid it, in the order of packs.
    case ruleBroken([RuleFinding])
    /// An amount left the 64-bit range.
    case amountOutOfRange
}

/// A bank of a route or waterfall that did not take a part, or not all of it.
package struct PassedOver: Hashable, Sendable {
    package let party: PartyID
    package let why: Reason

    package init(party: PartyID, why: Reason) {
        self.party = party
        self.why = why
    }

    /// Why it did not.
    package enum Reason: Hashable, Sendable {
        /// It lends another part of the loan.
        case lendsAlready
        case limits([LimitShortage])
        case rules([RuleFinding])
        /// It takes no less than so much, and less was there for it; minor units.
        case leastOf(Int64, offered: Int64)
        /// It took so much, all that its limits or its maximum leave; minor units.
        case room(Int64)
    }
}
