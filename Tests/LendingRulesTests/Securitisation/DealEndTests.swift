import LendingRules
import Monetary
import Testing

/// The reserve of pools paid by hand, and how they end.
struct DealEndTests {
    private static let reserve = ReserveTerms(initial: 1_000_000, target: .amount(1_000_000))

    @Test func `the reserve pays what stands before it, and is filled before the mezzanine`()
        throws
    {
        var story = try DealStory(reserve: Self.reserve)
        try story.check(
            """
            > interest 3000.00
            02-15 3000.00: servicing-fee 1000.00, trustee 100.00, A interest 4000.00, \
            B interest 0.00 of 1500.00
              A 800000.00, B 150000.00, E 50000.00
              reserve 7900.00 drawn 2100.00
            > interest 6000.00
            03-15 6000.00: servicing-fee 1000.00, trustee 100.00, A interest 4000.00, \
            B interest 0.00 of 3000.00
              A 800000.00, B 150000.00, E 50000.00
              reserve 8800.00 filled 900.00
            > interest 12000.00, principal 20000.00
            04-15 32000.00: servicing-fee 1000.00, trustee 100.00, A interest 4000.00, \
            B interest 4500.00, A principal 20000.00, residual 1200.00
              A 780000.00, B 150000.00, E 50000.00
              reserve 10000.00 filled 1200.00
            """)
    }

    /// 2 % of 949,999.99 are 18,999.9998, rounded up; of 200,000.00 no more than 4,000.00.
    @Test func `what the reserve no longer needs is paid on`() throws {
        let target = ReserveTerms.Target.pool(try Share("2%"), atLeast: 500_000)
        var story = try DealStory(
            reserve: ReserveTerms(initial: 2_000_000, target: target, seniorTranches: 2))
        try story.check(
            """
            > interest 10000.00, principal 50000.01
            02-15 60000.01: servicing-fee 1000.00, trustee 100.00, A interest 4000.00, \
            B interest 1500.00, A principal 50000.01, residual 4400.00
              A 749999.99, B 150000.00, E 50000.00
              reserve 19000.00 released 1000.00
            > interest 6300.00, principal 749999.99
            03-15 756299.99: servicing-fee 950.00, trustee 100.00, A interest 3750.00, \
            B interest 1500.00, A principal 749999.99, residual 14000.00
              A 0.00, B 150000.00, E 50000.00
              reserve 5000.00 released 14000.00
            """)
    }

    @Test func `the servicer buys a pool that has become small, and all notes are repaid`() throws {
        var story = try DealStory(
            reserve: Self.reserve,
            cleanUp: CleanUpTerms(atMost: try Share("10%"), isAutomatic: true, repays: 2))
        try story.check(
            """
            > interest 10000.00, principal 899999.99, accrued 700.00
            02-15 909999.99: servicing-fee 1000.00, trustee 100.00, A interest 4000.00, \
            B interest 1500.00, A principal 800000.00, B principal 99999.99, residual 3400.00
              A 0.00, B 50000.01, E 50000.00
              reserve 10000.00
            > interest 700.00, principal 20000.01, accrued 400.00
            03-15 101100.01: servicing-fee 100.00, trustee 100.00, B interest 500.00, \
            B principal 50000.01, E principal 50000.00, residual 10400.00
              A 0.00, B 0.00, E 0.00
              reserve 0.00 released 10000.00
              called
              last
            """)
        #expect(story.deal.pool == 0)
        #expect(throws: PaymentError.closed) { _ = try story.pay("interest 1.00") }
    }

    /// Half of 100,000.00 repays B when 6,600.00 of interest have come, and not with a cent less.
    @Test func `a call is refused before the pool is small, and when it leaves notes unpaid`()
        throws
    {
        var story = try DealStory(
            cleanUp: CleanUpTerms(
                atMost: try Share("10%"), price: .ratio(try Share("50%")), repays: 2))
        let big = "interest 10000.00, principal 899999.99, called"
        #expect(throws: PaymentError.callNotAllowed) { _ = try story.pay(big) }
        let unpaid = "interest 6599.99, principal 900000.00, called"
        #expect(throws: PaymentError.callLeavesUnpaid) { _ = try story.pay(unpaid) }
        #expect(story.deal.payments == 0, "a refused call pays nothing")
        _ = try story.pay("interest 6600.00, principal 900000.00")
        try story.check(
            """
            > interest 700.00, principal 10000.00, called
            03-15 55700.00: servicing-fee 100.00, trustee 100.00, B interest 500.00, \
            B principal 50000.00, E principal 5000.00 of 50000.00
              A 0.00, B 0.00, E 45000.00
              called
              last
            """)
        var without = try DealStory()
        #expect(throws: PaymentError.callNotAllowed) {
            _ = try without.pay("principal 999999.99, called")
        }
    }

    /// Of 90,000.00 that were called, 1,000.00 were not there to be sold: the notes are repaid, and
    /// what comes of the share makes up first for the 1,000.00 that nobody has paid.
    @Test func `a call that has not bought every share leaves the deal open`() throws {
        var story = try DealStory(
            cleanUp: CleanUpTerms(atMost: try Share("10%"), price: .par, repays: 2))
        _ = try story.pay("interest 6600.00, principal 900000.00")
        let report = try story.pay("interest 700.00, principal 10000.00, called")
        #expect(report.isLast && report.pool.called == 9_000_000)
        #expect(throws: PaymentError.closed) { _ = try story.pay("interest 1.00") }
        try story.reopen(after: report)
        try story.check(
            """
            > interest 12.00, principal 89000.00
            04-15 0.00: servicing-fee 0.00 of 90.00, trustee 0.00 of 100.00
              A 0.00, B 0.00, E 0.00
            > interest 300.00, principal 1000.00
            05-15 312.00: servicing-fee 91.00, trustee 200.00, residual 21.00
              A 0.00, B 0.00, E 0.00
            """)
    }

    @Test func `only a call opens again, and not after the final date`() throws {
        var story = try DealStory(
            cleanUp: CleanUpTerms(atMost: try Share("100%"), price: .par), finalOn: "2026-03-15")
        let plain = try story.pay("interest 10000.00")
        let before = story.deal
        try story.reopen(after: plain)
        #expect(story.deal == before)
        let called = try story.pay("interest 10000.00, called")
        try story.reopen(after: called)
        #expect(story.deal.isClosed)
    }

    @Test func `on the final date everything is due, and the reserve pays it as far as it goes`()
        throws
    {
        var story = try DealStory(
            principal: .proRata(tranches: 2), reserve: Self.reserve, finalOn: "2026-03-10")
        try story.check(
            """
            > interest 10000.00, principal 790000.00
            02-15 800000.00: servicing-fee 1000.00, trustee 100.00, A interest 4000.00, \
            B interest 1500.00, A principal 665263.16, B principal 124736.84, residual 3400.00
              A 134736.84, B 25263.16, E 50000.00
              reserve 10000.00
            > interest 1500.00, principal 100000.00
            03-15 101500.00: servicing-fee 210.00, trustee 100.00, A interest 673.68, \
            B interest 252.63, A principal 110263.69 of 134736.84, \
            B principal 0.00 of 25263.16, E principal 0.00 of 50000.00
              A 24473.15, B 25263.16, E 50000.00
              reserve 0.00 released 10000.00
              last
            """)
    }
}
