import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

/// Who lends a loan by tiers, slices, bounds and rooms.
struct FundingRunTests {
    private static let platform = SampleLoan.platform
    private static let harbor = PartyID("harbor")
    private static let summit = PartyID("summit")
    private static let meridian = PartyID("meridian")

    private static func run(_ limits: [(PartyID, Int64)] = []) -> FundingRun {
        let limits = limits.map { party, amount in
            Limit(
                LimitKey(
                    agreement: "tiered", party: party, span: .day, currency: SampleLoan.dollars),
                amount: amount)
        }
        return FundingRun(limits: LimitUse(limits: limits, used: [:]))
    }

    private static func tier(_ slices: [FundingSlice]) -> [FundingTier] {
        [FundingTier(name: "all", conditions: .any, slices: slices)]
    }

    private static func share(
        _ party: PartyID, _ text: String, minimum: FundingSlice.Bound? = nil,
        maximum: FundingSlice.Bound? = nil
    ) throws -> FundingSlice {
        FundingSlice(
            taker: .party(party), part: .share(try Share(text)), minimum: minimum, maximum: maximum)
    }

    /// `platform 30.00 harbor 70.00` of a loan.
    private static func told(
        _ principal: Int64, _ tiers: [FundingTier], _ run: FundingRun = run(),
        loan: Applicant? = nil
    ) throws -> String {
        var run = run
        let agreement = try SampleAgreement.tiered(tiers)
        return try run.fund(loan ?? SampleAgreement.loan(principal), by: agreement).shares
            .map { "\($0.party) \(AmountText.format($0.amount, decimals: 2))" }
            .joined(separator: " ")
    }

