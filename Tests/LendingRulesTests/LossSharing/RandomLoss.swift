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
            layers: layers, chargeOffAt: random.isOne(in: 2) ? random.pick(1...999) : nil)
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
                .reserve(amount: amount, replenishes: random.isOne(in: 2)),
            ]), span: random.pick(CoverTerms.Span.allCases),
            latestDaysPastDue: random.isOne(in: 2) ? random.pick(1...999) : nil,
            expiresOn: random.isOne(in: 2) ? SampleDates.june : nil,
            isRestored: random.isOne(in: 2))
    }
}
