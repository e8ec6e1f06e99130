/// Claims of one holder that another takes over while the loan lives, at a price: what a loss, a
/// buy-back or a sale moves (RULES § 2, 5). A decision: its amounts stand.
package struct Assignment: Hashable, Sendable {
    /// Why they move.
    package enum Reason: String, Hashable, Sendable, CaseIterable {
        /// A guarantor has paid for them (代偿).
        case compensation
        /// A party takes back what it had sold or originated (回购).
        case buyBack = "buy-back"
        /// Another loan's claims stand for them from now on.
        case substitution
        /// A sale between lenders or to a vehicle.
        case sale
        /// A share of a pool, sold to its vehicle at a price counted at a cut-off, or bought back
        /// by a clean-up call.
        case poolSale = "pool-sale"
    }

    package let reason: Reason
    /// Who has them, and who has them from the end of the value date on.
    package let from: PartyID
    package let to: PartyID
    /// What moves of each component, minor units; of a correction below zero what moves back.
    package let claims: ClaimAmounts
    /// What the one pays the other for it, minor units; below zero only in a correction.
    package let price: Int64
    /// The layer, pool or contract by which they move; empty where there is none.
    package let ground: String
    /// Number of the last instalment that moves, with those before it; nil for the whole loan.
    package let throughInstalment: Int?
    /// The decision that it corrects; empty where it is one of its own.
    package let corrects: String

    package init(
        reason: Reason, from: PartyID, to: PartyID, claims: ClaimAmounts, price: Int64,
        ground: String = "", throughInstalment: Int? = nil, corrects: String = ""
    ) {
        self.reason = reason
        self.from = from
        self.to = to
        self.claims = claims
        self.price = price
        self.ground = ground
        self.throughInstalment = throughInstalment
        self.corrects = corrects
    }

    /// Whether there is something to move between two parties, at a price.
    ///
    /// Of a pool's share all may have been collected since the cut-off, and of one that is called
    /// all may have gone otherwise: then only the price moves.
    package var isSound: Bool {
        let isPaidOff = reason == .poolSale && claims == ClaimAmounts() && price > 0
        let isUsable =
            corrects.isEmpty
            ? (claims.isUsable || isPaidOff) && price >= 0 : claims != ClaimAmounts()
        return from != to && isUsable && (throughInstalment ?? 1) > 0
    }
}

/// Cash that one party pays another for a loss, claims staying where they are (RULES § 5). A
/// decision: its amount stands.
package struct Indemnity: Hashable, Sendable {
    /// Why it is paid.
    package enum Reason: String, Hashable, Sendable, CaseIterable {
        /// Against a cover.
        case invocation
        /// Between lenders who bear losses by shares of their own.
        case lossSharing = "loss-sharing"
        /// Collected since the cut-off on a pool's share that is sold: no payment for a loss.
        case poolCollection = "pool-collection"

        /// Whether it is paid because something is lost.
        package var isForLoss: Bool { self != .poolCollection }
    }

    package let reason: Reason
    package let payer: PartyID
    package let payee: PartyID
    /// For principal and for interest, minor units; below zero in a correction that gives some of
    /// it back.
    package let amounts: LossAmounts
    /// The layer by which it is paid.
    package let ground: String
    /// The decision that it corrects; empty where it is one of its own.
    package let corrects: String

    package init(
        reason: Reason, payer: PartyID, payee: PartyID, amounts: LossAmounts, ground: String = "",
        corrects: String = ""
    ) {
        self.reason = reason
        self.payer = payer
        self.payee = payee
        self.amounts = amounts
        self.ground = ground
        self.corrects = corrects
    }

    /// What is paid in all.
    package var amount: Int64 { amounts.total }

    /// Whether something is paid between two parties.
    package var isSound: Bool {
        payer != payee && (corrects.isEmpty ? amount > 0 : amounts != .zero)
    }
}
