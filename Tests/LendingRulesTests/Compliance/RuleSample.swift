import BusinessCalendar
import LendingRules
import Monetary
import Testing

/// A rule, a subject and what the one finds of the other.
struct RuleCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let rule: ComplianceRule
    let subject: RuleSubject
    let finds: [String]

    init(
        _ name: String, _ measure: Measure, _ bound: RuleBound,
        of binding: ComplianceRule.Binding = .each, _ subject: RuleSubject, finds: String...
    ) {
        self.init(name, measure, bound, of: binding, subject, all: finds)
    }

    init(
        _ name: String, _ measure: Measure, _ bound: RuleBound,
        of binding: ComplianceRule.Binding = .each, _ subject: RuleSubject, all finds: [String]
    ) {
        testDescription = "\(measure.rawValue): \(name)"
        rule = RuleSample.rule(measure, bound, of: binding)
        self.subject = subject
        self.finds = finds
    }

    /// With the name of what each finding is about.
    var found: [String] {
        RuleSample.pack([rule]).findings(rule, subject).map { finding in
            "\(finding.about.map { "\($0): " } ?? "")\(finding.comparison)"
        }
    }
}

enum RuleSample {
    static let date = BusinessDate(year: 2026, month: 3, day: 1)!
    static let currency = Currency(code: "USD")!

    static func rule(
        _ measure: Measure, _ bound: RuleBound = .none,
        of binding: ComplianceRule.Binding = .each, article: String? = "art. 1",
        from: BusinessDate = BusinessDate(year: 2022, month: 1, day: 1)!,
        until: BusinessDate? = nil, at moments: Set<RuleMoment>? = nil,
        _ outcome: ComplianceRule.Outcome = .block
    ) -> ComplianceRule {
        ComplianceRule(
            name: "the-rule", source: "the text", article: article, effectiveFrom: from,
            effectiveUntil: until, moments: moments ?? measure.moments, outcome: outcome,
            measure: measure, binding: binding, bound: bound)
    }

    static func pack(_ rules: [ComplianceRule]) -> RulePack {
        RulePack(name: "the-pack", title: "A pack", rules: rules)
    }

    static func percent(_ text: String) -> Share {
        guard let share = try? Share(text) else { preconditionFailure("\(text) is a share") }
        return share
    }

    static func bank(
        _ name: String = "harbor", regions: Set<String> = [], listedFrom: BusinessDate? = nil,
        figures: [PartyFacts.Figure] = []
    ) -> PartyFacts {
        PartyFacts(
            party: PartyID(name), kind: .bank, homeRegions: regions, listedFrom: listedFrom,
            figures: figures)
    }

    static let platform = PartyFacts(party: PartyID("platform"), kind: .platform)

    static func agreement(
        _ platformShare: String, _ bankShare: String, bank: PartyFacts = bank(),
        largest: Int64 = 0, pricing: Pricing.Name = .borrowerRate,
        disbursement: DisbursementWay.Name = .reimburse, transferDays: Int? = nil,
        onRefusal: RefusalRule = .platform, acceptsParts: Bool = false
    ) -> RuleSubject {
        .agreement(
            AgreementSubject(
                effectiveFrom: date, currency: currency,
                lenders: [
                    .init(platform, share: percent(platformShare)),
                    .init(bank, share: percent(bankShare)),
                ], largest: [.init(product: "loan", principal: largest)], pricing: pricing,
                disbursement: disbursement, transferDays: transferDays, onRefusal: onRefusal,
                acceptsParts: acceptsParts))
    }

    static func loan(
        _ platformPart: Int64, _ bankPart: Int64, bank: PartyFacts = bank(), line: Int64? = nil,
        region: String? = nil, cost: String? = nil, outside: Int64 = 0
    ) -> RuleSubject {
        let lenders = [(platform, platformPart), (bank, bankPart)].filter { $0.1 > 0 }
        return .loan(
            LoanSubject(
                bookedOn: date, currency: currency, packs: ["the-pack"], product: "loan",
                principal: platformPart + bankPart, totalLine: line,
                lenders: lenders.map { .init($0.0, amount: $0.1) }, region: region,
                allInCost: cost.map(rate), feesOutside: outside))
    }

    /// A loan of a hundred under terms of some kind.
    struct Way {
        var pricing = Pricing.Name.borrowerRate
        var disbursement = DisbursementWay.Name.reimburse
        var transferDays: Int?
    }

    static func way(_ way: Way) -> RuleSubject {
        .loan(
            LoanSubject(
                bookedOn: date, currency: currency, packs: ["the-pack"], product: "loan",
                principal: 100, lenders: [.init(platform, amount: 100)], pricing: way.pricing,
                disbursement: way.disbursement, transferDays: way.transferDays))
    }

    static func rate(_ text: String) -> AnnualRate {
        guard let rate = try? AnnualRate(percent: text) else { preconditionFailure("\(text)") }
        return rate
    }

    static func book(_ outstanding: Int64, _ figures: [(PartyFacts.Figure.Name, Int64)])
        -> RuleSubject
    {
        let figures = figures.map { PartyFacts.Figure(name: $0.0, amount: $0.1, asOf: date) }
        return .book(
            BookSubject(
                date: date, currency: currency, bank: bank(figures: figures),
                outstanding: outstanding))
    }

    static func claim(_ days: Int, _ assetClass: AssetClass, apart: Int = 0) -> RuleSubject {
        .claim(
            ClaimSubject(
                date: date, daysPastDue: days, assetClass: assetClass, daysApart: apart))
    }

    static func cover(
        set: Int64 = 40_00, disbursed: Int64 = 0, outstanding: Int64 = 0, cover: Int64 = 0,
        invokedAt: Int? = nil, reinstated: Int64 = 0
    ) -> RuleSubject {
        .cover(
            CoverSubject(
                date: date, currency: currency, set: set, disbursed: disbursed,
                outstanding: outstanding, cover: cover, invokedAt: invokedAt,
                reinstated: reinstated))
    }
}
