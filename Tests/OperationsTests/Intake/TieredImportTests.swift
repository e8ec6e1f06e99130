import BusinessCalendar
import LendingRules
import Monetary
import Operations
import Synchronization
import TestSupport
import Testing

/// Imports of loans of which the agreement's tiers, limits and rules decide who lends them.
struct TieredImportTests {
    private final class Box: Rejects {
        private let kept = Mutex<[RejectedRow]>([])

        func take(_ rows: [RejectedRow], of table: ImportTable) throws {
            kept.withLock { $0 = rows }
        }

        var lines: [Int] { kept.withLock { $0.map(\.line) } }
    }

    private static let rows = ["L3", "L1", "L2"].map { TieredHouse.row($0) }

    @Test func `loans go to the banks of a route in turn, and the same file again to nobody`()
        async throws
    {
        let house = try TieredHouse.house(TieredHouse.agreement(TieredHouse.tiers()))
        for imported in [3, 0] {
            let summary = try await house.loanImport.run(LoanFile.table(Self.rows))
            #expect((summary.imported, summary.alreadyThere) == (imported, 3 - imported))
        }
        #expect(house.shares(of: "L1") == "platform 30000, harbor 70000")
        #expect(house.shares(of: "L2") == "platform 30000, summit 70000")
        #expect(house.shares(of: "L3") == "platform 30000, harbor 70000")
        #expect(house.store.world.routeVolumes.values.sorted() == [700_00, 1_400_00])
        #expect(house.states.count == 3)
    }

