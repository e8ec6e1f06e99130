package import Monetary

/// How the lenders of an agreement share what borrowers do not pay (RULES § 5).
package struct LossTerms: Hashable, Sendable {
    /// In agreement order; what none of them takes stays with the lender whose loss it is.
    package let layers: [LossLayer]
    /// Days past due at whose end the close writes a loan off whole; nil where only people do.
    package let chargeOffAt: Int?
    /// Who bears what collecting costs.
    package let collectionCosts: CollectionCosts

    package init(
        layers: [LossLayer] = [], chargeOffAt: Int? = nil,
        collectionCosts: CollectionCosts = .advanced
    ) {
        self.layers = layers
        self.chargeOffAt = chargeOffAt
        self.collectionCosts = collectionCosts
    }

    /// Whether closes have anything to decide by it.
    package var isDecided: Bool { !layers.isEmpty || chargeOffAt != nil }

    /// Each lender bears its own, and only people write loans off.
    package static let none = LossTerms()

    /// Who pays for losses by it, once each, in the order of the layers.
    package var providers: [PartyID] {
        layers.reduce(into: []) { providers, layer in
            guard case .provided(let provision) = layer.bearing,
                !providers.contains(provision.provider)
            else { return }
            providers.append(provision.provider)
        }
    }
}

/// One layer: who takes which part of a loss, from when, up to how much.
package struct LossLayer: Hashable, Sendable {
    /// Unique within the agreement, such as `first-loss`.
    package let name: String
    package let trigger: LossTrigger
    package let bearing: LossBearing

    package init(name: String, trigger: LossTrigger, bearing: LossBearing) {
        self.name = name
        self.trigger = trigger
        self.bearing = bearing
    }
}

/// When a layer takes its part of a loss.
package enum LossTrigger: Hashable, Sendable {
    /// At the end of the date on which the loan is so many days past due, or more for the first
    /// time since it last was not.
    case daysPastDue(Int)
    /// When the loan is written off whole.
    case chargeOff
    /// When a person says so by a fact.
    case instruction
}

/// Who takes a loss.
package enum LossBearing: Hashable, Sendable {
    /// A party pays lenders for theirs.
    case provided(LossProvision)
    /// The lenders bear what is left by shares of their own, which make one whole: those who
    /// have lost less pay those who have lost more.
    case shared([LossShare])
}

/// One lender's part of the losses of all.
package struct LossShare: Hashable, Sendable {
    package let party: PartyID
    package let share: Share

    package init(party: PartyID, share: Share) {
        self.party = party
        self.share = share
    }
}

/// What a party gives that pays lenders for their losses.
package struct LossProvision: Hashable, Sendable {
    /// What a payment does to the claim.
    package enum Way: Hashable, Sendable {
        /// Cash against the cover; claim, class and loan stay as they are.
        case invocation
        /// The claim that is paid for moves to the payer (代偿).
        case compensation(CompensationScope)
    }

    /// Which part of a claim is a loss.
    package enum Covers: String, Hashable, Sendable, CaseIterable {
        case principal
        /// With what has accrued and is unpaid; penalties and fees stay with the lender.
        case principalAndInterest = "principal-and-interest"
    }

    /// Who pays: the platform, a guarantor, another lender.
    package let provider: PartyID
    /// Whose losses it pays, in agreement order; empty for every lender but the provider.
    package let lenders: [PartyID]
    package let way: Way
    package let covers: Covers
    /// The part of what reaches the layer that it takes; the whole where nothing is said.
    package let share: Share?
    /// How much it takes in all; nil without a limit.
    package let cover: CoverTerms?

    package init(
        provider: PartyID, lenders: [PartyID] = [], way: Way, covers: Covers = .principal,
        share: Share? = nil, cover: CoverTerms? = nil
    ) {
        self.provider = provider
        self.lenders = lenders
        self.way = way
        self.covers = covers
        self.share = share
        self.cover = cover
    }
}

/// What of a loan is paid for and moves.
package enum CompensationScope: String, Hashable, Sendable, CaseIterable {
    /// Everything that is left.
    case loan
    /// The instalments that are so many days past due.
    case instalment
}
