import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

/// A loan of which nothing is ever paid, by hand: what becomes of it, and who bears it.
struct TotalLossTests {
    struct Scenario: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let layers: [LossLayer]
        var chargeOffAt: Int?
        let told: String
    }

    /// 1,000.00 in two instalments of 500.00 due on 1 February and 1 March; harbor lends 70 %.
    @Test(arguments: [
        Scenario(
            testDescription: "without layers each lender bears its own", layers: [],
            told: """
                platform 30000 + 0
                harbor 70000 + 0
                """),
        Scenario(
            testDescription: "a cover of a set of which only the loan was lent",
            layers: [
                .first(
                    by: "keystone",
                    cover: CoverTerms(
                        kind: .frozenSet(percent: .parts(5, of: 100), setLimit: 40_000_000)))
            ],
            told: """
                2026-05-02 90: first-loss keystone > platform 5000 of 30000
                2026-05-02 90: first-loss keystone > harbor 0 of 70000
                platform 25000 + 0
                harbor 70000 + 0
                keystone 0 + 5000
                """),
        Scenario(
            testDescription: "each instalment on its own day, and the rest at the charge-off",
            layers: [
                .first(at: 10, lenders: ["harbor"], way: .compensation(.instalment)),
                .shared(["platform": 9, "harbor": 1], of: 10),
            ], chargeOffAt: 35,
            told: """
                2026-02-11 10: first-loss platform > harbor 35000 of 35000
                2026-03-08 35: own-ratio platform > harbor 28500
                platform 58500 + 35000
                harbor 6500 + 0
                """),
        Scenario(
            testDescription: "a reserve is full again for the second instalment, on 1 March",
            layers: [
                .first(
                    at: 10, lenders: ["harbor"], way: .compensation(.instalment),
                    cover: CoverTerms(
                        kind: .reserve(
                            amount: 40_000, replenishes: false, topUp: CoverTopUp(every: .month))))
            ],
            told: """
                2026-02-11 10: first-loss platform > harbor 35000 of 35000
                2026-03-11 38: first-loss platform > harbor 35000 of 35000
                platform 30000 + 70000
                harbor 0 + 0
                """),
        Scenario(
            testDescription: "a reserve that waits for 1 April has 50.00 left",
            layers: [
                .first(
                    at: 10, lenders: ["harbor"], way: .compensation(.instalment),
                    cover: CoverTerms(
                        kind: .reserve(
                            amount: 40_000, replenishes: false,
                            topUp: CoverTopUp(every: .quarter))))
            ],
            told: """
                2026-02-11 10: first-loss platform > harbor 35000 of 35000
                2026-03-11 38: first-loss platform > harbor 5000 of 35000
                platform 30000 + 40000
                harbor 30000 + 0
                """),
        Scenario(
            testDescription: "two draws in one month find it filled up once, on the first",
            layers: [
                .first(
                    at: 60, lenders: ["harbor"], way: .compensation(.instalment),
                    cover: CoverTerms(
                        kind: .reserve(
                            amount: 40_000, replenishes: false, topUp: CoverTopUp(every: .month))))
            ],
            told: """
                2026-04-02 60: first-loss platform > harbor 35000 of 35000
                2026-04-30 88: first-loss platform > harbor 5000 of 35000
                platform 30000 + 40000
                harbor 30000 + 0
                """),
        Scenario(
            testDescription: "an instruction comes between, an invocation is not paid twice",
            layers: [
                .first(at: 10, lenders: ["harbor"], share: .parts(1, of: 2)),
                .first("guarantee", by: "keystone", on: .instruction, way: .compensation(.loan)),
                .first("last", by: "keystone", on: .chargeOff),
            ],
            told: """
                2026-02-11 10: first-loss platform > harbor 35000 of 35000
                2026-02-11 10!: guarantee keystone > platform 30000 of 30000
                2026-02-11 10!: guarantee keystone > harbor 35000 of 35000
                platform 0 + 35000
                harbor 0 + 0
                keystone 0 + 65000
                """),
    ])
    func `who bears a total loss is what a person computes`(scenario: Scenario) throws {
        let loss = try loss(
            LossTerms(layers: scenario.layers, chargeOffAt: scenario.chargeOffAt))
        #expect(loss.told == scenario.told.split(separator: "\n").map(String.init))
    }

    @Test
    func `burdens make the principal whatever the layers are`() throws {
        try Property.check(2_000) { random in
            let terms = RandomLoss.terms(using: &random)
            let loss = try loss(terms, principal: random.magnitude(digits: 9))
            try hold(
                loss.burdens.reduce(0) { $0 + $1.amount } == loss.amount,
                "\(loss.told) do not make \(loss.amount)")
            try hold(loss.burdens.allSatisfy { $0.asLender >= 0 }, "\(loss.told)")
            try hold(
                (terms.chargeOffAt != nil)
                    == (loss.stages.last.map {
                        $0.daysPastDue == terms.chargeOffAt && !$0.outcome.chargeOffs.isEmpty
                    } ?? false) || terms.layers.contains { $0.trigger == .chargeOff },
                "written off otherwise: \(loss.told)")
        }
    }

    private func loss(_ terms: LossTerms, principal: Int64 = 100_000) throws -> TotalLoss {
        let agreement = Agreement(
            name: "harbor-70-30", effectiveFrom: SampleLoan.date("2026-01-01"),
            currency: SampleLoan.dollars, products: [],
            lenders: [
                LenderShare(party: SampleLoan.platform, share: .parts(3, of: 10)),
                LenderShare(party: PartyID("harbor"), share: .parts(7, of: 10)),
            ], platform: SampleLoan.platform, serviceFees: [], onRefusal: .decline,
            backdateDays: 0, settlement: SettlementTerms(lagDays: 1, calendar: "US"), loss: terms)
        return try TotalLoss(
            of: LoanID("A"), under: agreement, plan: agreement.split(principal: principal),
            disbursedOn: SampleLoan.date("2026-01-01"),
            instalments: [
                instalment(1, "2026-02-01", principal / 2, of: principal),
                instalment(2, "2026-03-01", principal - principal / 2, of: principal),
            ])
    }

    private func instalment(
        _ number: Int, _ dueOn: String, _ principal: Int64, of whole: Int64
    ) -> Instalment {
        Instalment(
            number: number, startsOn: SampleLoan.date("2026-01-01"),
            dueOn: SampleLoan.date(dueOn), principal: principal, interest: 0,
            openingBalance: whole, fraction: YearFraction(1, over: 12), rate: AnnualRate(units: 0))
    }
}

extension TotalLoss {
    fileprivate var told: [String] {
        stages.flatMap { stage -> [String] in
            let when = "\(stage.date) \(stage.daysPastDue)\(stage.isInstructed ? "!" : ""): "
            return stage.outcome.draws.map {
                "\(when)\($0.layer) \($0.provider) > \($0.lender) \($0.taken.told) of "
                    + $0.asked.told
            }
                + stage.outcome.transfers.map {
                    "\(when)\($0.layer) \($0.from) > \($0.to) \($0.amount)"
                }
        } + burdens.map { "\($0.party) \($0.asLender) + \($0.asProvider)" }
    }
}