    @Test(arguments: [true, false])
    func `a loan that no tier takes is told with what tiers look at`(dryRun: Bool) async throws {
        let house = try TieredHouse.house(
            TieredHouse.agreement(TieredHouse.tiers(upTo: 999_99)))
        #expect(
            await TieredHouse.faults(house, [TieredHouse.row("L1")], dryRun: dryRun) == [
                "L1 31 INTAKE-025 no tier of tiered takes 1000.00 USD in 3 instalments of orphan, "
                    + "grade A, region north, channel app"
            ])
        #expect(house.store.world.loans.isEmpty)
    }

    @Test(arguments: [true, false])
    func `a loan for which no bank of a route has room names each of them`(dryRun: Bool)
        async throws
    {
        let house = try TieredHouse.house(
            TieredHouse.agreement(TieredHouse.tiers()),
            limits: [(TestTerms.harbor, 700_00), (TestTerms.summit, 699_99)])
        #expect(
            await TieredHouse.faults(
                house, [TieredHouse.row("L2"), TieredHouse.row("L1")],
                dryRun: dryRun) == [
                    "L2 31 INTAKE-026 nobody takes 700.00 of 1000.00 USD under tiered: "
                        + "harbor: harbor's limit of 700.00 USD a day over all agreements has "
                        + "0.00 left for 2026-01-01, its share is 700.00; summit: summit's "
                        + "limit of 699.99 USD a day over all agreements has 699.99 left for "
                        + "2026-01-01, its share is 700.00"
                ])
        #expect(house.store.world.loans.isEmpty)
    }

    @Test func `with good ones kept the others find their lenders`() async throws {
        let house = try TieredHouse.house(
            TieredHouse.agreement(TieredHouse.tiers(upTo: 1_000_00)),
            limits: [(TestTerms.harbor, 700_00), (TestTerms.summit, 700_00)])
        let box = Box()
        let summary = try await house.loanImport.run(
            LoanFile.table(
                [TieredHouse.row("L0", "1000.01")] + Self.rows), rejects: box)
        #expect((summary.imported, summary.rejected) == (2, 2))
        #expect(box.lines == [2, 3])
        #expect(house.shares(of: "L2") == "platform 30000, summit 70000")
    }

    @Test func `a part outside its bounds is told with both`() async throws {
        let house = try TieredHouse.house(
            TieredHouse.agreement(TieredHouse.tiers(minimum: "30.01%")))
        #expect(
            await TieredHouse.faults(house, [TieredHouse.row("L1")]) == [
                "L1 31 INTAKE-026 platform would lend 300.00 of 1000.00 USD, and lends 300.10 to "
                    + "1000.00 of it under tiered"
            ])
    }

    @Test func `a rate below what those lenders are owed is refused at the rate`() async throws {
        let rates = [
            TestTerms.platform: "6", TestTerms.harbor: "10", TestTerms.summit: "12",
            TestTerms.meridian: "1",
        ]
        let house = try TieredHouse.house(
            TieredHouse.agreement(
                TieredHouse.tiers(),
                pricing: .ownRates(spreadOwner: TestTerms.platform, spread: .last), rates: rates))
        let rows = [TieredHouse.row("L1", rate: "8.8"), TieredHouse.row("L2", rate: "8.8")]
        #expect(
            await TieredHouse.faults(house, rows) == [
                "L2 51 INTAKE-022 rate 8.80 is below the 10.20 that the lenders of tiered are owed"
            ])
        let blended = try TieredHouse.house(
            TieredHouse.agreement(TieredHouse.tiers(), pricing: .blended, rates: rates))
        #expect(
            await TieredHouse.faults(blended, [TieredHouse.row("L1", rate: "8.81")]) == [
                "L1 51 INTAKE-022 rate 8.81 is not the blended rate 8.80 of tiered for those who "
                    + "would lend it"
            ])
    }

    @Test func `what is drawn under a line finds its lenders as loans do`() async throws {
        let base = try await TestLines.house().catalogue
        let house = try TestHouse(
            catalogue: Catalogue(
                platform: base.platform,
                agreements: [
                    TieredHouse.agreement(
                        TieredHouse.tiers(upTo: 300_00), products: ["cash-line"])
                ], products: base.products, calendars: TestTerms.calendars,
                partners: TieredHouse.banks.map { TestTerms.partner($0) }))
        try await house.book(TestLines.line("R1"))
        try await house.lend("D1", "100.00")
        try await house.lend("D2", "200.00")
        #expect(house.shares(of: "R1.D1") == "platform 3000, harbor 7000")
        #expect(house.shares(of: "R1.D2") == "platform 6000, summit 14000")
        let error = await #expect(throws: ImportRefused.self) {
            try await house.lend("D3", "300.01")
        }
        #expect(error?.faults.map(\.code) == ["INTAKE-025"])
        #expect(house.store.world.routeVolumes.values.sorted() == [70_00, 140_00])
    }

    @Test func `a volume that booked loans do not give is found`() async throws {
        let house = try TieredHouse.house(TieredHouse.agreement(TieredHouse.tiers()))
        _ = try await house.loanImport.run(LoanFile.table(Self.rows))
        #expect(try await house.verify.run() == nil)
        let world = house.store.world
        let slot = try #require(world.routeVolumes.keys.min())
        house.store.write { $0.routeVolumes[slot] = 1 }
        #expect(
            try await house.verify.run()?.sentence
                == "routes of 2026-01-01, main harbor USD tiered: booked loans give 140000 as "
                + "offered, the store has 1")
        house.store.write { changed in
            changed = world
            changed.routed[LoanID("L1")] = [RoutedPart(slot: slot, amount: 700_01)]
        }
        #expect(
            try await house.verify.run()?.sentence
                == "routes of 2026-01-01, L1: route main gave harbor 70001, and it was asked first "
                + "for 70000")
        let stranger = RouteSlot(
            agreement: slot.agreement, route: slot.route, mix: slot.mix,
            party: TestTerms.meridian, currency: slot.currency)
        house.store.write { changed in
            changed = world
            changed.routed[LoanID("L1")] = [RoutedPart(slot: stranger, amount: 700_00)]
        }
        #expect(try await house.verify.run()?.detail == "its tier has no route main with meridian")
    }
}

