import LendingRules
import Monetary
import Operations
import TestSupport
import Testing

/// Shares that a bank refuses under agreements with tiers and rules: what moves is judged again.
struct TieredRerouteTests {
    private static func house(
        platformAtMost most: String? = nil, bankAtLeast: String? = nil,
        fallback: [PartyID] = [TestTerms.summit, TestTerms.meridian],
        onRefusal: RefusalRule = .decline, acceptsParts: Bool = false, packs: [String] = [],
        rules: RuleBook = .empty, pricing: Pricing = .borrowerRate,
        rates: [PartyID: String] = [:]
    ) throws -> TestHouse {
        let tiers = [
            FundingTier(
                name: "all", conditions: .any,
                slices: [
                    FundingSlice(
                        taker: .party(TestTerms.platform), part: .rest,
                        maximum: try most.map { .share(try Share($0)) }),
                    FundingSlice(
                        taker: .party(TestTerms.harbor), part: .share(try Share("70%")),
                        minimum: try bankAtLeast.map { .share(try Share($0)) }),
                ])
        ]
        let house = try TieredHouse.house(
            TieredHouse.agreement(
                tiers, pricing: pricing, rates: rates, onRefusal: onRefusal, fallback: fallback,
                acceptsParts: acceptsParts, packs: packs), rules: rules)
        house.banks.change { $0.fates["L1.harbor.1"] = .refused }
        return house
    }

    @Test func `the next taker in the order lends it where nothing forbids`() async throws {
        let house = try Self.house()
        try await house.book(TieredHouse.row("L1"))
        _ = try await house.fund().run()
        #expect(house.shares(of: "L1") == "platform 30000, summit 70000")
        #expect(try await house.verify.run() == nil)
    }

    @Test func `a taker that a rule forbids is passed over for the next`() async throws {
        let rules = RuleBook(
            packs: TieredHouse.rules(.homeRegion).packs,
            parties: [
                PartyFacts(party: TestTerms.platform, kind: .platform),
                PartyFacts(party: TestTerms.summit, kind: .bank, homeRegions: ["south"]),
            ])
        let house = try Self.house(packs: ["sample"], rules: rules)
        try await house.book(TieredHouse.row("L1"))
        _ = try await house.fund().run()
        #expect(house.shares(of: "L1") == "platform 30000, meridian 70000")
        let alone = try Self.house(
            fallback: [TestTerms.summit], packs: ["sample"], rules: rules)
        try await alone.book(TieredHouse.row("L1"))
        let report = try await alone.fund().run()
        #expect((report.declined, report.rerouted) == (1, 0))
        #expect(
            report.unpayable.map(\.reason) == [
                "a refused share finds no taker: summit: north, not south (rule the-rule of "
                    + "sample: the text, art. 1)"
            ])
    }

    @Test func `the platform takes a share over within its own bounds alone`() async throws {
        let bound = try Self.house(platformAtMost: "99%", fallback: [], onRefusal: .platform)
        try await bound.book(TieredHouse.row("L1"))
        let report = try await bound.fund().run()
        #expect((report.declined, report.takenByPlatform) == (1, 0))
        #expect(
            report.unpayable.map(\.reason) == [
                "a refused share finds no taker: platform would lend 1000.00 of 1000.00 USD, and "
                    + "lends 0.00 to 990.00 of it under tiered"
            ])
        let free = try Self.house(platformAtMost: "100%", fallback: [], onRefusal: .platform)
        try await free.book(TieredHouse.row("L1"))
        #expect(try await free.fund().run().takenByPlatform == 1)
    }

    @Test func `a bank that accepts less than it lends at least declines the loan`() async throws {
        let house = try Self.house(bankAtLeast: "50%", acceptsParts: true)
        house.banks.change { $0.fates["L1.harbor.1"] = .part(499_99) }
        try await house.book(TieredHouse.row("L1"))
        let report = try await house.fund().run()
        #expect(report.declined == 1)
        #expect(report.unpayable.first?.reason.contains("lends 500.00 to 1000.00 of it") == true)
        let enough = try Self.house(bankAtLeast: "20%", acceptsParts: true)
        enough.banks.change { $0.fates["L1.harbor.1"] = .part(500_00) }
        try await enough.book(TieredHouse.row("L1"))
        _ = try await enough.fund().run()
        #expect(
            enough.shares(of: "L1") == "platform 30000, harbor 50000, summit 20000")
    }

    @Test func `a taker that is owed more than the borrower pays is passed over`() async throws {
        let rates = [
            TestTerms.platform: "6", TestTerms.harbor: "10", TestTerms.summit: "15",
            TestTerms.meridian: "14",
        ]
        let house = try Self.house(
            pricing: .ownRates(spreadOwner: TestTerms.platform, spread: .last), rates: rates)
        try await house.book(TieredHouse.row("L1"))
        _ = try await house.fund().run()
        // 30 % at 6 % and 70 % at 15 % are 12.30 %, at 14 % 11.60 %; the borrower pays 12 %.
        #expect(house.shares(of: "L1") == "platform 30000, meridian 70000")
    }
}
