/// Every loan that an agreement's products allow, and which tiers would take each.
///
/// What tiers ask of a loan cuts each of its fields into pieces within which all values are alike
/// to all of them; a piece is the set of tiers that would take it. A loan is one piece of every
/// field, so whether two loans are alike is seen from the sets alone: however many words and
/// amounts there are, only as many kinds of loans are looked at as tiers tell apart.
package struct TierSpace: Sendable {
    /// The loans that a product allows.
    package struct Range: Hashable, Sendable {
        package let product: String
        /// Minor units.
        package let principal: ClosedRange<Int64>
        package let instalments: ClosedRange<Int>

        package init(
            product: String, principal: ClosedRange<Int64>, instalments: ClosedRange<Int>
        ) {
            self.product = product
            self.principal = principal
            self.instalments = instalments
        }
    }

    /// An example of loans that are alike to all tiers.
    package struct Loan: Hashable, Sendable {
        package let product: String
        package let principal: Int64
        package let instalments: Int
        /// Empty for one that no tier names, as the next two.
        package let grade: String
        package let region: String
        package let channel: String

        package init(
            product: String, principal: Int64, instalments: Int, grade: String, region: String,
            channel: String
        ) {
            self.product = product
            self.principal = principal
            self.instalments = instalments
            self.grade = grade
            self.region = region
            self.channel = channel
        }
    }

    /// More tiers than this are refused.
    package static let mostTiers = 64
    /// More steps than this are not taken.
    package static let mostSteps = 100_000

    private let tierCount: Int
    /// Loans by the tiers that would take them, a bit each; in a fixed order.
    private let kinds: [Kind]

    private struct Kind {
        let tiers: UInt64
        /// Of one product, the one with the least principal and the one with the most.
        let smallest: Loan
        let largest: Loan
    }

    /// The space, or nil where there are too many tiers, or too many kinds of loans to look at.
    package init?(tiers: [FundingConditions], products: [Range]) {
        guard tiers.count <= TierSpace.mostTiers else { return nil }
        tierCount = tiers.count
        var steps = 0
        var kinds: [Kind] = []
        for range in products {
            guard let found = TierSpace.kinds(of: range, tiers, &steps) else { return nil }
            kinds += found
        }
        self.kinds = kinds
    }

    /// A loan that no tier takes; nil where there is none.
    package var gap: Loan? { kinds.first { $0.tiers == 0 }?.smallest }

    /// A loan that two tiers would take; nil where there is none.
    package func overlap(_ one: Int, _ other: Int) -> Loan? {
        let both = (UInt64(1) << one) | (UInt64(1) << other)
        return kinds.first { $0.tiers & both == both }?.smallest
    }

    /// Of each product the smallest and the largest loan that come to a tier, those before it
    /// having taken theirs; empty for a tier that no loan comes to.
    package func reached(_ tier: Int) -> [(smallest: Loan, largest: Loan)] {
        var reached: [(smallest: Loan, largest: Loan)] = []
        for kind in kinds where kind.tiers.trailingZeroBitCount == tier && kind.tiers != 0 {
            guard let last = reached.last, last.smallest.product == kind.smallest.product else {
                reached.append((kind.smallest, kind.largest))
                continue
            }
            reached[reached.count - 1] = (
                last.smallest.principal <= kind.smallest.principal ? last.smallest : kind.smallest,
                last.largest.principal >= kind.largest.principal ? last.largest : kind.largest
            )
        }
        return reached
    }

    /// The first tier before another that would take a loan of it; nil where none does.
    package func taker(before tier: Int) -> Int? {
        (0..<tier).first { overlap($0, tier) != nil }
    }
}

extension TierSpace {
    /// Values of one field that are alike to all tiers.
    private struct Piece<Value> {
        let tiers: UInt64
        let least: Value
        let most: Value
    }

