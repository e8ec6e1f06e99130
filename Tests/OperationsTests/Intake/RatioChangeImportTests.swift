import LendingRules
import Monetary
import Operations
import Reconciling
import TestSupport
import Testing

/// Ratio changes of the loan L1: of 1,000.00 the platform holds 300.00 and harbor 700.00.
struct RatioChangeImportTests {
    private static func line(_ rest: String, id: String = "F1", on date: String = "2026-02-10")
        -> String
    {
        FactImportTests.line(id, "ratio-change", rest, on: date)
    }

    private static func house(limit: Int64? = nil) async throws -> TestHouse {
        let terms = try TestTerms.catalogue()
        let limits = limit.map {
            let key = LimitKey(
                agreement: "", party: TestTerms.platform, span: .outstanding,
                currency: SampleLoan.dollars)
            return [Limit(key, amount: $0)]
        }
        let catalogue = Catalogue(
            platform: terms.platform, agreements: terms.agreements, products: terms.products,
            calendars: TestTerms.calendars, partners: terms.partners, partyLimits: limits ?? [])
        let house = try TestHouse(catalogue: catalogue)
        try await house.book(LoanFile.row("L1", firstDueOn: "2026-02-01"))
        _ = try await house.fund().run()
        house.store.write { $0.open = SampleLoan.date("2026-02-10") }
        return house
    }

    private func faults(_ house: TestHouse, _ lines: [String]) async throws -> [ImportFault] {
        do {
            _ = try await house.factImport.run(FactFile.table(lines))
            return []
        } catch let refused as ImportRefused {
            return refused.faults
        }
    }

    @Test(arguments: [
        ("actuals", RatioChange.Treatment.actuals), ("record", .record),
    ])
    func `a change is recorded with what it moves`(
        word: String, treatment: RatioChange.Treatment
    ) async throws {
        let house = try await Self.house()
        try await house.take(
            Self.line("treatment=\(word) shares=platform:1/2,harbor:50%"))
        let half = try Share("50%")
        #expect(
            house.facts(of: "L1")["F1"]?.kind
                == .ratioChange(
                    RatioChange(
                        parts: [
                            RatioChange.Part(party: TestTerms.platform, share: half),
                            RatioChange.Part(party: TestTerms.harbor, share: half),
                        ], treatment: treatment,
                        growth: [PlannedShare(party: TestTerms.platform, amount: 200_00)])))
    }

    @Test(arguments: [
        ("platform:50%,harbor:49.99%", "the shares make 99.99%, not 100%"),
        ("platform:50%,platform:50%", "platform stands twice"),
        (
            "platform:50%,summit:50%",
            "'summit' is no lender of loan L1, whose lenders are platform, harbor"
        ),
        ("platform:50%,harbor", "'harbor' is no party with a share such as harbor:80%"),
        ("platform:half,harbor:1/2", "'platform:half' is no party with a share such as harbor:80%"),
        ("", "'' is no party with a share such as harbor:80%"),
    ])
    func `shares that are not those of its lenders or not one whole are refused`(
        shares: String, sentence: String
    ) async throws {
        let house = try await Self.house()
        let found = try await faults(house, [Self.line("treatment=record shares=\(shares)")])
        #expect(found.map(\.what) == [sentence])
        #expect(found.map { "\($0.code) \($0.column)" } == ["FACT-014 61"])
        #expect(house.facts(of: "L1")["F1"] == nil)
    }

    @Test func `a treatment that nobody knows is refused`() async throws {
        let house = try await Self.house()
        let found = try await faults(
            house, [Self.line("treatment=fair shares=platform:50%,harbor:50%")])
        #expect(found.map(\.code) == ["FACT-004"])
    }

    @Test func `a change that moves nothing is refused`() async throws {
        let house = try await Self.house()
        let found = try await faults(
            house, [Self.line("treatment=record shares=platform:30%,harbor:70%")])
        #expect(found.map(\.code) == ["FACT-009"])
    }

    @Test func `a loan whose principal is written off has nothing to divide`() async throws {
        let house = try await Self.house()
        let off = FactImportTests.line("C1", "charge-off", "scope=full", on: "2026-02-10")
        try await house.take(off)
        let change = FactFile.line(
            "F1", "ratio-change", "treatment=actuals shares=platform:50%,harbor:50%",
            valueDate: "2026-02-10", at: "2026-02-10T11:00:00Z")
        let found = try await faults(house, [change])
        #expect(found.map(\.code) == ["FACT-008"])
        #expect(found.first?.what.contains("no principal left at the end of 2026-02-10") == true)
    }

    @Test func `a lender whose limit has no room takes nothing over`() async throws {
        let shares = "treatment=actuals shares=platform:50%,harbor:50%"
        let house = try await Self.house(limit: 499_99)
        let found = try await faults(house, [Self.line(shares)])
        #expect(
            found.map { "\($0.code): \($0.what)" } == [
                "FACT-013: platform's limit of 499.99 USD outstanding over all agreements has "
                    + "199.99 left, its share is 200.00"
            ])
        #expect(house.facts(of: "L1")["F1"] == nil)
        let wide = try await Self.house(limit: 500_00)
        #expect(try await faults(wide, [Self.line(shares)]).isEmpty)
    }

    /// Harbor hands 200.00 over; what has accrued to it stays.
    @Test func `its close posts it, tells both lenders and sends the plan again`() async throws {
        let house = try await Self.house()
        house.store.write { $0.open = SampleLoan.date("2026-01-01") }
        try await house.close(through: "2026-02-09")
        try await house.take(Self.line("treatment=actuals shares=platform:50%,harbor:50%"))
        try await house.close(through: "2026-02-12")
        let lines = house.store.world.factLines.filter { $0.kind == .transfer }.sorted()
        #expect(
            lines.map { "\($0.lender) \($0.components.total) \($0.price) \($0.postedOn)" } == [
                "harbor -20000 20000 2026-02-10", "platform 20000 0 2026-02-10",
            ])
        let files = house.store.world.testFiles(
            of: TestTerms.harbor, on: SampleLoan.date("2026-02-10"))
        let plan = files.first { $0.layout == .instalmentPlan }?.records ?? []
        #expect(plan.map { $0.key[1] } == ["1", "2", "3"])
        #expect(try await house.verify.run() == nil)
    }
}
