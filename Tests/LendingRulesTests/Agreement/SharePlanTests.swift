import LendingRules
import Monetary
import TestSupport
import Testing

/// How a loan is divided among its lenders.
struct SharePlanTests {
    @Test(
        arguments: [
            ("platform 30%, harbor 70%", 10_000, "platform 3000, harbor 7000"),
            ("platform 30%, harbor 70%", 1, "harbor 1"),
            ("platform 30%, harbor 70%", 3, "platform 1, harbor 2"),
            ("harbor 70%, platform 30%", 3, "harbor 2, platform 1"),
            (
                "platform 1/3, harbor 1/3, summit 1/3", 100,
                "platform 33, harbor 34, summit 33"
            ),
            ("platform 20%, harbor 50%, summit 30%", 7, "platform 1, harbor 4, summit 2"),
            ("platform 0%, harbor 100%", 55, "harbor 55"),
        ])
    func `a principal is split by the shares, largest first, and nobody lends nothing`(
        shares: String, principal: Int64, plan: String
    ) throws {
        let split = try Self.agreement(shares).split(principal: principal)
        #expect(Self.text(split) == plan)
        #expect(split.total == principal)
    }

    @Test
    func `parts make up any principal, and none falls when it rises`() throws {
        let agreement = try Self.agreement("platform 15%, harbor 42.5%, summit 42.5%")
        var before = [String: Int64]()
        for principal in 1...5_000 as ClosedRange<Int64> {
            let plan = try agreement.split(principal: principal)
            #expect(plan.total == principal)
            for share in plan.shares {
                #expect(share.amount >= before[share.party.name, default: 0])
                before[share.party.name] = share.amount
            }
        }
    }

    @Test(
        arguments: [
            ("harbor", "platform", 7, "platform 10, summit 3"),
            ("summit", "harbor", 3, "platform 3, harbor 10"),
            ("harbor", "orchard", 7, "platform 3, orchard 7, summit 3"),
            ("harbor", "orchard", 2, "platform 3, harbor 5, orchard 2, summit 3"),
            ("harbor", "summit", 6, "platform 3, harbor 1, summit 9"),
            ("meridian", "platform", 1, "platform 3, harbor 7, summit 3"),
        ])
    func `what moves of a share stands where its lender stood, and nothing is lost`(
        from: String, to: String, amount: Int64, expected: String
    ) {
        let plan = SharePlan(
            shares: [("platform", 3), ("harbor", 7), ("summit", 3)].map {
                PlannedShare(party: PartyID($0.0), amount: $0.1)
            })
        let move = ShareMove(from: PartyID(from), to: PartyID(to), amount: amount)
        let moved = plan.moving(move, platform: PartyID("platform"))
        #expect(Self.text(moved) == expected)
        #expect(moved.total == plan.total)
    }

    @Test func `a platform without a share stands first when it takes one`() {
        let plan = SharePlan(
            shares: ["harbor", "summit"].map { PlannedShare(party: PartyID($0), amount: 5) })
        let move = ShareMove(from: PartyID("summit"), to: PartyID("platform"), amount: 5)
        let moved = plan.moving(move, platform: PartyID("platform"))
        #expect(Self.text(moved) == "platform 5, harbor 5")
    }

    private static func text(_ plan: SharePlan) -> String {
        plan.shares.map { "\($0.party) \($0.amount)" }.joined(separator: ", ")
    }

    private static func agreement(_ shares: String) throws -> Agreement {
        Agreement(
            name: "joint", effectiveFrom: SampleLoan.date("2026-01-01"),
            currency: SampleLoan.dollars, products: [],
            lenders: try shares.split(separator: ", ").map {
                let words = $0.split(separator: " ")
                return LenderShare(party: PartyID(String(words[0])), share: try Share(words[1]))
            }, platform: SampleLoan.platform, serviceFees: [], onRefusal: .platform,
            backdateDays: 30, settlement: SettlementTerms(lagDays: 1, calendar: "US"))
    }
}
