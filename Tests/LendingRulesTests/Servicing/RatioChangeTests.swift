import LendingRules
import Monetary
import TestSupport
import Testing

/// The ratio of a living loan changes: of 1,200.00 the platform holds 30 % and harbor 70 %.
struct RatioChangeTests {
    /// By the end of 01-10 interest of 3.87 has accrued, 1.16 to the platform and 2.71 to harbor.
    @Test func `by actuals principal alone changes hands, and what accrues later goes with it`()
        throws
    {
        let story = try Story("T1 01-10 actuals 60%:40%")
        #expect(
            try story.entries("01-10") == [
                "accrual platform 1130 0.12", "accrual platform 4010 -0.12",
                "transfer platform 1110 360.00",
                "accrual harbor 1130 0.27", "accrual harbor 4010 -0.27",
                "transfer harbor 1110 -360.00",
                "transfer platform 1310 harbor -360.00", "transfer harbor 1310 platform 360.00",
            ])
        #expect(try story.position("01-10").lenders.map(\.interest) == [116, 271])
        // 0.39 more: 0.23 and 0.16 of it by 720.00 and 480.00.
        #expect(
            try story.entries("01-11") == [
                "accrual platform 1130 0.23", "accrual platform 4010 -0.23",
                "accrual harbor 1130 0.16", "accrual harbor 4010 -0.16",
            ])
    }

    @Test func `by record what has accrued changes hands with the principal`() throws {
        let story = try Story("T1 01-10 record 60%:40%")
        #expect(
            try story.entries("01-10", of: "transfer") == [
                "transfer platform 1110 360.00", "transfer platform 1130 1.16",
                "transfer harbor 1110 -360.00", "transfer harbor 1130 -1.16",
                "transfer platform 1310 harbor -361.16", "transfer harbor 1310 platform 361.16",
            ])
        #expect(try story.position("01-10").lenders.map(\.interest) == [232, 155])
    }

    /// Of the 12.00 that fall due 3.87 are 1.16 and 2.71, the other 8.13 are 4.88 and 3.25; of
    /// 400.00 principal 240.00 and 160.00.
    @Test(arguments: [("actuals", [246_04, 165_96]), ("record", [247_20, 164_80])])
    func `a payment finds every cent with whom it accrued to`(
        treatment: String, paid: [Int64]
    ) throws {
        let story = try Story("T1 01-10 \(treatment) 60%:40%; P1 02-01 412.00")
        #expect(try story.position("02-01").lenders.map(\.paid.total) == paid)
        let after = try story.position("02-02")
        #expect(after.lenders.map { $0.claims.allPrincipal } == [480_00, 320_00])
    }

    @Test func `the plan that is told has what each holder has of every instalment`() throws {
        let story = try Story("T1 01-10 actuals 60%:40%")
        let plan = try story.contract.planShares(facts: story.facts)
        let principal: [[Int64]] = [[240_00, 240_00, 240_00], [160_00, 160_00, 160_00]]
        #expect(plan.map { $0.map(\.principal) } == principal)
        #expect(plan.map { $0.map(\.interest) } == [[6_04, 4_80, 2_40], [5_96, 3_20, 1_60]])
    }

    /// At the end of 02-10 are overdue 400.00 and 12.00, with 1.97 of penalty; of the second period
    /// 2.86 have accrued.
    @Test func `by actuals penalties and overdue interest stay as well`() throws {
        let story = try Story("T1 02-10 actuals 50%:50%; P1 02-11 300.00")
        let evening = try story.position("02-10").lenders.map(\.claims)
        #expect(
            evening == [
                Components(
                    principal: 400_00, overduePrincipal: 200_00, interest: 86,
                    overdueInterest: 3_60, penalty: 59),
                Components(
                    principal: 400_00, overduePrincipal: 200_00, interest: 2_00,
                    overdueInterest: 8_40, penalty: 1_38),
            ])
        // 1.97 and 12.00 by the old weights, 286.03 of principal by halves.
        let paid = try story.position("02-11").lenders.map(\.paid)
        #expect(
            paid == [
                Components(overduePrincipal: 143_02, overdueInterest: 3_60, penalty: 59),
                Components(overduePrincipal: 143_01, overdueInterest: 8_40, penalty: 1_38),
            ])
        #expect(try story.position("02-11").lenders.map(\.interest) == [1_00, 2_14])
    }

    @Test func `who hands everything over is still paid what had accrued to it`() throws {
        let story = try Story("T1 01-10 actuals 100%:0%; P1 02-01 412.00; P2 03-01 408.00")
        #expect(try story.position("02-01").lenders.map(\.paid.total) == [409_29, 2_71])
        #expect(try story.position("03-01").lenders.map(\.paid.total) == [817_29, 2_71])
        let after = try story.position("03-01")
        #expect(after.lenders[1].claims == Components() && after.hasHeld == [true, true])
    }

    /// 400.00 revive with 12.00; 25 % of the principal are harbor's now, 8.40 of the interest were.
    @Test func `a payment taken back revives principal by the shares and interest as it was`()
        throws
    {
        let story = try Story("P1 02-01 412.00; T1 02-10 actuals 75%:25%; -P1 02-15")
        let before = try story.position("02-14")
        #expect(before.lenders.map { $0.claims.allPrincipal } == [600_00, 200_00])
        let after = try story.position("02-15")
        #expect(after.lenders.map { $0.claims.allPrincipal } == [900_00, 300_00])
        #expect(after.lenders.map(\.overdueInterest) == [3_60, 8_40])
        #expect(after.lenders.map(\.paid) == [Components(), Components()])
        #expect(after.holding.isExact, "the shares divide what is left, whatever is learned later")
    }

    /// Of 7.35 until the day of the return 3.87 are by 30/70, the other 3.48 by 60/40.
    @Test func `a loan given back returns what was taken over, and its interest is as accrued`()
        throws
    {
        let story = try Story("T1 01-10 actuals 60%:40%; X1 01-20 cancelled interest")
        #expect(
            try story.entries("01-20", of: "transfer") == [
                "transfer platform 1110 -360.00", "transfer harbor 1110 360.00",
                "transfer platform 1310 harbor 360.00", "transfer harbor 1310 platform -360.00",
            ])
        #expect(try story.position("01-20").lenders.map(\.paid.interest) == [3_25, 4_10])
    }

    @Test func `a loan of which no principal is left hands nothing over`() throws {
        let story = try Story(
            "P1 02-01 412.00; P2 03-01 408.00; P3 04-01 404.00; T1 04-05 record 50%:50%")
        let after = try story.position("04-06")
        #expect(after.isPaidOff && after.effects.map(\.parts) == [[Components(), Components()]])
    }

    @Test(
        arguments: [
            (["platform 50%", "harbor 49.99%"], .unusablePayment(id: "T")),
            (["platform 50%", "platform 50%"], .unusablePayment(id: "T")),
            ([], .unusablePayment(id: "T")),
            (["platform 50%", "summit 50%"], .unknownHolder(id: "T", party: PartyID("summit"))),
        ] as [([String], ServicingError)])
    func `shares that cannot be are refused`(parts: [String], error: ServicingError) throws {
        let change = RatioChange(
            parts: try parts.map { text in
                let words = text.split(separator: " ")
                return RatioChange.Part(
                    party: PartyID(String(words[0])), share: try Share(words[1]))
            }, treatment: .actuals)
        let story = try Story("").with(.ratioChange(change), "T", on: "01-10")
        #expect(throws: error) { try story.position("01-10") }
    }
}
