import BusinessCalendar
import Monetary

// Loss terms as canonical text: a `loss-layer` each in their order, and the charge-off.

extension LossTerms {
    /// No line where every lender bears its own, so that older versions stay as they are.
    var canonicalLines: [String] {
        layers.map { "loss-layer \($0.canonicalWords.joined(separator: " "))" }
            + (chargeOffAt.map { ["charge-off-days \($0)"] } ?? [])
            + collectionCosts.canonicalLines
    }

    /// The loss terms of canonical terms; nil when a line cannot be read.
    init?(_ terms: CanonicalTerms) {
        guard let layers = terms.all("loss-layer", LossLayer.init(words:)),
            Set(layers.map(\.name)).count == layers.count,
            let days = terms.either("charge-off-days", nil, { Int64(words: $0) }),
            let costs = terms.either("collection-costs", .advanced, CollectionCosts.init(words:))
        else { return nil }
        self.init(
            layers: layers, chargeOffAt: days.map { Int($0) }, collectionCosts: costs)
    }
}

// MARK: - Writing

extension LossLayer {
    fileprivate var canonicalWords: [String] {
        let bearing: [String] =
            switch bearing {
            case .provided(let provision): ["provided"] + provision.canonicalWords
            case .shared(let shares):
                ["shared"] + shares.flatMap { [$0.party.name, "\($0.share)"] }
            }
        return [name] + trigger.canonicalWords + bearing
    }
}

extension LossTrigger {
    fileprivate var canonicalWords: [String] {
        switch self {
        case .daysPastDue(let days): ["days", "\(days)"]
        case .chargeOff: ["charge-off"]
        case .instruction: ["instruction"]
        }
    }
}

extension LossProvision {
    fileprivate var canonicalWords: [String] {
        let way: [String] =
            switch way {
            case .invocation: ["invocation"]
            case .compensation(let scope): ["compensation", scope.rawValue]
            }
        return [provider.name] + way + [covers.rawValue]
            + (lenders.isEmpty ? [] : ["lenders", "\(lenders.count)"] + lenders.map(\.name))
            + (share.map { ["share", "\($0)"] } ?? [])
            + (cover.map { ["cover"] + $0.canonicalWords } ?? [])
    }
}

extension CoverTerms {
    fileprivate var canonicalWords: [String] {
        let kind: [String] =
            switch kind {
            case .frozenSet(let percent, let limit): ["frozen-set", "\(percent)", "\(limit)"]
            case .outstanding(let percent): ["outstanding", "\(percent)"]
            case .reserve(let amount, let replenishes, let topUp):
                ["reserve", "\(amount)", replenishes ? "replenished" : "fixed"]
                    + (topUp?.canonicalWords ?? [])
            }
        return kind + [span.rawValue]
            + (latestDaysPastDue.map { ["latest", "\($0)"] } ?? [])
            + (expiresOn.map { ["expires", "\($0)"] } ?? [])
            + (isRestored ? ["restored"] : [])
            + (allocation == .sequence ? [] : [allocation.rawValue])
    }
}

extension CoverTopUp {
    fileprivate var canonicalWords: [String] {
        ["top-up", every.rawValue] + (atMost.map { ["at-most", "\($0)"] } ?? [])
    }
}

extension CollectionCosts {
    /// No line where the platform advances them.
    fileprivate var canonicalLines: [String] {
        switch self {
        case .advanced: []
        case .byClaims: ["collection-costs by-claims"]
        case .byShares(let shares):
            [
                "collection-costs by-shares "
                    + shares.map { "\($0.party.name) \($0.share)" }.joined(separator: " ")
            ]
        }
    }
}

// MARK: - Reading

/// The words of a line, taken from the front.
private struct CanonicalWords {
    private var words: ArraySlice<String>

    init(_ words: [String]) { self.words = words[...] }

    var isEmpty: Bool { words.isEmpty }

    mutating func next() -> String? { words.popFirst() }

    mutating func whole() -> Int64? { words.popFirst().flatMap { Int64($0) } }

    mutating func share() -> Share? { words.popFirst().flatMap { try? Share($0) } }

    mutating func choice<Value: RawRepresentable>(_ type: Value.Type) -> Value?
    where Value.RawValue == String { words.popFirst().flatMap(Value.init(rawValue:)) }

    /// Parties with their shares, to the end of the line.
    mutating func shares() -> [LossShare]? {
        var shares: [LossShare] = []
        while let party = next() {
            guard let share = share() else { return nil }
            shares.append(LossShare(party: PartyID(party), share: share))
        }
        return shares
    }

