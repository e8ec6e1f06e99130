import LendingRules
import Monetary

extension LossLayer {
    /// A layer in which a party pays by invocation, from days past due or another trigger on.
    static func first(
        _ name: String = "first-loss", by provider: String = "platform", at days: Int = 90,
        on trigger: LossTrigger? = nil, lenders: [String] = [],
        way: LossProvision.Way = .invocation, both: Bool = false, share: Share? = nil,
        cover: CoverTerms? = nil
    ) -> LossLayer {
        LossLayer(
            name: name, trigger: trigger ?? .daysPastDue(days),
            bearing: .provided(
                LossProvision(
                    provider: PartyID(provider), lenders: lenders.map { PartyID($0) }, way: way,
                    covers: both ? .principalAndInterest : .principal, share: share,
                    cover: cover)))
    }

    /// A layer in which lenders bear what is left at the charge-off by shares of their own.
    static func shared(_ parts: KeyValuePairs<String, Int64>, of whole: Int64) -> LossLayer {
        LossLayer(
            name: "own-ratio", trigger: .chargeOff,
            bearing: .shared(
                parts.map {
                    LossShare(party: PartyID($0.key), share: .parts($0.value, of: whole))
                }))
    }
}

extension CoverTerms.Kind {
    /// A reserve that is filled up by nobody.
    static func reserve(amount: Int64) -> CoverTerms.Kind {
        .reserve(amount: amount, replenishes: false)
    }
}

extension LossTerms {
    /// What a cover is given by, whichever agreement it is of.
    func cover(of id: CoverID) -> CoverTerms? {
        for layer in layers where layer.name == id.layer {
            if case .provided(let provision) = layer.bearing { return provision.cover }
        }
        return nil
    }
}
