import LendingRules
import Monetary

/// One entry of a list `slices` as far as it could be read.
struct SliceDraft {
    let key: String
    let place: Place
    let slice: FundingSlice
    /// Everybody who may take it, as the file names them.
    let parties: [Located<String>]
    /// The targets of a route, for their sum.
    let targets: [Share]

    init?(_ section: Section, decimals: Int) {
        let taker = SliceDraft.taker(section)
        let part = SliceDraft.part(section, decimals: decimals)
        let minimum = section.optional("minimum", .feeValue(decimals: decimals))
        let maximum = section.optional("maximum", .feeValue(decimals: decimals))
        section.finish()
        let isBounded =
            section.isRead("minimum", minimum) && section.isRead("maximum", maximum)
        section.checkOrder(minimum, maximum)
        guard let taker, let part, isBounded else { return nil }
        key = section.key
        place = section.place
        parties = taker.parties
        targets = taker.targets
        slice = FundingSlice(
            taker: taker.value, part: part, minimum: minimum?.value.bound,
            maximum: maximum?.value.bound)
    }

    private struct Taker {
        let value: FundingSlice.Taker
        let parties: [Located<String>]
        var targets: [Share] = []
    }

    /// Who takes it; every key is read, whichever there should be.
    private static func taker(_ section: Section) -> Taker? {
        let party = section.optional("party", .identifier)
        let route = section.optional("route", .identifier)
        let targets = targets(section, isRequired: route != nil)
        let hasWaterfall = section.isGiven("waterfall")
        let banks =
            hasWaterfall ? section.values("waterfall", .identifier, isRequired: true) : []
        let orders = Rule<WaterfallOrder>.choice("order of a waterfall")
        let order =
            hasWaterfall
            ? section.value("order", orders, default: WaterfallOrder.listed.rawValue)
            : section.optional("order", orders)
        section.refuse("targets", without: "route")
        section.refuse("order", without: "waterfall")
        guard section.hasOne(of: ["party", "route", "waterfall"], "taker") else { return nil }
        if let party { return Taker(value: .party(PartyID(party.value)), parties: [party]) }
        if let route, let targets {
            let mix = targets.map {
                FundingRoute.Target(party: PartyID($0.party.value), share: $0.share)
            }
            return Taker(
                value: .route(FundingRoute(name: route.value, targets: mix)),
                parties: targets.map(\.party), targets: targets.map(\.share))
        }
        guard let order, !banks.isEmpty, banks.count == section.entryCount(of: "waterfall") else {
            return nil
        }
        return Taker(
            value: .waterfall(banks.map { PartyID($0.value) }, order.value), parties: banks)
    }

    /// The mix of a route; nil when there is none that can be read.
    private static func targets(_ section: Section, isRequired: Bool)
        -> [(party: Located<String>, share: Share)]?
    {
        guard section.isGiven("targets") || isRequired else { return nil }
        let entries = section.sections("targets", isRequired: true).map { entry in
            let party = entry.value("party", .identifier)
            let share = entry.value("target", .share)
            entry.finish()
            return party.flatMap { party in share.map { (party: party, share: $0.value) } }
        }
        let read = entries.compactMap { $0 }
        let isWhole = read.count == section.entryCount(of: "targets")
        return isWhole && !read.isEmpty ? read : nil
    }

    private static func part(_ section: Section, decimals: Int) -> FundingSlice.Part? {
        let share = section.optional("share", .shareOrNothing)
        let amount = section.optional(
            "amount", .amount(decimals: decimals, isZeroAllowed: false))
        let rest = section.optional("rest", .yesOrNo)
        let isNoRest = rest.map { !$0.value } ?? false
        guard
            section.hasOne(of: ["share", "amount"] + (isNoRest ? [] : ["rest"]), "part")
        else { return nil }
        if let share { return .share(share.value) }
        if let amount { return .amount(amount.value) }
        return rest.map { _ in .rest }
    }
}

extension FeeValue {
    fileprivate var bound: FundingSlice.Bound {
        switch self {
        case .share(let share): .share(share)
        case .amount(let amount): .amount(amount)
        }
    }
}

extension Section {
    /// Whether a key that may be absent could be read where it stands.
    func isRead<Value>(_ name: String, _ value: Located<Value>?) -> Bool {
        value != nil || !isGiven(name)
    }

    /// Whether exactly one of some keys is there; otherwise that is reported.
    fileprivate func hasOne(of names: [String], _ noun: String) -> Bool {
        let given = names.filter { isGiven($0) }
        if given.count == 1 { return true }
        findings.report(
            .contradiction,
            given.isEmpty
                ? "the slice has no \(noun)"
                : "the slice has several \(noun)s: \(given.joined(separator: ", "))",
            key: key, at: place,
            allowed: "it needs one of \(names.joined(separator: ", "))")
        return false
    }

    /// Refuses a key that says something about another one that is not there.
    fileprivate func refuse(_ name: String, without other: String) {
        guard isGiven(name), !isGiven(other) else { return }
        findings.report(
            .contradiction, "\(name) is named, and no \(other)", key: path(name),
            at: place(of: name), allowed: "it belongs to a \(other)")
    }

    fileprivate func checkOrder(_ minimum: Located<FeeValue>?, _ maximum: Located<FeeValue>?) {
        guard let minimum, let maximum else { return }
        let isOrdered: Bool
        switch (minimum.value, maximum.value) {
        case (.share(let least), .share(let most)):
            isOrdered =
                Int128(least.numerator) * Int128(most.denominator)
                <= Int128(most.numerator) * Int128(least.denominator)
        case (.amount(let least), .amount(let most)): isOrdered = least <= most
        default: isOrdered = true
        }
        if isOrdered { return }
        findings.report(
            .contradiction, "the maximum is below the minimum", key: maximum.key,
            at: maximum.place, allowed: "it needs at least the value of minimum")
    }
}
