import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

/// Rules, and parts that a bank has already, where it is found who lends a loan.
struct RuledFundingTests {
    private static let platform = SampleLoan.platform
    private static let harbor = PartyID("harbor")
    private static let summit = PartyID("summit")

    private static func book(_ rule: ComplianceRule) -> RuleBook {
        RuleBook(
            packs: [RuleSample.pack([rule])],
            parties: [
                PartyFacts(party: platform, kind: .platform),
                PartyFacts(party: harbor, kind: .bank, homeRegions: ["GD"]),
            ])
    }

    /// `platform 30.00 harbor 70.00` of a loan of 100.00, or its refusal.
    private static func told(
        _ slices: [FundingSlice], _ book: RuleBook, region: String = "ZJ",
        packs: [String] = ["the-pack"]
    ) throws -> String {
        let tier = FundingTier(name: "all", conditions: .any, slices: slices)
        let agreement = try SampleAgreement.tiered([tier], packs: packs)
        var run = FundingRun(limits: LimitUse(limits: [], used: [:]), book: book)
        do throws(FundingRefusal) {
            let loan = SampleAgreement.loan(100_00, region: region)
            return try run.fund(loan, by: agreement).shares
                .map { "\($0.party) \(AmountText.format($0.amount, decimals: 2))" }
                .joined(separator: " ")
        } catch {
            guard case .ruleBroken(let findings) = error else { return "\(error)" }
            return findings.map(\.description).joined(separator: "; ")
        }
    }

    private static let rest = FundingSlice(taker: .party(platform), part: .rest)

    @Test func `a waterfall passes over the bank that a rule forbids its part`() throws {
        let slices = [
            Self.rest,
            FundingSlice(
                taker: .waterfall([Self.harbor, Self.summit], .listed),
                part: .share(try Share("80%"))),
        ]
        let book = Self.book(RuleSample.rule(.homeRegion))
        #expect(try Self.told(slices, book) == "platform 20.00 summit 80.00")
        #expect(try Self.told(slices, book, region: "GD") == "platform 20.00 harbor 80.00")
        #expect(try Self.told(slices, book, packs: []) == "platform 20.00 harbor 80.00")
        let warning = Self.book(RuleSample.rule(.homeRegion, .none, .warn))
        #expect(try Self.told(slices, warning) == "platform 20.00 harbor 80.00")
    }

    @Test func `a rule about the loan as divided refuses it`() throws {
        let slices = [
            Self.rest,
            FundingSlice(taker: .party(Self.harbor), part: .share(try Share("70.01%"))),
        ]
        let floor = RuleSample.rule(
            .loanShareMinimum, .share(RuleSample.percent("30%")), of: .platform)
        #expect(
            try Self.told(slices, Self.book(floor))
                == "platform: 29.99% below 30% (rule the-rule of the-pack: the text, art. 1)")
        let later = RuleSample.rule(
            .loanShareMinimum, .share(RuleSample.percent("30%")), of: .platform,
            from: SampleAgreement.date.adding(days: 1))
        #expect(try Self.told(slices, Self.book(later)) == "platform 29.99 harbor 70.01")
    }

    @Test func `a bank that lends another part is no candidate of a route`() throws {
        let route = FundingRoute(
            name: "main",
            targets: [Self.harbor, Self.summit].map {
                FundingRoute.Target(party: $0, share: RuleSample.percent("50%"))
            })
        let slices = [
            FundingSlice(taker: .route(route), part: .share(try Share("50%"))),
            FundingSlice(taker: .party(Self.harbor), part: .rest),
        ]
        #expect(try Self.told(slices, .empty) == "harbor 50.00 summit 50.00")
    }
}