/// Rules that loans are held to when they are booked.
struct RuledImportTests {
    @Test func `where a rule forbids a bank its part another one of the route takes it`()
        async throws
    {
        let house = try TieredHouse.house(
            TieredHouse.agreement(TieredHouse.tiers(), packs: ["sample"]),
            rules: TieredHouse.rules(.homeRegion))
        try await house.book(TieredHouse.row("L1"), TieredHouse.row("L2"))
        #expect(house.shares(of: "L1") == "platform 30000, summit 70000")
        #expect(house.shares(of: "L2") == "platform 30000, summit 70000")
        let full = try TieredHouse.house(
            TieredHouse.agreement(TieredHouse.tiers(), packs: ["sample"]),
            limits: [(TestTerms.summit, 1)], rules: TieredHouse.rules(.homeRegion))
        #expect(
            await TieredHouse.faults(full, [TieredHouse.row("L1")]) == [
                "L1 31 INTAKE-026 nobody takes 700.00 of 1000.00 USD under tiered: harbor: harbor: "
                    + "north, not south (rule the-rule of sample: the text, art. 1); summit: "
                    + "summit's limit of 0.01 USD a day over all agreements has 0.01 left for "
                    + "2026-01-01, its share is 700.00"
            ])
        // An agreement that names no pack is held to none.
        let free = try TieredHouse.house(
            TieredHouse.agreement(TieredHouse.tiers()), rules: TieredHouse.rules(.homeRegion))
        try await free.book(TieredHouse.row("L1"))
        #expect(free.shares(of: "L1") == "platform 30000, harbor 70000")
    }

    @Test(arguments: [true, false])
    func `a rule that blocks refuses the loan and is cited`(isTiered: Bool) async throws {
        let house = try Self.house(
            isTiered: isTiered, .loanShareMinimum, .share(try Share("30.01%")))
        let row = isTiered ? TieredHouse.row("L1") : LoanFile.row("L1", product: "orphan")
        for dryRun in [true, false] {
            #expect(
                await TieredHouse.faults(house, [row], dryRun: dryRun) == [
                    "L1 31 RULE-001 platform: 30% below 30.01% (rule the-rule of sample: the text, "
                        + "art. 1)"
                ])
        }
        #expect(house.store.world.loans.isEmpty)
    }

    @Test(arguments: [true, false])
    func `a rule that warns is told and kept, and the loan is lent`(isTiered: Bool) async throws {
        let house = try Self.house(
            isTiered: isTiered, .allInCostMaximum, .rate(try AnnualRate(percent: "11.99")), .warn)
        let row = TieredHouse.row("L1")
        let summary = try await house.loanImport.run(LoanFile.table([row]))
        #expect(summary.imported == 1)
        // Instalments that are rounded up make it a little more than 12 %.
        let told = summary.warnings.map(\.sentence)
        #expect(told.count == 1 && told.allSatisfy { $0.hasPrefix("L1: 12.") })
        #expect(
            told.allSatisfy {
                $0.hasSuffix("% above 11.99% (rule the-rule of sample: the text, art. 1)")
            })
        let kept = house.store.world.findings
        #expect(kept.map(\.subject) == ["loan L1"])
        #expect(kept.map(\.outcome) == ["warn"])
        let again = try await house.loanImport.run(LoanFile.table([row]))
        #expect(again.warnings.isEmpty)
    }

    private static func house(
        isTiered: Bool, _ measure: Measure, _ bound: RuleBound,
        _ outcome: ComplianceRule.Outcome = .block
    ) throws -> TestHouse {
        let rules = TieredHouse.rules(measure, bound, outcome)
        if isTiered {
            return try TieredHouse.house(
                TieredHouse.agreement(TieredHouse.tiers(), packs: ["sample"]), rules: rules)
        }
        let plain = Agreement(
            name: "plain", effectiveFrom: SampleLoan.date("2026-01-01"),
            currency: SampleLoan.dollars, products: ["orphan"],
            lenders: [
                LenderShare(party: TestTerms.platform, share: try Share("30%")),
                LenderShare(party: TestTerms.harbor, share: try Share("70%")),
            ], platform: TestTerms.platform, serviceFees: [], onRefusal: .decline,
            backdateDays: 5, settlement: SettlementTerms(lagDays: 1, calendar: "every-day"),
            rulePacks: ["sample"])
        return try TieredHouse.house(
            Versioned(plain, version: TestTerms.version(plain.canonicalTerms)), rules: rules)
    }
}
