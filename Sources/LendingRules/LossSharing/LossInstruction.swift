package import Monetary

/// What a person asks the close to decide about a loan at the end of a date (RULES § 1, 5): the
/// decision is a fact of its own, with its amounts.
package enum LossInstruction: Hashable, Sendable {
    /// A layer pays now what the lenders lose by it.
    case layer(String)
    /// A holder's claims go to another at a price.
    case assignment(AssignmentOrder)
}

/// Claims of one holder that are to go to another at the end of a date.
package struct AssignmentOrder: Hashable, Sendable {
    package let reason: Assignment.Reason
    package let from: PartyID
    package let to: PartyID
    /// The part of its claims that goes; everything when nil.
    package let share: Share?
    /// The price as a part of the claims that go, rounded half up; at par when nil.
    package let priceRatio: Share?
    /// The contract or pool; empty where there is none.
    package let ground: String

    package init(
        reason: Assignment.Reason, from: PartyID, to: PartyID, share: Share? = nil,
        priceRatio: Share? = nil, ground: String = ""
    ) {
        self.reason = reason
        self.from = from
        self.to = to
        self.share = share
        self.priceRatio = priceRatio
        self.ground = ground
    }

    /// What goes of so much, and its price; nil where there is nothing to go.
    ///
    /// - Throws: ``AmountError`` when a product leaves 64 bits.
    package func assignment(of claims: Components) throws(AmountError) -> Assignment? {
        let all = claims.claim
        func part(_ amount: Int64) -> Int64 { share.map { $0.roundedDown(of: amount) } ?? amount }
        let moved = ClaimAmounts(
            principal: part(all.principal), interest: part(all.interest),
            penalty: part(all.penalty), fee: part(all.fee))
        guard moved.isUsable else { return nil }
        let par = moved.clampedTotal
        let price = try priceRatio.map { ratio throws(AmountError) in
            try ratio.roundedHalfUp(of: par)
        }
        return Assignment(
            reason: reason, from: from, to: to, claims: moved, price: price ?? par, ground: ground)
    }
}

extension Share {
    /// The product with an amount, rounded half up; a ratio may be above one whole.
    fileprivate func roundedHalfUp(of amount: Int64) throws(AmountError) -> Int64 {
        let product = Int128(amount) * Int128(numerator) * 2 + Int128(denominator)
        guard let rounded = Int64(exactly: product / (2 * Int128(denominator))) else {
            throw .overflow
        }
        return rounded
    }
}
