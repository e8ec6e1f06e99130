import LendingRules
import TestSupport
import Testing

/// Which loans tiers leave out and which they would take twice, against trying every loan.
struct TierSpaceTests {
    private static let words = ["", "A", "B", "C"]
    private static let products = ["short", "long"]

    private typealias Loan = TierSpace.Loan

    private static let ranges = [
        TierSpace.Range(product: "short", principal: 1...9, instalments: 1...2),
        TierSpace.Range(product: "long", principal: 5...14, instalments: 2...5),
    ]

    /// Every loan of the ranges, unknown words standing as the empty one.
    private static let loans: [Loan] = {
        var loans: [Loan] = []
        for range in ranges {
            for principal in range.principal {
                for instalments in range.instalments {
                    for grade in words {
                        for region in words {
                            for channel in ["", "A"] {
                                loans.append(
                                    Loan(
                                        product: range.product, principal: principal,
                                        instalments: instalments, grade: grade, region: region,
                                        channel: channel))
                            }
                        }
                    }
                }
            }
        }
        return loans
    }()

    private static func holds(_ tier: FundingConditions, _ loan: Loan) -> Bool {
        (tier.principal?.contains(loan.principal) ?? true)
            && (tier.instalments?.contains(loan.instalments) ?? true)
            && (tier.grades?.contains(loan.grade) ?? true)
            && (tier.regions?.contains(loan.region) ?? true)
            && (tier.channels?.contains(loan.channel) ?? true)
            && (tier.products?.contains(loan.product) ?? true)
    }

    @Test func `gaps, overlaps and reach are those of trying every loan`() throws {
        var (gaps, overlaps, unreached) = (0, 0, 0)
        try Property.check(400) { random in
            let tiers = (0...random.pick(1...5)).map { _ in Self.conditions(&random) }
            guard let space = TierSpace(tiers: tiers, products: Self.ranges) else {
                throw Violation(description: "there are too many kinds of loans")
            }
            let first = Self.loans.map { loan in tiers.firstIndex { Self.holds($0, loan) } }
            try hold((space.gap != nil) == first.contains(nil), "a gap")
            if let gap = space.gap {
                gaps += 1
                try hold(!tiers.contains { Self.holds($0, gap) }, "\(gap) is no gap")
            }
            for other in tiers.indices {
                for one in 0..<other where try Self.check(space, tiers, one, other) {
                    overlaps += 1
                }
                let reached = space.reached(other)
                unreached += reached.isEmpty ? 1 : 0
                for product in Self.products {
                    let own = zip(Self.loans, first)
                        .filter { $0.product == product && $1 == other }.map(\.0.principal)
                    let ends = reached.first { $0.smallest.product == product }
                    try hold(ends?.smallest.principal == own.min(), "the smallest of \(other)")
                    try hold(ends?.largest.principal == own.max(), "the largest of \(other)")
                }
            }
        }
        #expect(gaps > 50 && overlaps > 500 && unreached > 50, "\(gaps) \(overlaps) \(unreached)")
    }

    /// Whether two tiers share a loan, the space telling the same.
    private static func check(
        _ space: TierSpace, _ tiers: [FundingConditions], _ one: Int, _ other: Int
    ) throws -> Bool {
        let found = space.overlap(one, other)
        let isShared = loans.contains { holds(tiers[one], $0) && holds(tiers[other], $0) }
        try hold((found != nil) == isShared, "\(one) and \(other)")
        guard let found else { return false }
        try hold(holds(tiers[one], found) && holds(tiers[other], found), "\(found)")
        return true
    }

    private static func conditions(_ random: inout SeededGenerator) -> FundingConditions {
        func range(_ most: Int, _ random: inout SeededGenerator) -> ClosedRange<Int>? {
            if random.isOne(in: 3) { return nil }
            let start = random.pick(0...most)
            return start...random.pick(start...most + 2)
        }
        func some(_ words: [String], _ random: inout SeededGenerator) -> Set<String>? {
            if !random.isOne(in: 3) { return nil }
            return Set((0...random.pick(0...2)).map { _ in random.pick(words) })
        }
        return FundingConditions(
            principal: range(12, &random).map { Int64($0.lowerBound)...Int64($0.upperBound) },
            instalments: range(5, &random), grades: some(["A", "B", "C"], &random),
            regions: some(["B", "A"], &random), products: some(products, &random),
            channels: some(["A"], &random))
    }

    @Test func `sixty-four tiers of many words are looked at, and sixty-five are not`() {
        let tiers = (0..<64).map { (place: Int64) -> FundingConditions in
            let regions = Set((0..<500).map { "R\(place)-\($0)" })
            return FundingConditions(
                principal: place * 100...place * 100 + 99, regions: regions)
        }
        let range = TierSpace.Range(product: "short", principal: 0...9_999, instalments: 1...600)
        let space = TierSpace(tiers: tiers, products: [range])
        #expect(space?.gap?.region == "")
        #expect(space?.reached(63).first?.largest.principal == 6_399)
        #expect(TierSpace(tiers: tiers + [.any], products: [range]) == nil)
    }

    @Test func `conditions that tell too many kinds of loans apart are given up`() {
        // Every tier leaves out one word of each of three fields: the kinds multiply.
        let words = (0..<60).map { "W\($0)" }
        let tiers = words.map { word in
            let others = Set(words.filter { $0 != word })
            return FundingConditions(grades: others, regions: others, channels: others)
        }
        let range = TierSpace.Range(product: "short", principal: 1...9, instalments: 1...2)
        #expect(TierSpace(tiers: tiers, products: [range]) == nil)
    }
}
