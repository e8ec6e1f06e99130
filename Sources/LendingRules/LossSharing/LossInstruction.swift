package import BusinessCalendar
package import Monetary

/// What a person asks the close to decide about a loan at the end of a date (RULES § 1, 5): the
/// decision is a fact of its own, with its amounts.
package enum LossInstruction: Hashable, Sendable {
    /// A layer pays now what the lenders lose by it.
    case layer(String)
    /// A holder's claims go to another at a price.
    case assignment(AssignmentOrder)
    /// A recorded decision was wrong: the difference is booked.
    case correction(CorrectionOrder)
}

/// By how much the amounts of a recorded decision are wrong.
package struct CorrectionOrder: Hashable, Sendable {
    /// The decision's fact.
    package let decision: String
    /// What it should have been less what it was, minor units.
    package let amounts: ClaimAmounts

    package init(decision: String, amounts: ClaimAmounts) {
        self.decision = decision
        self.amounts = amounts
    }
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
    /// The price agreed at a cut-off, with what is collected since; nil for a price of the day.
    package let counted: CountedPrice?

    package init(
        reason: Assignment.Reason, from: PartyID, to: PartyID, share: Share? = nil,
        priceRatio: Share? = nil, ground: String = "", counted: CountedPrice? = nil
    ) {
        self.counted = counted
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
        if let counted {
            let assignment = Assignment(
                reason: reason, from: from, to: to, claims: moved, price: counted.price,
                ground: ground)
            return assignment.isSound ? assignment : nil
        }
        guard moved.isUsable else { return nil }
        let par = moved.clampedTotal
        return Assignment(
            reason: reason, from: from, to: to, claims: moved, price: try price(of: par),
            ground: ground)
    }

    /// What so much of claims costs at its ratio, rounded half up.
    func price(of claims: Int64) throws(AmountError) -> Int64 {
        guard let priceRatio else { return claims }
        return try priceRatio.roundedHalfUp(of: claims)
    }
}

/// A price for everything that a holder has at the end of a cut-off date, whatever is left of it
/// when it goes; what the holder has collected since goes with it.
package struct CountedPrice: Hashable, Sendable {
    /// Minor units, not below zero.
    package let price: Int64
    package let cutOff: BusinessDate

    package init(price: Int64, cutOff: BusinessDate) {
        self.price = price
        self.cutOff = cutOff
    }
}

extension AssignmentOrder {
    /// What is passed through by it: what the period of the share from the cut-off to the date on
    /// which it goes has brought, with cash for what was lost or waived. Nil where nothing is, or
    /// all in all nothing.
    package func passedThrough(_ period: SharePeriod, cash: LossAmounts = .zero) -> Indemnity? {
        let paid = period.collected
        var amounts = LossAmounts(
            principal: paid.allPrincipal + period.recovered,
            interest: paid.total - paid.allPrincipal)
        amounts += cash
        if amounts.total == 0 { return nil }
        let isOwed = amounts.total > 0
        return Indemnity(
            reason: .poolCollection, payer: isOwed ? from : to, payee: isOwed ? to : from,
            amounts: isOwed ? amounts : LossAmounts.zero - amounts, ground: ground)
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
