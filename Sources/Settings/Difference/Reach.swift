import BusinessCalendar
import LendingRules

/// Whom a setting touches, by both configurations together.
struct Reach {
    private let agreements: [Agreement]
    private let products: [Product]
    private let pools: [PoolPlan]
    private let parties: Set<String>
    /// Who lends: of their shares a pool is made that names no seller.
    private let lenders: Set<PartyID>
    private let platforms: Set<String>

    init(_ old: Configuration, _ new: Configuration) {
        agreements = old.agreements + new.agreements
        products = old.products + new.products
        pools = old.pools + new.pools
        parties = Set((old.parties + new.parties).map(\.id.name))
        lenders = Set(
            (old.parties + new.parties).filter(\.lends).map(\.id)
                + [old.platform.party, new.platform.party])
        platforms = [old.platform.party.name, new.platform.party.name]
    }

    /// The parties and products, in order of name.
    func touched(by object: ConfigurationObject.Name, _ key: String)
        -> (parties: [String], products: [String])
    {
        switch object.file {
        case .platform: (parties.sorted(), names(products.map(\.name)))
        case .chart: (platforms.sorted(), [])
        case .party:
            (
                [object.name],
                names(agreements.filter { lenders($0).contains(object.name) }.flatMap(\.products))
            )
        case .agreement: ofAgreement(object.name, key)
        case .product:
            (
                names(agreements.filter { $0.products.contains(object.name) }.flatMap(lenders)),
                [object.name]
            )
        case .rules: ofPack(object.name)
        case .calendar: ofCalendar(object.name)
        case .pool: ofPool(object.name)
        }
    }

    /// A limit is its lender's alone; all else is everybody's who lends under the agreement.
    private func ofAgreement(_ name: String, _ key: String)
        -> (parties: [String], products: [String])
    {
        let versions = agreements.filter { $0.name == name }
        let products = names(versions.flatMap(\.products))
        if key.hasPrefix("limits[") {
            let limited = key.dropFirst("limits[".count).prefix { $0 != " " && $0 != "]" }
            return ([String(limited)], products)
        }
        return (names(versions.flatMap(lenders)), products)
    }

    /// Whoever lends under an agreement that names it.
    private func ofPack(_ name: String) -> (parties: [String], products: [String]) {
        let held = agreements.filter { $0.rulePacks.contains(name) }
        return (names(held.flatMap(lenders)), names(held.flatMap(\.products)))
    }

    /// Whoever buys, sells or may buy back.
    private func ofPool(_ name: String) -> (parties: [String], products: [String]) {
        let plans = pools.filter { $0.name == name }
        let sellers = plans.flatMap { $0.criteria.sellers ?? lenders }
        let others = plans.map(\.buyer) + plans.compactMap { $0.notes?.calledBy }
        return (
            names((sellers + others).map(\.name)),
            names(plans.flatMap { $0.criteria.products ?? [] })
        )
    }

    /// Due dates heed it, and days of settlement.
    private func ofCalendar(_ name: String) -> (parties: [String], products: [String]) {
        let heeding = products.filter { $0.conventions.holidays?.calendar.name == name }
            .map(\.name)
        let settling = agreements.filter {
            $0.settlement.calendar == name || $0.products.contains(where: heeding.contains)
        }
        return (names(settling.flatMap(lenders)), names(heeding))
    }

    /// Whoever lends at first, or may in another's place.
    private func lenders(_ agreement: Agreement) -> [String] {
        agreement.lenders.map(\.party.name) + agreement.fallback.map(\.name)
    }

    private func names(_ names: [String]) -> [String] { Set(names).sorted() }
}
