import BusinessCalendar
import LendingRules
import Monetary
import TestSupport

/// Loss terms drawn at random from everything that their canonical text can say.
enum RandomLoss {
    static func terms(using random: inout SeededGenerator) -> LossTerms {
        if random.isOne(in: 3) { return .none }
        var layers = (0..<random.pick(0...3)).map { layer("layer-\($0)", &random) }
        if random.isOne(in: 3) {
            layers.append(.shared(["platform": random.pick(0...9), "harbor": 1], of: 10))
        }
        return LossTerms(
            layers: layers, chargeOffAt: random.isOne(in: 2) ? random.pick(1...999) : nil,
            collectionCosts: costs(&random))
    }

    private static func costs(_ random: inout SeededGenerator) -> CollectionCosts {
        let part = Int64(random.pick(0...9))
        return random.pick([
            .advanced, .byClaims,
            .byShares([
                LossShare(party: PartyID("platform"), share: .parts(part, of: 9)),
                LossShare(party: PartyID("lenders"), share: .parts(9 - part, of: 9)),
            ]),
        ])
    }

    private static func layer(_ name: String, _ random: inout SeededGenerator) -> LossLayer {
        .first(
            random.isOne(in: 3) ? "\(name)/equity" : name,
            // A party may have the name of a key.
            by: random.pick(["platform", "lenders", "cover"]),
            on: random.pick([.daysPastDue(random.pick(1...999)), .chargeOff, .instruction]),
            lenders: random.pick([[], ["harbor"], ["share", "harbor", "restored"]]),
            way: random.pick([.invocation, .compensation(.loan), .compensation(.instalment)]),
            both: random.isOne(in: 2),
            share: random.isOne(in: 2) ? .parts(random.pick(1...9), of: 9) : nil,
            cover: random.isOne(in: 3) ? nil : cover(&random))
    }

    private static func cover(_ random: inout SeededGenerator) -> CoverTerms {
        let percent = Share.parts(random.pick(1...100), of: 100)
        let amount = random.magnitude(digits: 9)
        return CoverTerms(
            kind: random.pick([
                .frozenSet(percent: percent, setLimit: amount), .outstanding(percent: percent),
                .reserve(
                    amount: amount, replenishes: random.isOne(in: 2), topUp: topUp(&random)),
            ]), span: random.pick(CoverTerms.Span.allCases),
            latestDaysPastDue: random.isOne(in: 2) ? random.pick(1...999) : nil,
            expiresOn: random.isOne(in: 2) ? SampleDates.june : nil,
            isRestored: random.isOne(in: 2),
            allocation: random.pick(CoverTerms.Allocation.allCases))
    }

    static func topUp(_ random: inout SeededGenerator) -> CoverTopUp? {
        if random.isOne(in: 2) { return nil }
        return CoverTopUp(
            every: random.pick(CoverTopUp.Period.allCases),
            atMost: random.isOne(in: 2) ? random.magnitude(digits: 9) : nil)
    }
}
