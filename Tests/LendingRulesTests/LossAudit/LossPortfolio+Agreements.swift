// Every kind of layer, trigger, cover and span, so small that covers run dry.

extension LossPortfolio {
    private static let (platform, harbor, meridian, summit) = (0, 1, 2, 3)
    private static let (keystone, lantern) = (5, 6)

    private static func percent(_ over: Int, of under: Int = 100) -> Plain.Part {
        Plain.Part(over: over, under: under)
    }

    /// The day on which what falls due on the 15th is so late: covers expire on it, and loans that
    /// are lent on a 15th ask for them.
    private static func lastDay(_ year: Int, _ month: Int, late: Int) -> Int {
        PlainDay.later(14, months: (year - 2026) * 12 + month - 1) + late
    }

    /// Agreements that each lend so many cents or so.
    static func agreements(lending cents: Int) -> [AgreementPaper] {
        [
            frozen(cents), outstanding(cents), reserves(cents), byInstalment(cents),
            tranches(cents), vintages(cents), quarters(cents), atChargeOff(cents),
        ]
    }

    private static func frozen(_ cents: Int) -> AgreementPaper {
        AgreementPaper(
            name: "frozen", lenders: [(platform, 30), (harbor, 70)],
            layers: [
                LayerPaper(
                    name: "first-loss", trigger: .daysPastDue(90), provider: platform,
                    lenders: [harbor],
                    cover: CoverPaper(kind: .frozenSet(percent(5), limit: cents / 2))),
                LayerPaper(
                    name: "own-ratio", trigger: .chargeOff,
                    own: [(platform, percent(1, of: 2)), (harbor, percent(1, of: 2))]),
            ], chargeOffAt: 180)
    }

    private static func outstanding(_ cents: Int) -> AgreementPaper {
        AgreementPaper(
            name: "outstanding", lenders: [(harbor, 45), (meridian, 33), (platform, 22)],
            layers: [
                LayerPaper(
                    name: "guarantee", trigger: .daysPastDue(60), provider: keystone,
                    lenders: [harbor, meridian], way: .claims, coversInterest: true,
                    cover: CoverPaper(kind: .outstanding(percent(6)), isDivided: true)),
                LayerPaper(
                    name: "last", trigger: .chargeOff, provider: platform, coversInterest: true,
                    share: percent(2, of: 3),
                    cover: CoverPaper(
                        kind: .reserve(cents / 90, replenishes: true), topUp: .quarterly)),
            ], chargeOffAt: 150)
    }

    private static func reserves(_ cents: Int) -> AgreementPaper {
        AgreementPaper(
            name: "reserves", lenders: [(harbor, 50), (meridian, 50)],
            layers: [
                LayerPaper(
                    name: "first", trigger: .daysPastDue(45), provider: keystone,
                    share: percent(80),
                    cover: CoverPaper(
                        kind: .reserve(cents / 60, replenishes: true), span: .partner,
                        topUp: .monthly, topUpLimit: cents / 90, latestDaysPastDue: 50,
                        isRestored: true)),
                LayerPaper(
                    name: "second", trigger: .daysPastDue(75), provider: lantern,
                    way: .claimsByInstalment, coversInterest: true,
                    cover: CoverPaper(
                        kind: .reserve(cents / 60, replenishes: false),
                        expiresOn: lastDay(2027, 8, late: 75))),
                LayerPaper(
                    name: "final", trigger: .chargeOff, provider: keystone, coversInterest: true,
                    share: percent(1, of: 4)),
                LayerPaper(
                    name: "own-ratio", trigger: .chargeOff,
                    own: [(harbor, percent(2, of: 5)), (meridian, percent(3, of: 5))]),
            ], chargeOffAt: 200)
    }

