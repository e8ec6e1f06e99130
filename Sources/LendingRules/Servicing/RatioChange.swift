package import Monetary

/// Who holds which part of a loan from the end of a date on, agreed while it lives (RULES § 2).
///
/// The principal that is left is divided by the shares; what this gives a holder beyond what it had
/// it takes over at par.
package struct RatioChange: Hashable, Sendable {
    /// Whose interest, penalties and fees are that have accrued or were billed by then and are
    /// unpaid.
    package enum Treatment: String, Sendable, CaseIterable {
        /// Theirs to whom they accrued; what accrues later is divided by the new principal.
        case actuals
        /// Divided anew with the principal, and paid for.
        case record
    }

    /// One holder's part.
    package struct Part: Hashable, Sendable {
        package let party: PartyID
        /// Of the principal that is left; 0 for who hands everything over.
        package let share: Share

        package init(party: PartyID, share: Share) {
            self.party = party
            self.share = share
        }
    }

    /// Each party once; together they make one whole. Who is not named holds nothing any more.
    package let parts: [Part]
    package let treatment: Treatment
    /// Principal that holders were found to take over when the fact was admitted, minor units:
    /// limits keep room for it until the close posts what it comes to.
    package let growth: [PlannedShare]

    package init(parts: [Part], treatment: Treatment, growth: [PlannedShare] = []) {
        self.parts = parts
        self.treatment = treatment
        self.growth = growth
    }

    /// The same with what it was found to move.
    package func growing(by growth: [PlannedShare]) -> RatioChange {
        RatioChange(parts: parts, treatment: treatment, growth: growth)
    }

    /// Whether the shares make one whole and no party stands twice.
    package var isSound: Bool {
        Set(parts.map(\.party)).count == parts.count && growth.allSatisfy { $0.amount > 0 }
            && (try? Share.makeWhole(parts.map(\.share))) == true
    }
}

extension RatioChange {
    /// What each of the parties holds of so much principal, in their order; where none is left the
    /// shares themselves.
    ///
    /// - Throws: ``AmountError`` when the shares have no common denominator.
    func weights(_ parties: [PartyID], of principal: Int64) throws(AmountError)
        -> ProportionalScale
    {
        let shares = try Share.weights(parts.map(\.share)).weights
        var weights = parties.map { _ in Int64(0) }
        for (part, weight) in zip(parts, shares) {
            guard let place = parties.firstIndex(of: part.party) else { continue }
            weights[place] = weight
        }
        let ratio = try ProportionalScale(weights: weights)
        if principal == 0 { return ratio }
        return try ProportionalScale(weights: try ratio.parts(of: principal))
    }
}
