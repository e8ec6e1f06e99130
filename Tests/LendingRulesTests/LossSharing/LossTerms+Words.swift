import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

extension LossTerms {
    /// Terms in the words of an agreement's file: `{"layers":[…],"chargeOff":180}`.
    init(_ words: Story.Words) throws {
        let layers = try (words["layers"] as? [Story.Words] ?? []).map { try LossLayer($0) }
        self.init(
            layers: layers, chargeOffAt: words["chargeOff"] as? Int,
            collectionCosts: try CollectionCosts(words["collectionCosts"] as? Story.Words ?? [:]))
    }
}

extension CollectionCosts {
    fileprivate init(_ words: Story.Words) throws {
        if let shares = words["shares"] as? [String: String] {
            self = .byShares(
                try shares.sorted { $0.key > $1.key }.map {
                    LossShare(party: PartyID($0.key), share: try Share($0.value))
                })
        } else {
            self = words.isEmpty ? .advanced : .byClaims
        }
    }
}

extension LossLayer {
    fileprivate init(_ words: Story.Words) throws {
        let trigger: LossTrigger =
            switch words["trigger"] {
            case let days as Int: .daysPastDue(days)
            case let text as String where text == "charge-off": .chargeOff
            default: .instruction
            }
        let name = try #require(words["name"] as? String)
        if let shares = words["shares"] as? [String: String] {
            let order = ["platform", "harbor", "keystone"].filter { shares[$0] != nil }
            self.init(
                name: name, trigger: trigger,
                bearing: .shared(
                    try order.map { LossShare(party: PartyID($0), share: try Share(shares[$0]!)) }))
        } else {
            self.init(name: name, trigger: trigger, bearing: .provided(try LossProvision(words)))
        }
    }
}

extension LossProvision {
    fileprivate init(_ words: Story.Words) throws {
        let scope = (words["scope"] as? String).flatMap(CompensationScope.init(rawValue:)) ?? .loan
        self.init(
            provider: PartyID(try #require(words["provider"] as? String)),
            lenders: (words["lenders"] as? [String] ?? []).map { PartyID($0) },
            way: words["way"] as? String == "compensation" ? .compensation(scope) : .invocation,
            covers: (words["covers"] as? String).flatMap(Covers.init(rawValue:)) ?? .principal,
            share: try (words["share"] as? String).map { try Share($0) },
            cover: try (words["cover"] as? Story.Words).map { try CoverTerms($0) })
    }
}

extension CoverTerms {
    fileprivate init(_ words: Story.Words) throws {
        func amount(_ key: String) throws -> Int64 {
            try AmountText.parse(try #require(words[key] as? String), decimals: 2)
        }
        let percent = try (words["percent"] as? String).map { try Share($0) }
        let kind: Kind =
            switch words["kind"] as? String {
            case "frozen-set":
                .frozenSet(percent: try #require(percent), setLimit: try amount("setLimit"))
            case "outstanding": .outstanding(percent: try #require(percent))
            default:
                .reserve(
                    amount: try amount("amount"), replenishes: words["replenish"] as? Bool ?? false,
                    topUp: try (words["topUp"] as? Story.Words).map { try CoverTopUp($0) })
            }
        self.init(
            kind: kind, span: (words["per"] as? String).flatMap(Span.init(rawValue:)) ?? .pool,
            latestDaysPastDue: words["latestDaysPastDue"] as? Int,
            expiresOn: (words["expiresOn"] as? String).flatMap { BusinessDate($0) },
            isRestored: words["restored"] as? Bool ?? false,
            allocation: (words["allocation"] as? String)
                .flatMap(Allocation.init(rawValue:)) ?? .sequence)
    }
}

extension CoverTopUp {
    fileprivate init(_ words: Story.Words) throws {
        let every = (words["every"] as? String).flatMap(Period.init(rawValue:))
        self.init(
            every: try #require(every),
            atMost: try (words["atMost"] as? String).map { try AmountText.parse($0, decimals: 2) })
    }
}
