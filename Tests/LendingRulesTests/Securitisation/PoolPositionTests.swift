import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

/// A loan's positions on their way into a pool: sold at their end, collected, paid to the notes.
struct PoolPositionTests {
    /// The platform lends 1,200.00 alone and sells all of it; harbor is the vehicle. 412.00 come
    /// between cut-off and settlement, 408.00 afterwards.
    private static let before = "P1 02-03 412.00"
    private static let after = before + "; T1 02-10 transfer 0.00/1200.00; P2 03-01 408.00"

    private static func period(
        _ facts: String, of place: Int, _ from: String, _ to: String
    ) throws -> SharePeriod {
        let story = try Story(facts, lent: [120_000, 0])
        return SharePeriod(
            share: ShareID(loan: LoanID("L1"), holder: story.contract.lenders[place]),
            from: try story.position(from).lenders[place],
            to: try story.position(to).lenders[place])
    }

    /// 12.00 had accrued by the end of 01-31; by that of 02-10 10 of 28 days of 8.00, 2.86.
    @Test func `positions at cut-off and settlement make a sale`() throws {
        let period = try Self.period(Self.before, of: 0, "01-31", "02-10")
        let sale = try PoolSaleTerms(
            pool: "autumn", buyer: PartyID("harbor"), cutOff: Story.date("01-31"),
            settlesOn: Story.date("02-10"), price: .parPlusAccrued
        ).sell([period])
        #expect(sale.assignments.map(\.price) == [121_200])
        #expect(sale.assignments[0].amounts == Components(principal: 80_000, interest: 286))
        #expect(sale.passThroughs.map(\.total) == [41_200])
        #expect(sale.sellers.map(\.net) == [80_000])
        // The fact that moves the shares leaves the buyer exactly these claims.
        let moved = try Story(Self.after, lent: [120_000, 0]).position("02-10").lenders
        #expect(moved.map(\.claims) == [Components(), sale.assignments[0].amounts])
    }

    @Test func `what was passed through and what came since is paid to the notes`() throws {
        var tally = CollectionTally()
        try tally.addPassedThrough(try Self.period(Self.before, of: 0, "01-31", "02-10"))
        let own = try Self.period(Self.after, of: 1, "02-10", "03-31")
        try tally.add(own, daysPastDue: 0)
        let collections = tally.collections(
            from: Story.date("02-01"), to: Story.date("03-31"), paysOn: Story.date("04-15"))
        #expect(collections.principal == 80_000)
        #expect(collections.interest == 2_000)
        #expect(collections.buckets == [40_000, 0, 0, 0, 0, 0, 0, 0])
        #expect(collections.accrued == 400)
        #expect(collections.loans == 1)
        var deal = try PoolDeal(
            DealTerms(
                name: "autumn", currency: SampleLoan.dollars, cutOff: Story.date("01-31"),
                issuedOn: Story.date("02-10"), poolPrincipal: 120_000,
                tranches: [
                    TrancheTerms(name: "A", holder: PartyID("fund"), original: 120_000)
                ], finalOn: Story.date("12-31"), residualHolder: PartyID("equity")))
        let report = try deal.pay(collections)
        #expect(report.lines.map(\.paid) == [80_000, 2_000])
        #expect(report.tranches[0].factor.description == "0.33333333")
        #expect(report.pool.factor.description == "0.33333333")
    }

    /// 100.00 were written off before the cut-off and 50.00 after it; of 120.00 recovered the
    /// first 100.00 are no part of the share.
    @Test func `recoveries go to what was written off before the pool first`() throws {
        var start = LenderPosition()
        start.disbursed = 100_000
        start.chargedOff = Components(principal: 10_000)
        var end = start
        end.chargedOff = Components(principal: 15_000)
        end.recovered = Components(principal: 12_000)
        end.waived = Components(interest: 300)
        end.accruedInterest = 300
        let share = ShareID(loan: LoanID("L1"), holder: PartyID("harbor"))
        let period = SharePeriod(share: share, from: start, to: end)
        #expect(period.recovered == 2_000)
        #expect(period.relieved == Components(principal: 5_000, interest: 300))
        var tally = CollectionTally()
        try tally.add(period, prepaid: 7, daysPastDue: 31)
        let collections = tally.collections(
            from: Story.date("02-01"), to: Story.date("02-28"), paysOn: Story.date("03-15"))
        #expect(collections.losses == 5_000)
        #expect(collections.recoveries == 2_000)
        #expect(collections.prepaid == 7)
        #expect(collections.buckets == [0, 0, 85_000, 0, 0, 0, 0, 0])
    }

    @Test func `interest that became principal is collected and lent again`() throws {
        let share = ShareID(loan: LoanID("L1"), holder: PartyID("harbor"))
        var tally = CollectionTally()
        try tally.add(
            SharePeriod(
                share: share, opening: Components(principal: 1_000, overdueInterest: 90),
                capitalised: 90, closing: Components(principal: 1_090)), daysPastDue: 0)
        let collections = tally.collections(
            from: Story.date("02-01"), to: Story.date("02-28"), paysOn: Story.date("03-15"))
        #expect(collections.interest == 90)
        #expect(collections.principal == -90)
        #expect(collections.buckets[0] == 1_090)
    }
}