    private static func byInstalment(_ cents: Int) -> AgreementPaper {
        AgreementPaper(
            name: "instalments", lenders: [(platform, 10), (harbor, 60), (summit, 30)],
            layers: [
                LayerPaper(
                    name: "early", trigger: .daysPastDue(30), provider: keystone,
                    lenders: [harbor, summit], way: .claimsByInstalment, coversInterest: true,
                    share: percent(80),
                    cover: CoverPaper(
                        kind: .frozenSet(percent(3), limit: cents / 4), span: .vintageQuarter)),
                LayerPaper(
                    name: "whole", trigger: .daysPastDue(90), provider: platform,
                    lenders: [harbor, summit], way: .claims,
                    cover: CoverPaper(
                        kind: .reserve(cents / 120, replenishes: true), span: .partner,
                        topUp: .daily, topUpLimit: cents / 200)),
            ], chargeOffAt: 181)
    }

    private static func tranches(_ cents: Int) -> AgreementPaper {
        AgreementPaper(
            name: "tranches", lenders: [(harbor, 100)],
            layers: [
                LayerPaper(
                    name: "deal/equity", trigger: .daysPastDue(90), provider: platform,
                    cover: CoverPaper(
                        kind: .reserve(cents / 150, replenishes: false), span: .year,
                        topUp: .quarterly)),
                LayerPaper(
                    name: "deal/mezzanine", trigger: .daysPastDue(90), provider: keystone,
                    cover: CoverPaper(
                        kind: .reserve(cents / 150, replenishes: true), span: .year,
                        expiresOn: lastDay(2027, 5, late: 90))),
                LayerPaper(
                    name: "rest", trigger: .daysPastDue(120), provider: lantern,
                    coversInterest: true, share: percent(1, of: 3)),
            ], chargeOffAt: 180)
    }

    private static func vintages(_ cents: Int) -> AgreementPaper {
        AgreementPaper(
            name: "vintages", lenders: [(platform, 37), (meridian, 63)],
            layers: [
                LayerPaper(
                    name: "on-call", trigger: .instruction, provider: keystone, way: .claims,
                    cover: CoverPaper(
                        kind: .outstanding(percent(8)), span: .vintageYear,
                        latestDaysPastDue: 110)),
                LayerPaper(
                    name: "first-loss", trigger: .daysPastDue(31), provider: platform,
                    lenders: [meridian], share: percent(1, of: 2),
                    cover: CoverPaper(
                        kind: .frozenSet(percent(7), limit: cents / 6), span: .vintageMonth,
                        isRestored: true)),
            ], chargeOffAt: nil)
    }

    private static func quarters(_ cents: Int) -> AgreementPaper {
        AgreementPaper(
            name: "quarters", lenders: [(harbor, 34), (meridian, 33), (summit, 33)],
            layers: [
                LayerPaper(
                    name: "first", trigger: .daysPastDue(45), provider: summit, way: .claims,
                    coversInterest: true, share: percent(1, of: 3),
                    cover: CoverPaper(
                        kind: .reserve(cents / 250, replenishes: false), span: .quarter,
                        topUp: .monthly,
                        expiresOn: lastDay(2027, 9, late: 45))),
                LayerPaper(
                    name: "first-again", trigger: .daysPastDue(60), provider: lantern,
                    cover: CoverPaper(
                        kind: .reserve(cents / 700, replenishes: true), span: .month,
                        isDivided: true)),
                LayerPaper(
                    name: "own-ratio", trigger: .chargeOff,
                    own: [
                        (harbor, percent(20)), (meridian, percent(30)), (summit, percent(50)),
                    ]),
            ], chargeOffAt: 120)
    }

    private static func atChargeOff(_ cents: Int) -> AgreementPaper {
        AgreementPaper(
            name: "at-charge-off", lenders: [(meridian, 80), (platform, 20)],
            layers: [
                LayerPaper(
                    name: "called", trigger: .instruction, provider: lantern, lenders: [meridian],
                    way: .claimsByInstalment, coversInterest: true),
                LayerPaper(
                    name: "bought", trigger: .chargeOff, provider: keystone, lenders: [meridian],
                    way: .claims, coversInterest: true, share: percent(3, of: 4),
                    cover: CoverPaper(
                        kind: .frozenSet(percent(4), limit: cents), span: .partner,
                        latestDaysPastDue: 90)),
                LayerPaper(
                    name: "each", trigger: .chargeOff, provider: platform, lenders: [meridian],
                    cover: CoverPaper(kind: .outstanding(percent(2)), span: .partner)),
            ], chargeOffAt: 90)
    }
}
