import BusinessCalendar
import LendingRules
import Monetary
import TestSupport
import Testing

/// Losses shared by hand: loans in, what each layer pays and what is left out.
struct LossRunTests {
    struct Scenario: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let layers: [LossLayer]
        var chargeOffAt: Int?
        let loans: String
        let told: String
    }

    @Test(arguments: Self.layers + Self.covers + Self.proRata + Self.instalments + Self.chargeOffs)
    func `layers pay what a person computes`(scenario: Scenario) throws {
        let story = LossStory(
            terms: LossTerms(layers: scenario.layers, chargeOffAt: scenario.chargeOffAt))
        #expect(
            try story.told(scenario.loans)
                == scenario.told.split(separator: "\n").map(String.init))
    }

    static let layers = [
        Scenario(
            testDescription: "nobody pays before the trigger, and nobody twice after it",
            layers: [.first(at: 90)],
            loans: "A 89<88 harbor 700\nB 91<90 harbor 700\nC 90<89 harbor 0",
            told: ""),
        Scenario(
            testDescription: "every lender but the provider, in agreement order",
            layers: [.first(at: 90)],
            loans: "A 90<89 platform 300 harbor 500 meridian 200",
            told: """
                A first-loss: platform pays harbor 500
                A first-loss: platform pays meridian 200
                A leaves platform 300
                """),
        Scenario(
            testDescription: "a loan that jumps over the trigger reaches it",
            layers: [.first(at: 90)], loans: "A 95<0 harbor 700",
            told: "A first-loss: platform pays harbor 700"),
        Scenario(
            testDescription: "only named lenders, and four fifths rounded down once",
            layers: [.first(at: 90, lenders: ["harbor"], both: true, share: .parts(4, of: 5))],
            loans: "A 90<89 harbor 701+9 meridian 200",
            told: """
                A first-loss: platform pays harbor 560+8
                A leaves harbor 141+1
                A leaves meridian 200
                """),
        Scenario(
            testDescription: "a later layer takes of what is left, interest only where covered",
            layers: [
                .first(at: 90, share: .parts(1, of: 2)),
                .first("guarantee", by: "keystone", at: 90, both: true),
            ],
            loans: "A 90<89 harbor 701+12",
            told: """
                A first-loss: platform pays harbor 350
                A guarantee: keystone pays harbor 351+12
                """),
        Scenario(
            testDescription: "what was paid before is no loss any more",
            layers: [.first(at: 90, both: true)],
            loans: "A 90<89 harbor 700+12-450\nB 90<89 harbor 700+12-700+20\nC 90<89 harbor 5-9+9",
            told: """
                A first-loss: platform pays harbor 250+12
                """),
        Scenario(
            testDescription: "a layer that waits for a word",
            layers: [.first(on: .instruction)],
            loans: """
                A 200<199 harbor 700
                B 10<9 ask=first-loss harbor 700
                C 5<4 ask=first-loss harbor 0
                D 4<3 ask=other harbor 9
                """,
            told: """
                B first-loss: platform pays harbor 700
                C first-loss: platform pays harbor 0, nothing-lost
                """),
    ]

    static let covers = [
        Scenario(
            testDescription: "the most days past due first, then by loan; the rest goes on",
            layers: [
                .first(at: 90, cover: CoverTerms(kind: .reserve(amount: 1_000))),
                .first("guarantee", by: "keystone", at: 90, share: .parts(1, of: 2)),
            ],
            loans: "B 90<89 harbor 400\nA 90<89 harbor 300\nC 92<89 harbor 500",
            told: """
                C first-loss: platform pays harbor 500
                A first-loss: platform pays harbor 300
                B first-loss: platform pays harbor 200 of 400, exhausted
                B guarantee: keystone pays harbor 100
                B leaves harbor 100
                harbor-70-30/first-loss has 0 of 1000
                """),
        Scenario(
            testDescription: "the covers of tranches, from the bottom up",
            layers: [
                .first("deal/equity", at: 90, cover: CoverTerms(kind: .reserve(amount: 100))),
                .first(
                    "deal/mezzanine", by: "keystone", at: 90,
                    cover: CoverTerms(kind: .reserve(amount: 250))),
            ],
            loans: "A 90<89 harbor 80 meridian 60\nB 90<89 harbor 300",
            told: """
                A deal/equity: platform pays harbor 80
                A deal/equity: platform pays meridian 20 of 60, exhausted
                A deal/mezzanine: keystone pays meridian 40
                B deal/equity: platform pays harbor 0 of 300, exhausted
                B deal/mezzanine: keystone pays harbor 210 of 300, exhausted
                B leaves harbor 90
                harbor-70-30/deal/equity has 0 of 100
                harbor-70-30/deal/mezzanine has 0 of 250
                """),
        Scenario(
            testDescription: "one cover for each lender and principal before interest",
            layers: [
                .first(
                    at: 90, both: true,
                    cover: CoverTerms(kind: .reserve(amount: 500), span: .partner))
            ],
            loans: "A 90<89 harbor 490+20 meridian 200+7",
            told: """
                A first-loss: platform pays harbor 490+10 of 490+20, exhausted
                A first-loss: platform pays meridian 200+7
                A leaves harbor 0+10
                harbor-70-30/first-loss/harbor has 0 of 500
                harbor-70-30/first-loss/meridian has 293 of 500
                """),
        Scenario(
            testDescription: "a loan that is past due too long, and nothing of the cover is used",
            layers: [
                .first(
                    on: .chargeOff,
                    cover: CoverTerms(kind: .reserve(amount: 500), latestDaysPastDue: 120))
            ],
            loans: "A 121<120 written-off harbor 90\nB 120<119 written-off harbor 90",
            told: """
                A first-loss: platform pays harbor 0 of 90, too-late
                B first-loss: platform pays harbor 90
                A is written off
                B is written off
                A leaves harbor 90
                harbor-70-30/first-loss has 410 of 500
                """),
        Scenario(
            testDescription: "a cover pays on its last date",
            layers: [
                .first(
                    at: 90,
                    cover: CoverTerms(
                        kind: .reserve(amount: 500), expiresOn: SampleDates.june))
            ],
            loans: "A 90<89 harbor 90",
            told: """
                A first-loss: platform pays harbor 90
                harbor-70-30/first-loss has 410 of 500
                """),
        Scenario(
            testDescription: "a cover pays nothing after it",
            layers: [
                .first(
                    at: 90,
                    cover: CoverTerms(
                        kind: .reserve(amount: 500), expiresOn: SampleDates.loan))
            ],
            loans: "A 90<89 harbor 90",
            told: """
                A first-loss: platform pays harbor 0 of 90, expired
                A leaves harbor 90
                """),
    ]

    private static func proRata(_ amount: Int64, latest: Int? = nil) -> LossLayer {
        .first(
            at: 90,
            cover: CoverTerms(
                kind: .reserve(amount: amount), latestDaysPastDue: latest, allocation: .proRata))
    }

    static let proRata = [
        Scenario(
            testDescription: "in proportion; equal remainders go by days past due, then by loan",
            layers: [
                proRata(1_000),
                .first("guarantee", by: "keystone", at: 90, share: .parts(1, of: 2)),
            ],
            loans: "B 90<89 harbor 700\nA 90<89 harbor 700\nC 95<89 harbor 100",
            told: """
                C first-loss: platform pays harbor 67 of 100, exhausted
                A first-loss: platform pays harbor 467 of 700, exhausted
                B first-loss: platform pays harbor 466 of 700, exhausted
                C guarantee: keystone pays harbor 16
                A guarantee: keystone pays harbor 116
                B guarantee: keystone pays harbor 117
                C leaves harbor 17
                A leaves harbor 117
                B leaves harbor 117
                harbor-70-30/first-loss has 0 of 1000
                """),
        Scenario(
            testDescription: "the largest remainders first: 71.4, 142.9 and 285.7",
            layers: [proRata(500)],
            loans: "A 90<89 harbor 100\nB 90<89 harbor 200\nC 90<89 harbor 400",
            told: """
                A first-loss: platform pays harbor 71 of 100, exhausted
                B first-loss: platform pays harbor 143 of 200, exhausted
                C first-loss: platform pays harbor 286 of 400, exhausted
                A leaves harbor 29
                B leaves harbor 57
                C leaves harbor 114
                harbor-70-30/first-loss has 0 of 500
                """),
        Scenario(
            testDescription: "everybody is paid while there is enough",
            layers: [proRata(1_000)],
            loans: "A 90<89 harbor 300 meridian 1\nB 90<89 harbor 400",
            told: """
                A first-loss: platform pays harbor 300
                A first-loss: platform pays meridian 1
                B first-loss: platform pays harbor 400
                harbor-70-30/first-loss has 299 of 1000
                """),
        Scenario(
            testDescription: "who is too late has no part in it",
            layers: [proRata(300, latest: 120)],
            loans: "A 121<89 harbor 500\nB 100<89 harbor 300\nC 100<89 harbor 300",
            told: """
                A first-loss: platform pays harbor 0 of 500, too-late
                B first-loss: platform pays harbor 150 of 300, exhausted
                C first-loss: platform pays harbor 150 of 300, exhausted
                A leaves harbor 500
                B leaves harbor 150
                C leaves harbor 150
                harbor-70-30/first-loss has 0 of 300
                """),
    ]

    static let instalments = [
        Scenario(
            testDescription: "each instalment on its own day, and no claim that is not there",
            layers: [.first(at: 30, way: .compensation(.instalment), both: true)],
            loans: """
                A 61<60 harbor 700+12 #1@61<60:40+3 #2@30<29:41+2
                B 35<0 harbor 60+12 #1@35<0:40+3 #2@5<0:41+2
                C 30<29 harbor 30 #1@30<29:40+3
                """,
            told: """
                A first-loss: platform pays harbor 41+2 #2:41+2
                B first-loss: platform pays harbor 40+3 #1:40+3
                C first-loss: platform pays harbor 30 #1:30
                A leaves harbor 659+10
                B leaves harbor 20+9
                """),
        Scenario(
            testDescription: "a cover that runs out pays the oldest first, the next layer the rest",
            layers: [
                .first(
                    at: 30, way: .compensation(.instalment),
                    cover: CoverTerms(kind: .reserve(amount: 60))),
                .first("guarantee", by: "keystone", at: 30, way: .compensation(.instalment)),
            ],
            loans: "A 61<0 harbor 700+12 #1@61<0:40+3 #2@30<0:41+2",
            told: """
                A first-loss: platform pays harbor 60 of 81 #1:19 #2:41, exhausted
                A guarantee: keystone pays harbor 21 #1:21
                A leaves harbor 619+12
                harbor-70-30/first-loss has 0 of 60
                """),
        Scenario(
            testDescription: "a word calls everything that is past due",
            layers: [.first(on: .instruction, way: .compensation(.instalment))],
            loans: "A 5<4 ask=first-loss harbor 700 #1@5<4:40 #2@0<0:41",
            told: """
                A first-loss: platform pays harbor 40 #1:40
                A leaves harbor 660
                """),
    ]

    static let chargeOffs = [
        Scenario(
            testDescription: "lenders who have lost less pay those who have lost more",
            layers: [.shared(["platform": 1, "harbor": 1], of: 2)],
            chargeOffAt: 180,
            loans: "A 180<179 platform 301+5 harbor 700+9\nB 179<178 platform 3 harbor 7",
            told: """
                A own-ratio: platform pays harbor 200
                A is written off
                A leaves platform 501+5
                A leaves harbor 500+9
                """),
        Scenario(
            testDescription: "after a cover, between three, with what was paid before",
            layers: [
                .first(
                    at: 180, lenders: ["harbor"], cover: CoverTerms(kind: .reserve(amount: 100))),
                .shared(["platform": 5, "harbor": 3, "meridian": 2], of: 10),
            ],
            chargeOffAt: 180,
            loans: "A 180<179 platform 50 harbor 700 meridian 250-50",
            told: """
                A first-loss: platform pays harbor 100 of 700, exhausted
                A own-ratio: platform pays harbor 345
                A own-ratio: platform pays meridian 30
                A is written off
                A leaves platform 425
                A leaves harbor 255
                A leaves meridian 170
                harbor-70-30/first-loss has 0 of 100
                """),
        Scenario(
            testDescription: "what they gave each other before counts for and against them",
            layers: [.shared(["platform": 1, "harbor": 1], of: 2)],
            loans: "A 9<8 written-off platform 300--200 harbor 700-200",
            told: """
                A is written off
                A leaves platform 500
                A leaves harbor 500
                """),
        Scenario(
            testDescription: "who has no part of the loan bears none of its loss",
            layers: [.shared(["platform": 5, "harbor": 3, "meridian": 2], of: 10)],
            loans: "A 9<8 written-off platform 300 harbor 500",
            told: """
                A own-ratio: platform pays harbor 200
                A is written off
                A leaves platform 500
                A leaves harbor 300
                """),
    ]

    @Test
    func `a loan that stands twice and amounts that do not fit are refused`() throws {
        let story = LossStory(terms: LossTerms(layers: [.first(at: 90)]))
        #expect(throws: LossError.repeated(LoanID("A"))) {
            try story.told("A 90<89 harbor 700\nA 91<90 harbor 700")
        }
        #expect(throws: LossError.amounts(LoanID("A"))) {
            try story.told("A 90<89 harbor \(Int64.max) meridian 1")
        }
    }

    @Test(arguments: [
        (CoverTerms.Span.pool, ""), (.partner, "/harbor"), (.vintageYear, "/2026"),
        (.vintageQuarter, "/2026-Q1"), (.vintageMonth, "/2026-02"), (.year, "/2026"),
        (.quarter, "/2026-Q2"), (.month, "/2026-06"),
    ])
    func `a cover is named after what shares it`(span: CoverTerms.Span, key: String) throws {
        let layer = LossLayer.first(
            at: 90, cover: CoverTerms(kind: .reserve(amount: 1_000), span: span))
        let story = LossStory(terms: LossTerms(layers: [layer]))
        #expect(
            try story.told("A 90<89 harbor 700") == [
                "A first-loss: platform pays harbor 700",
                "harbor-70-30/first-loss\(key) has 300 of 1000",
            ])
        let entry = try story.loan("A 90<89 harbor 700 platform 300")
        let own = CoverID(
            agreement: LossStory.agreement, layer: "first-loss", key: String(key.dropFirst()))
        #expect(entry.covers(on: story.date).contains(own))
    }

    @Test
    func `a cover goes on from where it stood`() throws {
        let kind = CoverTerms.Kind.frozenSet(percent: .parts(5, of: 100), setLimit: 40_000)
        var story = LossStory(
            terms: LossTerms(layers: [.first(at: 90, cover: CoverTerms(kind: kind))]))
        let id = CoverID(agreement: LossStory.agreement, layer: "first-loss")
        story.covers[id] = CoverAccount(
            kind, figures: CoverFigures(disbursed: 20_000, invoked: 400))
        #expect(
            try story.told("A 90<89 harbor 700") == [
                "A first-loss: platform pays harbor 600 of 700, exhausted",
                "A leaves harbor 100", "harbor-70-30/first-loss has 0 of 2000",
            ])
    }
}