    /// Takes a word if it is the next one.
    mutating func has(_ word: String) -> Bool {
        guard words.first == word else { return false }
        words.removeFirst()
        return true
    }
}

extension CollectionCosts {
    fileprivate init?(words: [String]) {
        var words = CanonicalWords(words)
        switch words.next() {
        case "by-claims":
            guard words.isEmpty else { return nil }
            self = .byClaims
        case "by-shares":
            guard let shares = words.shares(), !shares.isEmpty else { return nil }
            self = .byShares(shares)
        default: return nil
        }
    }
}

extension LossLayer {
    fileprivate init?(words: [String]) {
        var words = CanonicalWords(words)
        guard let name = words.next(), let trigger = LossTrigger(&words),
            let bearing = LossBearing(&words), words.isEmpty
        else { return nil }
        self.init(name: name, trigger: trigger, bearing: bearing)
    }
}

extension LossTrigger {
    fileprivate init?(_ words: inout CanonicalWords) {
        switch words.next() {
        case "days":
            guard let days = words.whole() else { return nil }
            self = .daysPastDue(Int(days))
        case "charge-off": self = .chargeOff
        case "instruction": self = .instruction
        default: return nil
        }
    }
}

extension LossBearing {
    fileprivate init?(_ words: inout CanonicalWords) {
        switch words.next() {
        case "provided":
            guard let provision = LossProvision(&words) else { return nil }
            self = .provided(provision)
        case "shared":
            guard let shares = words.shares() else { return nil }
            self = .shared(shares)
        default: return nil
        }
    }
}

extension LossProvision {
    fileprivate init?(_ words: inout CanonicalWords) {
        guard let provider = words.next(), let way = Way(&words),
            let covers = words.choice(Covers.self)
        else { return nil }
        var lenders: [PartyID] = []
        if words.has("lenders") {
            guard let count = words.whole(), count > 0 else { return nil }
            for _ in 0..<count {
                guard let lender = words.next() else { return nil }
                lenders.append(PartyID(lender))
            }
        }
        var share: Share?
        if words.has("share") {
            guard let part = words.share() else { return nil }
            share = part
        }
        var cover: CoverTerms?
        if words.has("cover") {
            guard let terms = CoverTerms(&words) else { return nil }
            cover = terms
        }
        self.init(
            provider: PartyID(provider), lenders: lenders, way: way, covers: covers,
            share: share, cover: cover)
    }
}

extension LossProvision.Way {
    fileprivate init?(_ words: inout CanonicalWords) {
        switch words.next() {
        case "invocation": self = .invocation
        case "compensation":
            guard let scope = words.choice(CompensationScope.self) else { return nil }
            self = .compensation(scope)
        default: return nil
        }
    }
}

extension CoverTerms {
    fileprivate init?(_ words: inout CanonicalWords) {
        guard let kind = Kind(&words), let span = words.choice(Span.self) else { return nil }
        var (latest, expiresOn) = (Int?.none, BusinessDate?.none)
        if words.has("latest") {
            guard let days = words.whole() else { return nil }
            latest = Int(days)
        }
        if words.has("expires") {
            guard let date = words.next().flatMap({ BusinessDate($0) }) else { return nil }
            expiresOn = date
        }
        let isRestored = words.has("restored")
        self.init(
            kind: kind, span: span, latestDaysPastDue: latest, expiresOn: expiresOn,
            isRestored: isRestored,
            allocation: words.has(Allocation.proRata.rawValue) ? .proRata : .sequence)
    }
}

extension CoverTerms.Kind {
    fileprivate init?(_ words: inout CanonicalWords) {
        switch words.next() {
        case "frozen-set":
            guard let percent = words.share(), let limit = words.whole() else { return nil }
            self = .frozenSet(percent: percent, setLimit: limit)
        case "outstanding":
            guard let percent = words.share() else { return nil }
            self = .outstanding(percent: percent)
        case "reserve":
            guard let amount = words.whole(), let way = words.next(),
                ["replenished", "fixed"].contains(way)
            else { return nil }
            var topUp: CoverTopUp?
            if words.has("top-up") {
                guard let read = CoverTopUp(&words) else { return nil }
                topUp = read
            }
            self = .reserve(amount: amount, replenishes: way == "replenished", topUp: topUp)
        default: return nil
        }
    }
}

extension CoverTopUp {
    fileprivate init?(_ words: inout CanonicalWords) {
        guard let every = words.choice(Period.self) else { return nil }
        var atMost: Int64?
        if words.has("at-most") {
            guard let amount = words.whole() else { return nil }
            atMost = amount
        }
        self.init(every: every, atMost: atMost)
    }
}