    @Test func `the first tier whose conditions hold takes the loan`() throws {
        let small = FundingConditions(principal: 1...5_000_00, grades: ["A", "B"])
        let tiers = [
            FundingTier(
                name: "small", conditions: small, slices: [try Self.share(Self.harbor, "100%")]),
            FundingTier(
                name: "long", conditions: FundingConditions(instalments: 13...24),
                slices: [try Self.share(Self.summit, "100%")]),
            FundingTier(
                name: "guangdong", conditions: FundingConditions(regions: ["GD"]),
                slices: [try Self.share(Self.meridian, "100%")]),
        ]
        func loan(_ principal: Int64, _ instalments: Int, _ region: String, _ grade: String)
            -> Applicant
        {
            SampleAgreement.loan(
                principal, instalments: instalments, region: region, grade: grade)
        }
        #expect(try Self.told(0, tiers, loan: loan(5_000_00, 24, "GD", "A")) == "harbor 5000.00")
        #expect(try Self.told(0, tiers, loan: loan(5_000_01, 24, "GD", "A")) == "summit 5000.01")
        #expect(try Self.told(0, tiers, loan: loan(5_000_00, 12, "GD", "C")) == "meridian 5000.00")
        #expect(throws: FundingRefusal.noTier) {
            try Self.told(0, tiers, loan: loan(5_000_01, 12, "ZJ", "A"))
        }
    }

    @Test func `amounts come first, shares divide what they leave, and the rest is kept`() throws {
        let tiers = Self.tier([
            FundingSlice(taker: .party(Self.platform), part: .rest),
            FundingSlice(taker: .party(Self.harbor), part: .amount(100_00)),
            try Self.share(Self.summit, "60%"), try Self.share(Self.meridian, "1/4"),
        ])
        // 901.01 × 60 %, 25 % and 15 %: 540.606, 225.2525 and 135.1515.
        #expect(
            try Self.told(1_001_01, tiers)
                == "platform 135.15 harbor 100.00 summit 540.61 meridian 225.25")
        #expect(try Self.told(99_99, tiers) == "harbor 99.99")
    }

    @Test func `a part is brought within its bounds to the cent, and the rest has the difference`()
        throws
    {
        let tiers = Self.tier([
            FundingSlice(taker: .party(Self.platform), part: .rest),
            try Self.share(
                Self.harbor, "70%", minimum: .amount(50_00), maximum: .share(try Share("65%"))),
        ])
        // 65 % of 100.01 is 65.0065: not a cent above.
        #expect(try Self.told(100_01, tiers) == "platform 35.01 harbor 65.00")
        let least = Self.tier([
            FundingSlice(taker: .party(Self.platform), part: .rest),
            try Self.share(Self.harbor, "10%", minimum: .amount(5_00)),
        ])
        #expect(try Self.told(40_00, least) == "platform 35.00 harbor 5.00")
        let floor = Self.tier([
            FundingSlice(
                taker: .party(Self.platform), part: .rest, minimum: .share(try Share("30%"))),
            try Self.share(Self.harbor, "70%"),
        ])
        // 30 % of 100.01 is 30.003: 30.00 would be less.
        #expect(
            throws: FundingRefusal.outsideBounds(
                Self.platform, part: 30_00, minimum: 30_01, maximum: 100_01)
        ) { try Self.told(100_01, floor) }
        #expect(try Self.told(100_00, floor) == "platform 30.00 harbor 70.00")
    }

    @Test func `a waterfall that takes the rest is poured out after all others`() throws {
        let tiers = Self.tier([
            FundingSlice(
                taker: .waterfall([Self.harbor, Self.summit], .listed), part: .rest),
            FundingSlice(
                taker: .waterfall([Self.meridian], .listed), part: .share(try Share("30%"))),
        ])
        let rooms = Self.run([(Self.harbor, 75_00), (Self.meridian, 20_00)])
        #expect(try Self.told(100_00, tiers, rooms) == "harbor 75.00 summit 5.00 meridian 20.00")
        let full = Self.run([(Self.harbor, 1), (Self.summit, 1), (Self.meridian, 20_00)])
        #expect(throws: FundingRefusal.self) { try Self.told(100_00, tiers, full) }
    }

    @Test func `bounds that cross for a loan leave no part to give`() throws {
        let tiers = Self.tier([
            FundingSlice(taker: .party(Self.platform), part: .rest),
            try Self.share(
                Self.harbor, "30%", minimum: .share(try Share("12%")), maximum: .amount(4_000_00)),
        ])
        #expect(try Self.told(30_000_00, tiers) == "platform 26000.00 harbor 4000.00")
        #expect(
            throws: FundingRefusal.outsideBounds(
                Self.harbor, part: 5_849_92, minimum: 5_849_92, maximum: 4_000_00)
        ) { try Self.told(48_749_30, tiers) }
    }

    @Test func `what a bank lends by name is no room for a waterfall`() throws {
        let tiers = Self.tier([
            FundingSlice(taker: .party(Self.platform), part: .rest),
            try Self.share(Self.harbor, "20%"),
            FundingSlice(
                taker: .waterfall([Self.harbor, Self.summit], .listed),
                part: .share(try Share("60%"))),
        ])
        let rooms = Self.run([(Self.harbor, 50_00), (Self.summit, 60_00)])
        #expect(try Self.told(100_00, tiers, rooms) == "platform 20.00 harbor 50.00 summit 30.00")
    }

    @Test func `a waterfall fills one bank after the other and leaves the rest`() throws {
        func tiers(_ order: WaterfallOrder, minimum: FundingSlice.Bound? = nil) throws
            -> [FundingTier]
        {
            Self.tier([
                FundingSlice(taker: .party(Self.platform), part: .rest),
                FundingSlice(
                    taker: .waterfall([Self.harbor, Self.summit, Self.meridian], order),
                    part: .share(try Share("80%")), minimum: minimum),
            ])
        }
        let rooms = Self.run([(Self.harbor, 30_00), (Self.summit, 40_00), (Self.meridian, 5_00)])
        #expect(
            try Self.told(100_00, tiers(.listed), rooms)
                == "platform 25.00 harbor 30.00 summit 40.00 meridian 5.00")
        #expect(
            try Self.told(50_00, tiers(.listed), rooms)
                == "platform 10.00 harbor 30.00 summit 10.00")
        #expect(try Self.told(50_00, tiers(.mostRoom), rooms) == "platform 10.00 summit 40.00")
        #expect(
            try Self.told(100_00, tiers(.listed, minimum: .amount(10_00)), rooms)
                == "platform 30.00 harbor 30.00 summit 40.00")
        let alone = Self.tier([
            FundingSlice(
                taker: .waterfall([Self.harbor, Self.summit], .listed),
                part: .share(try Share("1/1")))
        ])
        #expect(
            throws: FundingRefusal.noTaker(
                left: 30_00,
                passed: [
                    PassedOver(party: Self.harbor, why: .room(30_00)),
                    PassedOver(party: Self.summit, why: .room(40_00)),
                ])
        ) {
            try Self.told(100_00, alone, rooms)
        }
    }

    @Test func `limits move with a loan that is funded, and not with one that is refused`() throws {
        let agreement = try SampleAgreement.tiered(
            Self.tier([
                FundingSlice(taker: .party(Self.platform), part: .rest),
                try Self.share(Self.harbor, "50%"), try Self.share(Self.summit, "50%"),
            ]))
        var run = Self.run([(Self.harbor, 100_00), (Self.summit, 60_00)])
        _ = try run.fund(SampleAgreement.loan(120_00), by: agreement)
        #expect(run.limits.taken.values.sorted() == [60_00, 60_00])
        #expect(throws: FundingRefusal.self) {
            try run.fund(SampleAgreement.loan(2), by: agreement)
        }
        #expect(run.limits.taken.values.sorted() == [60_00, 60_00])
    }

    @Test func `a rate below what the lenders of the loan are owed is refused`() throws {
        let agreement = try SampleAgreement.tiered(
            Self.tier([try Self.share(Self.harbor, "100%")]),
            pricing: .ownRates(spreadOwner: Self.platform, spread: .last),
            rate: AnnualRate(units: 12_000_001))
        var run = Self.run()
        #expect(throws: FundingRefusal.rateBelowOwed(AnnualRate(units: 12_000_001))) {
            try run.fund(SampleAgreement.loan(100_00), by: agreement)
        }
    }

    @Test func `a trace tells every condition, part and candidate`() throws {
        let agreement = try SampleAgreement.tiered([
            FundingTier(
                name: "small", conditions: FundingConditions(principal: 1...99_99),
                slices: [try Self.share(Self.harbor, "100%")]),
            FundingTier(
                name: "all", conditions: .any,
                slices: [
                    FundingSlice(taker: .party(Self.platform), part: .rest),
                    FundingSlice(
                        taker: .waterfall([Self.harbor, Self.summit], .listed),
                        part: .share(try Share("80%"))),
                ]),
        ])
        let key = LimitKey(
            agreement: "tiered", party: Self.harbor, span: .day, currency: SampleLoan.dollars)
        var run = FundingRun(
            limits: LimitUse(limits: [Limit(key, amount: 50_00)], used: [:]), isTracing: true)
        _ = try run.fund(SampleAgreement.loan(100_00), by: agreement)
        let trace = try #require(run.trace)
        #expect(trace.tiers.map(\.name) == ["small", "all"])
        #expect(trace.tiers[0].conditions.map(\.holds) == [false])
        #expect(trace.tiers.map(\.isTaken) == [false, true])
        #expect(trace.parts == [20_00, 80_00])
        #expect(trace.choices[0].candidates.map(\.given) == [50_00, 30_00])
        #expect(trace.choices[0].candidates.map(\.room) == [50_00, nil])
    }
}
