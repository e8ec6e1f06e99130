import Monetary

// Tiers as canonical text: every line says of which tier it is.

extension FundingTier {
    /// `tier`, what it asks of loans, and a `slice` each.
    var canonicalLines: [String] {
        var lines = ["tier \(name)"]
        if let range = conditions.principal {
            lines.append("tier-amount \(name) \(range.lowerBound) \(range.upperBound)")
        }
        if let range = conditions.instalments {
            lines.append("tier-instalments \(name) \(range.lowerBound) \(range.upperBound)")
        }
        for (key, words) in conditions.words {
            lines.append("tier-\(key) \(name) \(words.sorted().joined(separator: " "))")
        }
        return lines + slices.map { "slice \(name) \($0.canonicalWords.joined(separator: " "))" }
    }
}

extension FundingConditions {
    /// Words that are asked for, by their keys.
    fileprivate var words: [(String, Set<String>)] {
        [("grades", grades), ("regions", regions), ("products", products), ("channels", channels)]
            .compactMap { key, words in words.map { (key, $0) } }
    }
}

extension FundingSlice {
    fileprivate var canonicalWords: [String] {
        let part: [String] =
            switch part {
            case .share(let share): ["share", share.description]
            case .amount(let amount): ["amount", String(amount)]
            case .rest: ["rest"]
            }
        let bounds = Bound.words("minimum", minimum) + Bound.words("maximum", maximum)
        let taker: [String] =
            switch taker {
            case .party(let party): ["party", party.name]
            case .route(let route):
                ["route", route.name] + route.targets.flatMap { [$0.party.name, "\($0.share)"] }
            case .waterfall(let parties, let order):
                ["waterfall", order.rawValue] + parties.map(\.name)
            }
        return part + bounds + taker
    }
}

// MARK: - Reading

extension [FundingTier] {
    /// The tiers of canonical terms in their order; nil when a line cannot be read or is of no
    /// tier.
    init?(_ terms: CanonicalTerms) {
        guard let names = terms.all("tier", String.init(words:)), Set(names).count == names.count
        else { return nil }
        let keys = [
            "slice", "tier-amount", "tier-instalments", "tier-grades", "tier-regions",
            "tier-products", "tier-channels",
        ]
        let lines: [[String]] = keys.flatMap { key in terms.lines(key) }
        guard lines.allSatisfy({ !$0.isEmpty && names.contains($0[0]) }) else { return nil }
        var tiers: [FundingTier] = []
        for name in names {
            guard let conditions = FundingConditions(terms, of: name),
                let slices = terms.slices(of: name)
            else { return nil }
            tiers.append(
                FundingTier(
                    name: name, conditions: conditions, slices: slices))
        }
        self = tiers
    }
}

extension CanonicalTerms {
    /// The slices of a tier; nil when one cannot be read.
    fileprivate func slices(of tier: String) -> [FundingSlice]? {
        let own = lines("slice").filter { $0.first == tier }
        let slices = own.compactMap { FundingSlice(words: $0.dropFirst()) }
        return slices.count == own.count ? slices : nil
    }
}

extension FundingConditions {
    fileprivate init?(_ terms: CanonicalTerms, of tier: String) {
        /// What a key says of the tier: nil inside where it says nothing, nil outside for nonsense.
        func words(_ key: String) -> [String]?? {
            let lines = terms.lines("tier-\(key)").filter { $0.first == tier }
            if lines.isEmpty { return .some(nil) }
            return lines.count == 1 && lines[0].count > 1 ? Array(lines[0].dropFirst()) : nil
        }
        func range(_ key: String) -> ClosedRange<Int64>?? {
            guard let words = words(key) else { return nil }
            guard let words else { return .some(nil) }
            let numbers = words.compactMap { Int64($0) }
            guard words.count == 2, numbers.count == 2, numbers[0] <= numbers[1] else { return nil }
            return numbers[0]...numbers[1]
        }
        guard let principal = range("amount"), let instalments = range("instalments"),
            let grades = words("grades"), let regions = words("regions"),
            let products = words("products"), let channels = words("channels")
        else { return nil }
        self.init(
            principal: principal,
            instalments: instalments.map { Int($0.lowerBound)...Int($0.upperBound) },
            grades: grades.map { Set($0) }, regions: regions.map { Set($0) },
            products: products.map { Set($0) }, channels: channels.map { Set($0) })
    }
}

extension FundingSlice {
    fileprivate init?(words: ArraySlice<String>) {
        var rest = words
        guard let part = Part(&rest), let minimum = Bound.read("minimum", &rest),
            let maximum = Bound.read("maximum", &rest), let taker = Taker(rest)
        else { return nil }
        self.init(taker: taker, part: part, minimum: minimum, maximum: maximum)
    }
}

extension FundingSlice.Part {
    fileprivate init?(_ words: inout ArraySlice<String>) {
        switch words.popFirst() {
        case "rest": self = .rest
        case "share":
            guard let share = words.popFirst().flatMap({ try? Share($0) }) else { return nil }
            self = .share(share)
        case "amount":
            guard let amount = words.popFirst().flatMap({ Int64($0) }) else { return nil }
            self = .amount(amount)
        default: return nil
        }
    }
}

extension FundingSlice.Bound {
    fileprivate static func words(_ name: String, _ bound: FundingSlice.Bound?) -> [String] {
        switch bound {
        case .share(let share): ["\(name)-share", share.description]
        case .amount(let amount): ["\(name)-amount", String(amount)]
        case nil: []
        }
    }

    /// A bound of a name, where the words go on with one; nil outside for nonsense.
    fileprivate static func read(_ name: String, _ words: inout ArraySlice<String>)
        -> FundingSlice.Bound??
    {
        switch words.first {
        case "\(name)-share":
            guard words.count > 1, let share = try? Share(words.dropFirst().first ?? "") else {
                return nil
            }
            words.removeFirst(2)
            return .share(share)
        case "\(name)-amount":
            guard words.count > 1, let amount = Int64(words.dropFirst().first ?? "") else {
                return nil
            }
            words.removeFirst(2)
            return .amount(amount)
        default: return .some(nil)
        }
    }
}

extension FundingSlice.Taker {
    fileprivate init?(_ words: ArraySlice<String>) {
        var words = words
        switch words.popFirst() {
        case "party" where words.count == 1: self = .party(PartyID(words.first ?? ""))
        case "route":
            guard let name = words.popFirst(), !words.isEmpty, words.count % 2 == 0 else {
                return nil
            }
            var targets: [FundingRoute.Target] = []
            while let party = words.popFirst(), let text = words.popFirst() {
                guard let share = try? Share(text) else { return nil }
                targets.append(FundingRoute.Target(party: PartyID(party), share: share))
            }
            self = .route(FundingRoute(name: name, targets: targets))
        case "waterfall":
            guard let order = words.popFirst().flatMap(WaterfallOrder.init(rawValue:)),
                !words.isEmpty
            else { return nil }
            self = .waterfall(words.map { PartyID($0) }, order)
        default: return nil
        }
    }
}

extension String {
    /// The one word of a line.
    fileprivate init?(words: [String]) {
        guard words.count == 1 else { return nil }
        self = words[0]
    }
}
