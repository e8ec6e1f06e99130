import BusinessCalendar
import LendingRules
import Monetary
import Testing

struct RuleBookTests {
    private let floor = RuleBound.share(RuleSample.percent("30%"))

    @Test(arguments: [
        ("2021-12-31", false), ("2022-01-01", true), ("2023-12-31", true), ("2024-01-01", false),
    ])
    func `a rule holds from its first date to its last`(date: String, holds: Bool) throws {
        let rule = RuleSample.rule(
            .loanShareMinimum, floor, until: BusinessDate(year: 2023, month: 12, day: 31))
        #expect(rule.holds(on: try #require(BusinessDate(date))) == holds)
    }

    @Test func `a loan is held to the packs of its agreement, at their moments alone`() throws {
        let named = RulePack(
            name: "b", title: "b",
            rules: [RuleSample.rule(.loanShareMinimum, floor, of: .platform, .warn)])
        let other = RulePack(
            name: "a", title: "a", rules: [RuleSample.rule(.loanShareMinimum, floor)])
        let elsewhere = RulePack(
            name: "c", title: "c",
            rules: [RuleSample.rule(.loanShareMinimum, floor, at: [.config])])
        let book = RuleBook(packs: [other, elsewhere, named], parties: [RuleSample.platform])
        let plan = SharePlan(shares: [
            PlannedShare(party: PartyID("platform"), amount: 29),
            PlannedShare(party: PartyID("harbor"), amount: 71),
        ])
        func findings(_ packs: [String]) throws -> [RuleFinding] {
            book.findings(
                for: LoanSubject(
                    plan: plan, under: try agreement(packs), product: "loan",
                    bookedOn: RuleSample.date, book: book))
        }
        #expect(try findings([]).isEmpty)
        #expect(try findings(["c"]).isEmpty)
        #expect(
            try findings(["b"]).map(\.description) == [
                "platform: 29% below 30% (rule the-rule of b: the text, art. 1)"
            ])
        #expect(try !findings(["b"]).blocks)
        #expect(try findings(["b", "a"]).map(\.pack) == ["a", "b"])
        #expect(try findings(["b", "a"]).blocks)
    }

    @Test func `an agreement is held to its packs when it takes effect`() throws {
        let rule = RuleSample.rule(
            .loanShareMinimum, floor, of: .platform, from: RuleSample.date.adding(days: 1))
        let later = RuleBook(packs: [RuleSample.pack([rule])], parties: [RuleSample.platform])
        #expect(later.findings(for: try agreement(["the-pack"]), products: []).isEmpty)
        let now = RuleSample.pack([RuleSample.rule(.loanShareMinimum, floor, of: .platform)])
        let book = RuleBook(packs: [now], parties: [RuleSample.platform])
        #expect(
            book.findings(for: try agreement(["the-pack"]), products: []).map(\.comparison)
                == ["29% below 30%"])
    }

    @Test func `a source without an article is cited alone`() {
        let rule = RuleSample.rule(.loanShareMinimum, floor, of: .platform, article: nil)
        let findings = RuleSample.pack([rule]).findings(rule, RuleSample.loan(29, 71))
        #expect(findings.map(\.citation) == ["the text"])
    }

    @Test func `of several figures the latest by a date counts`() {
        let figures = [1, 3].map { day in
            PartyFacts.Figure(
                name: .loanBook, amount: Int64(day),
                asOf: BusinessDate(year: 2026, month: 3, day: day)!)
        }
        let bank = RuleSample.bank(figures: figures)
        let amounts = (0...4).map {
            bank.amount(of: .loanBook, on: RuleSample.date.adding(days: $0 - 1))
        }
        #expect(amounts == [nil, 1, 1, 3, 3])
    }

    private func agreement(_ packs: [String]) throws -> Agreement {
        Agreement(
            name: "sample", effectiveFrom: RuleSample.date, currency: RuleSample.currency,
            products: ["loan"],
            lenders: [
                LenderShare(party: PartyID("platform"), share: RuleSample.percent("29%")),
                LenderShare(party: PartyID("harbor"), share: RuleSample.percent("71%")),
            ], platform: PartyID("platform"), serviceFees: [], onRefusal: .platform,
            backdateDays: 0,
            settlement: SettlementTerms(lagDays: 1, calendar: "US"), rulePacks: packs)
    }
}
