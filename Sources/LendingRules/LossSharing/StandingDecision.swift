package import BusinessCalendar
import Monetary

/// A recorded decision about losses or claims with what corrections have made of it.
package struct StandingDecision: Hashable, Sendable {
    /// The decision itself; it stays as it was recorded.
    package let fact: LoanFact
    /// Its amounts and those of its corrections together, minor units.
    package let amounts: ClaimAmounts
    /// What has been paid by all of them, minor units.
    package let paid: Int64
    /// Of the amounts what has followed because payments were taken back.
    let followed: ClaimAmounts
    /// The newest instalment of which something moves by a correction, where that is not the
    /// decision's own.
    var through: Int?

    /// - Parameter facts: Those of the loan; nil where none of them is such a decision, or the one
    ///   named is a correction itself.
    package init?(_ id: String, among facts: [LoanFact]) {
        guard let fact = facts.first(where: { $0.id == id }), fact.correctedDecision == "" else {
            return nil
        }
        let all = facts.filter { $0.id == id || $0.correctedDecision == id }
        self.fact = fact
        amounts = all.reduce(ClaimAmounts()) { $0 + $1.decidedAmounts }
        paid = all.reduce(0) { $0 + $1.decidedPrice }
        followed = all.filter(\.isRevival).reduce(ClaimAmounts()) { $0 + $1.decidedAmounts }
    }

    /// The date of the decision.
    package var date: BusinessDate { fact.valueDate }

    /// The layer by which it was decided, and whose loss it was; nil where none was.
    var layer: (name: String, lender: PartyID)? {
        switch fact.kind {
        case .indemnified(let one): (one.ground, one.payee)
        case .assigned(let one) where one.reason == .compensation: (one.ground, one.from)
        default: nil
        }
    }

    /// What books a difference of its amounts. The price of all claims that move by it is the part
    /// of them that it was at first, rounded half up, unless it is told.
    ///
    /// - Throws: ``AmountError/overflow``.
    func corrected(by change: ClaimAmounts, at price: Int64? = nil) throws(AmountError)
        -> LoanFact.Kind?
    {
        switch fact.kind {
        case .indemnified(let one):
            return .indemnified(
                Indemnity(
                    reason: one.reason, payer: one.payer, payee: one.payee,
                    amounts: LossAmounts(principal: change.principal, interest: change.interest),
                    ground: one.ground, corrects: fact.id))
        case .assigned(let one):
            let price =
                if let price { price } else {
                    try one.price(of: (amounts + change).clampedTotal) - paid
                }
            return .assigned(
                Assignment(
                    reason: one.reason, from: one.from, to: one.to, claims: change,
                    price: price, ground: one.ground,
                    throughInstalment: through ?? one.throughInstalment, corrects: fact.id))
        default: return nil
        }
    }
}

extension Assignment {
    /// What so much of claims costs at the price of these, rounded half up.
    fileprivate func price(of claims: Int64) throws(AmountError) -> Int64 {
        let whole = Int128(self.claims.clampedTotal)
        // All that was sold had been collected before.
        if whole == 0 { return price + claims }
        let product = Int128(claims) * Int128(price)
        guard let rounded = Int64(exactly: (2 * product + whole) / (2 * whole)) else {
            throw .overflow
        }
        return rounded
    }
}

extension LoanFact {
    /// The decision that it corrects, empty for one of its own; nil for a fact that no correction
    /// changes.
    package var correctedDecision: String? {
        switch kind {
        case .assigned(let assignment): assignment.corrects
        case .indemnified(let one): one.reason.isForLoss ? one.corrects : nil
        default: nil
        }
    }

    fileprivate var decidedAmounts: ClaimAmounts {
        switch kind {
        case .assigned(let one): one.claims
        case .indemnified(let one):
            ClaimAmounts(principal: one.amounts.principal, interest: one.amounts.interest)
        default: ClaimAmounts()
        }
    }

    fileprivate var decidedPrice: Int64 {
        switch kind {
        case .assigned(let one): one.price
        case .indemnified(let one): one.amount
        default: 0
        }
    }
}
