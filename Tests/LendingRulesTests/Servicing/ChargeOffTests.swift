import LendingRules
import Monetary
import Testing

/// Claims written off, what is collected on them, and what it cost.
struct ChargeOffTests {
    /// Nothing was ever paid. On 03-10 two instalments are due and unpaid, 9 days of the third
    /// period have passed (4.00 × 9 ÷ 31) and penalty is owed for 37 and for 9 days.
    static let full = "C1 03-10 full 1200.00/21.16/9.08"

    @Test(arguments: ["03-10", "03-11", "04-01", "06-30"])
    func `after a full charge-off nothing is owed and nothing accrues`(date: String) throws {
        for amounts in ["all", "1200.00/21.16/9.08"] {
            let story = try Story("C1 03-10 full \(amounts)")
            #expect(try story.line(date) == "0.00 0.00 0.00 0.00 0.00 | 0.00 | 0")
            #expect(try story.position(date).isPaidOff && story.position(date).isStopped)
        }
    }

    @Test
    func `a full charge-off takes everything at a loss and remembers it`() throws {
        #expect(
            try Story(Self.full).entries("03-10", of: "charge-off") == [
                "charge-off platform 1110 -120.00", "charge-off platform 1120 -240.00",
                "charge-off platform 1130 -0.35", "charge-off platform 1140 -6.00",
                "charge-off platform 1150 -2.72", "charge-off platform 5040 369.07",
                "charge-off platform 9030 369.07", "charge-off platform 9031 -369.07",
                "charge-off harbor 1110 -280.00", "charge-off harbor 1120 -560.00",
                "charge-off harbor 1130 -0.81", "charge-off harbor 1140 -14.00",
                "charge-off harbor 1150 -6.36", "charge-off harbor 5040 861.17",
                "charge-off harbor 9030 861.17", "charge-off harbor 9031 -861.17",
            ])
        #expect(try Story(Self.full).entries("03-11").isEmpty)
    }

    @Test(
        arguments: [
            (
                "C1 03-10 partial 100.00/12.00/1.00", "03-10",
                "400.00 700.00 1.29 8.00 8.42 | 0.00 | 37"
            ),
            // It never reaches what is not due.
            (
                "C1 02-10 partial 500.00/0.00/0.00", "02-10",
                "800.00 0.00 2.86 12.00 1.78 | 0.00 | 9"
            ),
        ])
    func `a partial charge-off takes the oldest of what is due`(
        facts: String, date: String, expected: String
    ) throws {
        #expect(try Story(facts).line(date) == expected)
    }

    @Test
    func `the amounts of the decision stand when an earlier payment is reversed`() throws {
        // Paid on 02-01, the first instalment is no part of the charge-off of 02-10.
        let story = try Story("P1 02-01 412.00; C1 02-10 full 800.00/2.57/0.00; -P1 02-20")
        #expect(try story.line("02-19") == "0.00 0.00 0.00 0.00 0.00 | 0.00 | 0")
        // 412.00 revives with 9 days of penalty; of the amounts decided 400.00 go to it, since it
        // is the oldest, and 400.00 of the principal not due stay.
        let line = try story.line("02-20")
        #expect(line == "400.00 0.00 2.57 9.43 1.78 | 0.00 | 19")
        #expect(try story.line("02-28") == line.replacing(" 19", with: " 27"))
        #expect(try !story.position("02-20").isPaidOff)
    }

    /// 412.00 of the first instalment revives; the amounts decided take its principal and leave the
    /// last one's, which falls due on 04-01 and is settled nine days late.
    @Test(arguments: ["P2 04-10 500.00", "W2 04-10 waiver 400.00/12.00/1.78"])
    func `what a reversal revives owes no penalty beyond the charge-off`(settling: String) throws {
        let story = try Story(
            "P1 02-01 412.00; C1 02-10 full 800.00/2.57/0.00; -P1 02-20; \(settling)")
        for date in ["04-10", "04-11", "06-30"] {
            let position = try story.position(date)
            #expect(position.lenders.reduce(0) { $0 + $1.accruedPenalty } == 178)
            #expect(position.lenders.allSatisfy { $0.penalty == 0 })
        }
    }

    @Test
    func `costs come first, then the claims by who owns them`() throws {
        let story = try Story(
            Self.full + "; K1 03-15 cost 50.00; R1 03-20 recovery 250.00; R2 03-21 recovery 1.01")
        #expect(
            try story.entries("03-15") == [
                "collection-cost platform 5060 50.00", "collection-cost platform 1010 -50.00",
            ])
        #expect(
            try story.entries("03-20") == [
                "recovery platform 4060 -60.00", "recovery platform 9030 -60.00",
                "recovery platform 9031 60.00", "recovery harbor 4060 -140.00",
                "recovery harbor 9030 -140.00", "recovery harbor 9031 140.00",
                "recovery harbor 1310 platform 140.00", "recovery platform 1310 harbor -140.00",
                "recovery platform 1010 250.00", "recovery platform 5060 -50.00",
            ])
        let parts = try story.position("03-21").effects.last?.parts.map(\.total)
        #expect(parts == [30, 71])
    }

    @Test
    func `what is recovered in full leaves no memorandum, and the rest is the borrower's`() throws {
        let story = try Story(Self.full + "; R1 04-01 recovery 1230.24; R2 04-02 recovery 5.00")
        let position = try story.position("04-02")
        #expect(position.lenders.map(\.writtenOff) == [0, 0])
        #expect(position.lenders.map(\.recovered.total) == [369_07, 861_17])
        #expect(position.shortfall == 500 && position.unallocated == 500)
        #expect(
            try story.entries("04-02") == [
                "recovery platform 1010 5.00", "recovery platform 2010 -5.00",
            ])
    }

    @Test
    func `a payment after a full charge-off waits`() throws {
        let story = try Story(Self.full + "; P1 03-12 30.00; F1 03-13 refund 30.00")
        #expect(try story.position("03-12").unallocated == 3000)
        #expect(try story.position("03-13").unallocated == 0)
    }

    /// 12.00 were deferred to 03-01, 8.00 × 9 ÷ 28 have accrued since. By its own schedule harbor
    /// has 13.72 of the 20.00 that 03-01 would bill: 8.56 and 5.16 by days of the year.
    @Test(arguments: [
        (LenderComputation.Name.scale, [437, 1_020]), (.perInstalment, [437, 1_020]),
        (.ownSchedule, [457, 1_000]),
    ])
    func `a full charge-off takes the interest that grace has deferred`(
        computation: LenderComputation.Name, expected: [Int64]
    ) throws {
        let story = try Story("C1 02-10 full all").graced().computed(computation)
        for date in ["02-10", "03-01", "06-30"] {
            let position = try story.position(date)
            #expect(position.lenders.map(\.chargedOff.allInterest) == expected, "\(date)")
            #expect(position.lenders.map(\.accruedInterest) == expected, "\(date)")
            #expect(position.isPaidOff)
        }
    }

    @Test func `no fee falls due after a full charge-off`() throws {
        let fee = LoanFee(name: "service", value: .amount(150), moment: .each)
        let story = try Story("C1 02-10 full all").scheduled { $0.fees = [fee] }
        #expect(try story.position("02-09").lenders.map(\.billedFees) == [45, 105])
        for date in ["02-10", "03-01", "06-30"] {
            let lenders = try story.position(date).lenders
            #expect(lenders.map(\.billedFees) == [45, 105])
            #expect(lenders.map(\.claims.fee) == [0, 0])
        }
    }
}