    private static func kinds(
        of range: Range, _ tiers: [FundingConditions], _ steps: inout Int
    ) -> [Kind]? {
        let base = mask(tiers) { $0.products?.contains(range.product) ?? true }
        let fields: [[Piece<Field>]] = [
            numbers(tiers, range.principal.int128) { $0.principal?.int128 }.map {
                Piece(tiers: $0.tiers, least: .principal($0.least), most: .principal($0.most))
            },
            numbers(tiers, range.instalments.int128) { $0.instalments?.int128 }.map {
                Piece(tiers: $0.tiers, least: .instalments($0.least), most: .instalments($0.most))
            },
            words(tiers, \.grades, Field.grade), words(tiers, \.regions, Field.region),
            words(tiers, \.channels, Field.channel),
        ]
        var found = [Piece(tiers: base, least: [Field](), most: [])]
        for field in fields {
            var next: [UInt64: Int] = [:]
            var merged: [Piece<[Field]>] = []
            for kind in found {
                for piece in field {
                    steps += 1
                    guard steps <= mostSteps else { return nil }
                    let tiers = kind.tiers & piece.tiers
                    let joined = Piece(
                        tiers: tiers, least: kind.least + [piece.least],
                        most: kind.most + [piece.most])
                    guard let place = next[tiers] else {
                        next[tiers] = merged.count
                        merged.append(joined)
                        continue
                    }
                    merged[place] = TierSpace.joined(merged[place], joined)
                }
            }
            found = merged
        }
        return found.map {
            Kind(
                tiers: $0.tiers, smallest: Loan(range.product, $0.least),
                largest: Loan(range.product, $0.most))
        }
    }

    fileprivate enum Field {
        case principal(Int128)
        case instalments(Int128)
        case grade(String)
        case region(String)
        case channel(String)
    }

    /// Two pieces of the same tiers as one, from the lesser principal to the greater.
    private static func joined(_ one: Piece<[Field]>, _ other: Piece<[Field]>) -> Piece<[Field]> {
        func principal(_ fields: [Field]) -> Int128 {
            if case .principal(let principal)? = fields.first { principal } else { 0 }
        }
        let isLess = principal(other.least) < principal(one.least)
        let isMore = principal(other.most) > principal(one.most)
        return Piece(
            tiers: one.tiers, least: isLess ? other.least : one.least,
            most: isMore ? other.most : one.most)
    }

    private static func mask(
        _ tiers: [FundingConditions], _ holds: (FundingConditions) -> Bool
    ) -> UInt64 {
        tiers.enumerated().reduce(0) { holds($1.element) ? $0 | (1 << $1.offset) : $0 }
    }

    /// A range cut wherever a tier begins or has ended, pieces of the same tiers as one.
    private static func numbers(
        _ tiers: [FundingConditions], _ range: ClosedRange<Int128>,
        _ asked: (FundingConditions) -> ClosedRange<Int128>?
    ) -> [Piece<Int128>] {
        var starts: Set<Int128> = [range.lowerBound]
        for bounds in tiers.compactMap(asked) {
            starts.formUnion(
                [bounds.lowerBound, bounds.upperBound + 1].filter(range.contains))
        }
        let sorted = starts.sorted()
        let ends = sorted.dropFirst().map { $0 - 1 } + [range.upperBound]
        var places: [UInt64: Int] = [:]
        var pieces: [Piece<Int128>] = []
        for (start, end) in zip(sorted, ends) {
            let takers = mask(tiers) { asked($0)?.contains(start) ?? true }
            if let place = places[takers] {
                pieces[place] = Piece(tiers: takers, least: pieces[place].least, most: end)
            } else {
                places[takers] = pieces.count
                pieces.append(Piece(tiers: takers, least: start, most: end))
            }
        }
        return pieces
    }

    /// The words that tiers name and one that none does, words of the same tiers as one.
    private static func words(
        _ tiers: [FundingConditions], _ asked: (FundingConditions) -> Set<String>?,
        _ field: (String) -> Field
    ) -> [Piece<Field>] {
        let known = tiers.reduce(into: Set<String>()) { $0.formUnion(asked($1) ?? []) }
        var seen: Set<UInt64> = []
        return ([""] + known.sorted()).compactMap { word in
            let takers = mask(tiers) { asked($0)?.contains(word) ?? true }
            guard seen.insert(takers).inserted else { return nil }
            return Piece(tiers: takers, least: field(word), most: field(word))
        }
    }
}

extension TierSpace.Loan {
    /// A loan of one value of every field.
    fileprivate init(_ product: String, _ fields: [TierSpace.Field]) {
        var (principal, instalments): (Int64, Int) = (0, 0)
        var (grade, region, channel) = ("", "", "")
        for field in fields {
            switch field {
            case .principal(let value): principal = Int64(value)
            case .instalments(let value): instalments = Int(value)
            case .grade(let word): grade = word
            case .region(let word): region = word
            case .channel(let word): channel = word
            }
        }
        self.init(
            product: product, principal: principal, instalments: instalments, grade: grade,
            region: region, channel: channel)
    }
}

extension ClosedRange where Bound: BinaryInteger {
    /// Wide enough for one more than the greatest.
    fileprivate var int128: ClosedRange<Int128> { Int128(lowerBound)...Int128(upperBound) }
}
