import LendingRules
import Monetary
import TestSupport

/// Tiers of agreements drawn at random from everything that they can say.
enum RandomTiers {
    private static let banks = ["harbor", "meridian", "summit", "orchard"].map { PartyID($0) }

    static func some(using random: inout SeededGenerator) throws -> [FundingTier] {
        if random.isOne(in: 3) { return [] }
        let count = random.pick(1...4)
        var tiers: [FundingTier] = []
        for number in 1...count {
            tiers.append(
                FundingTier(
                    name: "tier-\(number)",
                    conditions: number == count ? .any : conditions(&random),
                    slices: try slices(&random)))
        }
        return tiers
    }

    private static func conditions(_ random: inout SeededGenerator) -> FundingConditions {
        func words(_ all: [String], _ random: inout SeededGenerator) -> Set<String>? {
            if random.isOne(in: 2) { return nil }
            return Set((0...random.pick(0...2)).map { _ in random.pick(all) })
        }
        let low = random.magnitude(digits: 6)
        return FundingConditions(
            principal: random.isOne(in: 2) ? nil : low...(low + random.magnitude(digits: 6)),
            instalments: random.isOne(in: 2) ? nil : 1...random.pick(1...24),
            grades: words(["A", "B", "C"], &random), regions: words(["GD", "ZJ"], &random),
            products: words(["instalment-loan"], &random), channels: words(["app"], &random))
    }

    /// The platform keeps the rest beside parts of banks in every way there is.
    static func slices(_ random: inout SeededGenerator) throws -> [FundingSlice] {
        var slices = [FundingSlice(taker: .party(SampleLoan.platform), part: .rest)]
        var left = 100
        for _ in 0..<random.pick(1...3) {
            let part = random.pick(0...left)
            left -= part
            slices.append(
                FundingSlice(
                    taker: try taker(&random),
                    part: random.isOne(in: 4)
                        ? .amount(random.magnitude(digits: 5))
                        : .share(try Share(Int64(part), of: 100)),
                    minimum: try bound(1...20, &random), maximum: try bound(50...100, &random)))
        }
        return slices.shuffled(using: &random)
    }

    private static func bound(_ percent: ClosedRange<Int>, _ random: inout SeededGenerator) throws
        -> FundingSlice.Bound?
    {
        random.pick([
            nil, nil, .share(try Share(Int64(random.pick(percent)), of: 100)),
            .amount(random.magnitude(digits: 5)),
        ])
    }

    private static func taker(_ random: inout SeededGenerator) throws -> FundingSlice.Taker {
        let some = Array(banks.shuffled(using: &random).prefix(random.pick(2...4)))
        switch random.pick(0...2) {
        case 0: return .party(some[0])
        case 1: return .route(try route("route-\(random.pick(1...9))", some, &random))
        default: return .waterfall(some, random.pick(WaterfallOrder.allCases))
        }
    }

    static func route(
        _ name: String, _ banks: [PartyID], _ random: inout SeededGenerator
    ) throws -> FundingRoute {
        let weights = banks.map { _ in Int64(random.pick(1...9)) }
        let whole = weights.reduce(0, +)
        return FundingRoute(
            name: name,
            targets: try zip(banks, weights).map {
                FundingRoute.Target(party: $0, share: try Share($1, of: whole))
            })
    }
}
