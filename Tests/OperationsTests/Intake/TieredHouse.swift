import BusinessCalendar
import LendingRules
import Monetary
import Operations
import TestSupport

/// A house whose agreement `tiered` lends the product `orphan` by tiers.
enum TieredHouse {
    static let banks = [TestTerms.harbor, TestTerms.summit, TestTerms.meridian]

    /// The platform keeps what harbor or summit, half of the volume each, do not lend of 70 %.
    static func tiers(
        minimum: String? = nil, upTo most: Int64? = nil
    ) throws -> [FundingTier] {
        let half = try Share("50%")
        let route = FundingRoute(
            name: "main",
            targets: [TestTerms.harbor, TestTerms.summit].map {
                FundingRoute.Target(party: $0, share: half)
            })
        return [
            FundingTier(
                name: "all", conditions: FundingConditions(principal: most.map { 1...$0 }),
                slices: [
                    FundingSlice(
                        taker: .party(TestTerms.platform), part: .rest,
                        minimum: try minimum.map { .share(try Share($0)) }),
                    FundingSlice(
                        taker: .route(route), part: .share(try Share("70%"))),
                ])
        ]
    }

    static func agreement(
        _ tiers: [FundingTier], pricing: Pricing = .borrowerRate,
        rates: [PartyID: String] = [:], computations: [PartyID: LenderComputation] = [:],
        onRefusal: RefusalRule = .platform, fallback: [PartyID] = [], acceptsParts: Bool = false,
        residueHolder: PartyID? = nil, serviceFees: [ServiceFee] = [], packs: [String] = [],
        products: [String] = ["orphan"]
    ) throws -> Versioned<Agreement> {
        let none = try Share(0, of: 1)
        let agreement = Agreement(
            name: "tiered", effectiveFrom: SampleLoan.date("2026-01-01"),
            currency: SampleLoan.dollars, products: products,
            lenders: try ([TestTerms.platform] + banks).map {
                LenderShare(
                    party: $0, share: none,
                    rate: try rates[$0].map { try AnnualRate(percent: $0) },
                    computation: computations[$0] ?? .scale)
            }, platform: TestTerms.platform, serviceFees: serviceFees, onRefusal: onRefusal,
            backdateDays: 30, settlement: SettlementTerms(lagDays: 1, calendar: "every-day"),
            fallback: fallback, acceptsParts: acceptsParts, pricing: pricing,
            residueHolder: residueHolder, tiers: tiers, rulePacks: packs)
        return Versioned(agreement, version: TestTerms.version(agreement.canonicalTerms))
    }

    static func house(
        _ agreement: Versioned<Agreement>, limits: [(PartyID, Int64)] = [],
        rules: RuleBook = .empty
    ) throws -> TestHouse {
        let base = try TestTerms.catalogue(agreements: [agreement])
        return try TestHouse(
            catalogue: Catalogue(
                platform: base.platform, agreements: base.agreements, products: base.products,
                calendars: TestTerms.calendars, partners: banks.map { TestTerms.partner($0) },
                partyLimits: limits.map {
                    Limit(
                        LimitKey(
                            agreement: "", party: $0.0, span: .day,
                            currency: SampleLoan.dollars), amount: $0.1)
                }, rules: rules))
    }

    static func row(
        _ id: String, _ principal: String = "1000.00", rate: String = "12"
    ) -> [String] {
        LoanFile.row(id, product: "orphan", principal: principal, rate: rate)
    }

    /// A pack `sample` of one rule, with harbor at home in the south.
    static func rules(
        _ measure: Measure, _ bound: RuleBound = .none,
        _ outcome: ComplianceRule.Outcome = .block
    ) -> RuleBook {
        let rule = ComplianceRule(
            name: "the-rule", source: "the text", article: "art. 1",
            effectiveFrom: SampleLoan.date("2026-01-01"), moments: [.allocation],
            outcome: outcome, measure: measure, bound: bound)
        return RuleBook(
            packs: [RulePack(name: "sample", title: "Sample", rules: [rule])],
            parties: [
                PartyFacts(party: TestTerms.platform, kind: .platform),
                PartyFacts(party: TestTerms.harbor, kind: .bank, homeRegions: ["south"]),
            ])
    }

    /// Codes and words of what an import refuses.
    static func faults(_ house: TestHouse, _ rows: [[String]], dryRun: Bool = false) async
        -> [String]
    {
        do {
            _ = try await house.loanImport.run(LoanFile.table(rows), dryRun: dryRun)
            return []
        } catch {
            let faults = (error as? ImportRefused)?.faults ?? []
            return faults.map { "\($0.record) \($0.column) \($0.code) \($0.what)" }
        }
    }
}
