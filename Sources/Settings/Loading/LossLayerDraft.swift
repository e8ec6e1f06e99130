import LendingRules
import Monetary

/// One entry of the list `lossSharing` as far as it could be read: a layer, or several in tranches.
struct LossLayerDraft {
    let name: Located<String>
    let trigger: Located<LossTrigger>
    /// Everybody who pays, as the file names them: one, or one for each tranche.
    let providers: [Located<String>]
    let lenders: [Located<String>]
    let tranches: [TrancheDraft]
    /// The lenders' own loss shares, where they bear what is left.
    let shares: LossSharesDraft?
    let cover: CoverDraft?
    /// What the entry comes to, in the order in which layers are asked.
    let layers: [LossLayer]

    init?(_ section: Section, decimals: Int) {
        let name = section.value("name", .identifier)
        let trigger = section.value("trigger", .lossTrigger)
        let provider = section.optional("provider", .identifier)
        let tranches = section.sections("tranches", isRequired: false)
            .compactMap { TrancheDraft($0, decimals: decimals) }
        let shares = LossSharesDraft(section)
        let payment = LossPaymentDraft(section, decimals: decimals)
        section.finish()
        guard section.hasOneBearing, section.areKeysTogether else { return nil }
        guard let name, let trigger,
            tranches.count == section.entryCount(of: "tranches"),
            section.isRead("provider", provider), shares != nil || !section.isGiven("shares")
        else { return nil }
        self.name = name
        self.trigger = trigger
        self.tranches = tranches
        self.shares = shares
        providers = (provider.map { [$0] } ?? []) + tranches.map(\.provider)
        if let shares {
            (lenders, cover) = ([], nil)
            layers = [
                LossLayer(
                    name: name.value, trigger: trigger.value, bearing: .shared(shares.shares))
            ]
            return
        }
        guard let payment else { return nil }
        if payment.isByInstalment, trigger.value == .chargeOff {
            section.findings.report(
                .contradiction, "scope is instalment, and the trigger is charge-off",
                key: section.path("scope"), at: section.place(of: "scope"),
                allowed: "a loan is written off as a whole: let the scope be loan")
            return nil
        }
        lenders = payment.lenders
        cover = payment.cover
        if let provider {
            layers = [
                LossLayer(
                    name: name.value, trigger: trigger.value,
                    bearing: .provided(payment.provision(by: provider.value)))
            ]
        } else {
            layers = tranches.map { tranche in
                LossLayer(
                    name: "\(name.value)/\(tranche.name.value)", trigger: trigger.value,
                    bearing: .provided(
                        payment.provision(
                            by: tranche.provider.value,
                            cover: CoverTerms(
                                kind: .reserve(amount: tranche.amount, replenishes: false)))))
            }
        }
    }
}

/// One entry of the list `tranches`: a reserve of its own, in the order of the list.
struct TrancheDraft {
    let name: Located<String>
    let provider: Located<String>
    /// Minor units, above zero.
    let amount: Int64

    init?(_ section: Section, decimals: Int) {
        let name = section.value("name", .identifier)
        let provider = section.value("provider", .identifier)
        let amount = section.value(
            "amount", .amount(decimals: decimals, isZeroAllowed: false))
        section.finish()
        guard let name, let provider, let amount else { return nil }
        self.name = name
        self.provider = provider
        self.amount = amount.value
    }
}

/// The mapping `shares` of a layer: every lender's part of what is left.
struct LossSharesDraft {
    let key: String
    let place: Place
    let parts: [(party: Located<String>, share: Share)]

    /// Nil when it is absent or cannot be read.
    init?(_ section: Section) {
        guard section.isGiven("shares"), let parts = section.section("shares") else { return nil }
        let shares = parts.names.map { party in
            parts.value(party, .shareOrNothing).map {
                (Located(value: party, key: $0.key, place: $0.place), $0.value)
            }
        }
        guard shares.allSatisfy({ $0 != nil }) else { return nil }
        key = section.path("shares")
        place = section.place(of: "shares")
        self.parts = shares.compactMap { $0 }
    }

    var shares: [LossShare] {
        parts.map { LossShare(party: PartyID($0.party.value), share: $0.share) }
    }
}

extension Section {
    /// Who bears the losses of a layer; otherwise that is reported.
    fileprivate var hasOneBearing: Bool {
        let names = ["provider", "tranches", "shares"]
        let given = names.filter { isGiven($0) }
        if given.count == 1 { return true }
        findings.report(
            .contradiction,
            given.isEmpty
                ? "nobody takes losses in the layer"
                : "the layer has \(given.joined(separator: " and "))",
            key: key, at: place, allowed: "it needs one of \(names.joined(separator: ", "))")
        return false
    }

    /// Whether nothing is named that says nothing beside who bears the losses.
    fileprivate var areKeysTogether: Bool {
        let (other, names, allowed) =
            isGiven("shares")
            ? (
                "shares", ["lenders", "way", "scope", "covers", "share", "cover"],
                "lenders bear by shares what principal is left: leave it out"
            )
            : (
                "tranches", ["share", "cover"],
                "a tranche takes whatever reaches it, up to its amount: leave it out"
            )
        guard isGiven(other), let extra = names.first(where: isGiven) else { return true }
        findings.report(
            .contradiction, "\(extra) is named beside \(other)", key: path(extra),
            at: place(of: extra), allowed: allowed)
        return false
    }
}
