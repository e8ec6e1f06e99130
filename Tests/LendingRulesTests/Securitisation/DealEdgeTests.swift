import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

/// What only shows at the edges of a deal: nothing left, something taken back, the very last date.
struct DealEdgeTests {
    private static func reading(_ test: PoolTrigger.Test, _ collected: String) throws -> Int64 {
        var story = try DealStory(triggers: [PoolTrigger(name: "test", test: test)])
        return try story.pay(collected).triggers[0].amount
    }

    @Test func `principal taken back is none that pays tranches`() throws {
        let test = PoolTrigger.Test.overcollateralisation(tranches: 1, below: try Share("100%"))
        #expect(try Self.reading(test, "interest 10000.00, principal -1000.00") == 100_100_000)
        #expect(try Self.reading(test, "interest 10000.00, principal 1000.00") == 100_000_000)
    }

    @Test func `interest that does not reach the fee covers nothing`() throws {
        let test = PoolTrigger.Test.interestCover(tranches: 1, below: try Share("100%"))
        #expect(try Self.reading(test, "interest 1000.00, principal 2000.00") == 0)
        #expect(try Self.reading(test, "interest 1100.01, principal 2000.00") == 1)
    }

    /// 2 % of 950,000.20 are 19,000.004.
    @Test func `a reserve is rounded up to a cent`() throws {
        var story = try DealStory(
            reserve: ReserveTerms(
                initial: 2_000_000, target: .pool(try Share("2%"), atLeast: 500_000)))
        let report = try story.pay("interest 10000.00, principal 49999.80")
        #expect(report.reserve?.target == 1_900_001)
    }

    @Test func `on the final date itself everything is due`() throws {
        var story = try DealStory(finalOn: "2026-02-15")
        let report = try story.pay("interest 10000.00, principal 2000.00")
        let due = report.lines.filter { $0.kind == .principal }.reduce(0) { $0 + $1.due }
        #expect(due == 100_000_000 && report.isLast)
    }

    @Test func `nobody buys a pool of which nothing is left`() throws {
        var story = try DealStory(cleanUp: CleanUpTerms(atMost: try Share("10%")))
        #expect(throws: PaymentError.callNotAllowed) {
            _ = try story.pay("interest 10000.00, principal 1000000.00, called")
        }
    }

    @Test func `what was issued for shares that were withdrawn is principal of the first date`()
        throws
    {
        let test = PoolTrigger.Test.overcollateralisation(tranches: 1, below: try Share("100%"))
        var story = try DealStory(
            triggers: [PoolTrigger(name: "test", test: test)], unspent: 5_000_000)
        let first = try story.pay("interest 10000.00, principal 2000.00")
        #expect(first.funds.unspent == 5_000_000 && first.funds.available == 6_200_000)
        #expect(first.lines.filter { $0.kind == .principal }.map(\.due) == [5_200_000])
        // 998,000.00 of loans, 2,000.00 collected and 50,000.00 not spent.
        #expect(first.triggers[0].amount == 105_000_000)
        let second = try story.pay("interest 10000.00, principal 2000.00")
        #expect(second.triggers[0].amount == 99_800_000)
        let carried = first.lines.filter { $0.kind == .principal }.map(\.shortfall)
        #expect(second.funds.unspent == 0)
        #expect(
            second.lines.filter { $0.kind == .principal }.map(\.due) == [200_000 + carried[0]])
    }

    @Test func `from one end of a month to another whole months count`() throws {
        let period = EarningPeriod(
            from: SampleLoan.date("2026-02-28"), to: SampleLoan.date("2026-03-31"),
            dayCount: .thirty360)
        #expect(try period.earned(on: 80_000_000, rate: AnnualRate(percent: "6")) == 400_000)
    }

    @Test func `what was recovered alone is passed through too`() throws {
        let share = ShareID(loan: LoanID("L1"), holder: PartyID("harbor"))
        let claims = Components(principal: 1_000)
        let sale = try PoolSaleTerms(
            pool: "autumn", buyer: PartyID("vehicle"), cutOff: SampleLoan.date("2026-01-31"),
            settlesOn: SampleLoan.date("2026-02-10"), price: .par
        ).sell([SharePeriod(share: share, opening: claims, recovered: 70, closing: claims)])
        #expect(sale.passThroughs.map(\.total) == [70])
        #expect(sale.sellers.map(\.net) == [930])
    }
}
