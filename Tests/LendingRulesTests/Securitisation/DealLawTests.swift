import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

/// Laws of every payment date, held against deals drawn at random by an account of its own.
struct DealLawTests {
    @Test func `cash, balances, losses and order agree on every date of 20,000 random deals`()
        throws
    {
        try Property.check(20_000) { random in
            let terms = try Self.terms(using: &random)
            var deal = try PoolDeal(terms)
            var audit = DealAudit(terms)
            for _ in 0..<random.pick(1...12) where !deal.isClosed {
                let collections = Self.collections(of: deal, using: &random)
                try audit.check(try deal.pay(collections), of: collections)
            }
        }
    }

    /// The day count is actual days over 360 throughout, which the account of its own knows.
    static func terms(using random: inout SeededGenerator) throws -> DealTerms {
        let count = random.pick(1...4)
        let amounts = (0..<count).map { _ in random.pick(1...random.pick([50, 900_000])) }
        let tranches = amounts.enumerated().map { place, amount in
            TrancheTerms(
                name: "T\(place)", holder: PartyID("h\(place)"), original: Int64(amount),
                rate: random.isOne(in: 4)
                    ? nil : AnnualRate(units: random.pick(0...30_000_000)),
                dayCount: .actual360, bearsInterestOnShortfall: random.isOne(in: 2))
        }
        let pool = Int64(amounts.reduce(0, +))
        let target: ReserveTerms.Target =
            random.isOne(in: 2)
            ? .amount(random.pick(0...20_000))
            : .pool(try Share(random.pick(0...10), of: 100), atLeast: random.pick(0...500))
        return DealTerms(
            name: "random", currency: SampleLoan.dollars, cutOff: SampleLoan.date("2026-01-10"),
            issuedOn: SampleLoan.date("2026-01-20"),
            poolPrincipal: max(1, pool + random.pick(-50...50)), tranches: tranches,
            principal: random.isOne(in: 2)
                ? .sequential : .proRata(tranches: random.pick(1...count)),
            servicing: ServicingFeeTerms(
                payee: PartyID("s"), rate: AnnualRate(units: random.pick(0...3_000_000)),
                dayCount: .actual360),
            expenses: [
                ExpenseTerms(name: "e", payee: PartyID("e"), amount: random.pick(0...300))
            ],
            reserve: random.isOne(in: 3)
                ? nil
                : ReserveTerms(
                    initial: random.pick(0...20_000), target: target,
                    seniorTranches: random.pick(1...count)),
            triggers: try triggers(using: &random), recoveriesWriteUp: random.isOne(in: 2),
            cleanUp: random.isOne(in: 2)
                ? nil : CleanUpTerms(atMost: try Share("20%"), isAutomatic: true, repays: 0),
            finalOn: SampleLoan.date("2026-12-20"), residualHolder: PartyID("q"))
    }

    private static func triggers(using random: inout SeededGenerator) throws -> [PoolTrigger] {
        let bound = try Share(random.pick(0...40), of: 100)
        let tests: [PoolTrigger.Test] = [
            .cumulativeLosses(above: bound),
            .pastDue(from: DelinquencyBucket(daysPastDue: random.pick(1...200)), above: bound),
            .overcollateralisation(tranches: 1, below: try Share("120%")),
            .interestCover(tranches: 1, below: try Share("150%")),
        ]
        return tests.filter { _ in random.isOne(in: 3) }.enumerated().map {
            PoolTrigger(
                name: "t\($0)", test: $1,
                effect: random.isOne(in: 2) ? .sequential : .trapsExcess,
                cures: random.isOne(in: 2))
        }
    }

    static func collections(
        of deal: PoolDeal, using random: inout SeededGenerator
    ) -> PeriodCollections {
        let from = deal.collectedTo.adding(days: 1)
        let to = from.adding(days: random.pick(0...50))
        let pool = deal.pool
        let losses = random.isOne(in: 3) ? random.pick(0...pool) / random.pick(1...4) : 0
        let isTakenBack = random.isOne(in: 10)
        let principal =
            isTakenBack
            ? -random.pick(0...2_000)
            : random.isOne(in: 12) ? pool - losses : random.pick(0...(pool - losses)) / 3
        var left = pool - losses - principal
        var buckets = [Int64](repeating: 0, count: 8)
        for place in buckets.indices.reversed() {
            buckets[place] = place == 0 ? left : random.pick(0...left) / 4
            left -= buckets[place]
        }
        return PeriodCollections(
            from: from, to: to,
            paysOn: max(to, deal.paidOn).adding(days: random.pick(1...20)),
            interest: random.pick((isTakenBack ? -1_000 : 0)...(pool / 50 + 10)),
            principal: principal, prepaid: max(0, principal) / 2,
            recoveries: random.isOne(in: 3) ? random.pick(0...5_000) : 0, losses: losses,
            loans: buckets == [0, 0, 0, 0, 0, 0, 0, 0] ? 0 : 3, buckets: buckets,
            accrued: random.pick(0...500))
    }
}
