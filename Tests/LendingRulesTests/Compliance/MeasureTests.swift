import BusinessCalendar
import LendingRules
import Testing

struct MeasureTests {
    private typealias Sample = RuleSample

    @Test(arguments: MeasureTests.loans + MeasureTests.agreements + MeasureTests.closes)
    func `a measure finds what is beyond its bound, exactly`(_ golden: RuleCase) {
        #expect(golden.found == golden.finds)
    }

    @Test func `every measure has a case that finds something and one that finds nothing`() {
        let all = MeasureTests.loans + MeasureTests.agreements + MeasureTests.closes
        for measure in Measure.allCases {
            for kind in measure.subjects {
                let cases = all.filter { $0.rule.measure == measure && $0.subject.kind == kind }
                #expect(cases.contains { $0.finds.isEmpty }, "\(measure) of \(kind) keeps")
                #expect(cases.contains { !$0.finds.isEmpty }, "\(measure) of \(kind) breaks")
            }
        }
    }

    private static let thirty = RuleBound.share(Sample.percent("30%"))
    private static let ten = RuleBound.share(Sample.percent("10%"))
    private static let five = RuleBound.share(Sample.percent("5%"))

    static let loans: [RuleCase] =
        [
            .init("at it", .loanShareMinimum, thirty, of: .platform, Sample.loan(300_00, 700_00)),
            .init(
                "a cent's rounding", .loanShareMinimum, thirty, of: .platform,
                Sample.loan(3_00, 7_01)),
            .init(
                "a cent too little", .loanShareMinimum, thirty, of: .platform,
                Sample.loan(299_99, 700_01), finds: "platform: 29.999% below 30%"),
            .init(
                "no percentage", .loanShareMinimum, thirty, of: .platform, Sample.loan(2_99, 7_02),
                finds: "platform: 2.99 of 10.01 below 30%"),
            .init(
                "the platform lends nothing", .loanShareMinimum, thirty, of: .platform,
                Sample.loan(0, 700_00), finds: "0% below 30%"),
            .init(
                "the bank is not meant", .loanShareMinimum, thirty, of: .platform, Sample.loan(9, 1)
            ),
            .init(
                "the bank is meant", .loanShareMinimum, ten, of: .bank, Sample.loan(91, 9),
                finds: "harbor: 9% below 10%"),
            .init(
                "each is meant", .loanShareMinimum, ten, Sample.loan(5_00, 95_00),
                finds: "platform: 5% below 10%"),
            .init("at five", .retentionMinimum, five, Sample.loan(5_00, 95_00)),
            .init(
                "below five", .retentionMinimum, five, Sample.loan(4_99, 95_01),
                finds: "platform: 4.99% below 5%"),
            .init(
                "nationwide", .homeRegion, .none, Sample.loan(30, 70, region: "CN-11")),
            .init(
                "at home", .homeRegion, .none,
                Sample.loan(30, 70, bank: Sample.bank(regions: ["CN-33"]), region: "CN-33")),
            .init(
                "abroad", .homeRegion, .none,
                Sample.loan(
                    30, 70, bank: Sample.bank(regions: ["CN-33", "CN-32"]), region: "CN-11"),
                finds: "harbor: CN-11, not CN-32 or CN-33"),
            .init(
                "nobody knows where", .homeRegion, .none,
                Sample.loan(30, 70, bank: Sample.bank(regions: ["CN-33"])),
                finds: "harbor: region unknown, not CN-33"),
            .init("at it", .principalMaximum, .amount(200_00), Sample.loan(60_00, 140_00)),
            .init(
                "a cent above", .principalMaximum, .amount(200_00), Sample.loan(60_00, 140_01),
                finds: "200.01 above 200.00"),
            .init(
                "the line is larger", .principalMaximum, .amount(200_00),
                Sample.loan(30_00, 70_00, line: 300_00), finds: "300.00 above 200.00"),
            .init(
                "from today", .listedPartner, .none,
                Sample.loan(30, 70, bank: Sample.bank(listedFrom: Sample.date))),
            .init(
                "from tomorrow", .listedPartner, .none,
                Sample.loan(30, 70, bank: Sample.bank(listedFrom: Sample.date.adding(days: 1))),
                finds: "harbor: listed from 2026-03-02, not listed by 2026-03-01"),
            .init(
                "never", .listedPartner, .none, Sample.loan(30, 70),
                finds: "harbor: unlisted, not listed by 2026-03-01"),
            .init("nothing outside", .feesInAllInCost, .none, Sample.loan(30, 70)),
            .init(
                "a cent outside", .feesInAllInCost, .none, Sample.loan(30, 70, outside: 1),
                finds: "0.01 above 0.00"),
            .init(
                "at it", .allInCostMaximum, .rate(Sample.rate("24")),
                Sample.loan(1, 1, cost: "24")),
            .init(
                "a millionth above", .allInCostMaximum, .rate(Sample.rate("24")),
                Sample.loan(1, 1, cost: "24.000001"), finds: "24.000001% above 24%"),
            .init(
                "beyond telling", .allInCostMaximum, .rate(Sample.rate("24")), Sample.loan(1, 1),
                finds: "cost unknown, not 24%"),
        ] + ways.map { RuleCase($0.0, $0.1, $0.2, Sample.way($0.3), all: $0.4) }

    /// What is a loan's because it is its agreement's.
    private static let ways: [(String, Measure, RuleBound, RuleSample.Way, [String])] = [
        ("fifteen", .transferDays, .days(15), .init(transferDays: 15), []),
        ("sixteen", .transferDays, .days(15), .init(transferDays: 16), ["16 days above 15 days"]),
        ("blended", .pricingWay, .words(["blended"]), .init(pricing: .blended), []),
        (
            "own rates", .pricingWay, .words(["blended"]), .init(pricing: .ownRates),
            ["own-rates, not blended"]
        ),
        ("escrow", .disbursementWay, .words(["escrow"]), .init(disbursement: .escrow), []),
        (
            "direct", .disbursementWay, .words(["escrow"]), .init(disbursement: .direct),
            ["direct, not escrow"]
        ),
    ]

    static let agreements: [RuleCase] = [
        .init("at it", .loanShareMinimum, thirty, of: .platform, Sample.agreement("30%", "70%")),
        .init(
            "below", .loanShareMinimum, thirty, of: .platform,
            Sample.agreement("29.99%", "70.01%"), finds: "platform: 29.99% below 30%"),
        .init(
            "thirds", .loanShareMinimum, .share(Sample.percent("34%")), of: .platform,
            Sample.agreement("1/3", "2/3"), finds: "platform: 1/3 below 34%"),
        .init("at five", .retentionMinimum, five, Sample.agreement("5%", "95%")),
        .init(
            "below five", .retentionMinimum, five, Sample.agreement("4.99999999%", "95.00000001%"),
            finds: "platform: 4.99999999% below 5%"),
        .init(
            "at it", .principalMaximum, .amount(200_00),
            Sample.agreement("30%", "70%", largest: 200_00)),
        .init(
            "above", .principalMaximum, .amount(200_00),
            Sample.agreement("30%", "70%", largest: 200_01), finds: "loan: 200.01 above 200.00"),
        .init(
            "listed", .listedPartner, .none,
            Sample.agreement("30%", "70%", bank: Sample.bank(listedFrom: Sample.date))),
        .init(
            "unlisted", .listedPartner, .none, Sample.agreement("30%", "70%"),
            finds: "harbor: unlisted, not listed by 2026-03-01"),
        .init("none", .transferDays, .days(15), Sample.agreement("30%", "70%")),
        .init(
            "sixteen", .transferDays, .days(15), Sample.agreement("30%", "70%", transferDays: 16),
            finds: "16 days above 15 days"),
        .init(
            "blended", .pricingWay, .words(["blended"]),
            Sample.agreement("30%", "70%", pricing: .blended)),
        .init(
            "borrower's", .pricingWay, .words(["blended"]), Sample.agreement("30%", "70%"),
            finds: "borrower-rate, not blended"),
        .init(
            "escrow", .disbursementWay, .words(["escrow", "direct"]),
            Sample.agreement("30%", "70%", disbursement: .escrow)),
        .init(
            "reimburse", .disbursementWay, .words(["escrow", "direct"]),
            Sample.agreement("30%", "70%"), finds: "reimburse, not escrow or direct"),
        .init("none", .noVeto, .none, Sample.agreement("30%", "70%")),
        .init(
            "both", .noVeto, .none,
            Sample.agreement("30%", "70%", onRefusal: .decline, acceptsParts: true),
            finds: "onRefusal: decline, not platform", "partialAcceptance: true, not false"),
    ]

    static let closes: [RuleCase] = [
        .init(
            "a quarter", .partnerShareOfCapital, .share(Sample.percent("25%")),
            Sample.book(250_00, [(.netTier1Capital, 1_000_00)])),
        .init(
            "a cent more", .partnerShareOfCapital, .share(Sample.percent("25%")),
            Sample.book(250_01, [(.netTier1Capital, 1_000_00)]),
            finds: "harbor: 25.001% above 25%"),
        .init(
            "no capital told", .partnerShareOfCapital, .share(Sample.percent("25%")),
            Sample.book(1, []), finds: "harbor: net-tier-1-capital unknown, not 25%"),
        .init(
            "half", .jointShareOfLoanBook, .share(Sample.percent("50%")),
            Sample.book(300_00, [(.loanBook, 1_000_00), (.otherJointLoans, 200_00)])),
        .init(
            "more with others'", .jointShareOfLoanBook, .share(Sample.percent("50%")),
            Sample.book(300_00, [(.loanBook, 1_000_00), (.otherJointLoans, 201_00)]),
            finds: "harbor: 50.1% above 50%"),
        .init("ninety", .nonPerformingDays, .days(90), Sample.claim(90, .specialMention)),
        .init("substandard", .nonPerformingDays, .days(90), Sample.claim(91, .substandard)),
        .init(
            "performing", .nonPerformingDays, .days(90), Sample.claim(91, .specialMention),
            finds: "91 days above 90 days"),
        .init("normal", .assetLadder, .ladder([90, 270, 360]), Sample.claim(90, .normal)),
        .init("doubtful", .assetLadder, .ladder([90, 270, 360]), Sample.claim(360, .doubtful)),
        .init(
            "one step behind", .assetLadder, .ladder([90, 270, 360]),
            Sample.claim(271, .substandard),
            finds: "271 days as substandard above 270 days before doubtful"),
        .init(
            "three steps behind", .assetLadder, .ladder([90, 270, 360]),
            Sample.claim(361, .normal),
            finds: "361 days as normal above 360 days before loss"),
        .init("next day", .sameAssetClassDays, .days(1), Sample.claim(91, .substandard, apart: 1)),
        .init(
            "the day after", .sameAssetClassDays, .days(1),
            Sample.claim(91, .substandard, apart: 2), finds: "2 days above 1 day"),
        .init(
            "at it", .coverOfOutstandingMaximum, five,
            Sample.cover(outstanding: 100_00, cover: 5_00)),
        .init(
            "outstanding fell", .coverOfOutstandingMaximum, five,
            Sample.cover(outstanding: 99_99, cover: 5_00),
            finds: "5.00 of 99.99 above 5%"),
        // The supervisor's own example: a set of 40 is covered by 2 at last, 10 of it by 0.5, and
        // repayment of 5 leaves 1.0 for the 20 that were disbursed.
        .init("10 of 40", .coverOfSetMaximum, five, Sample.cover(disbursed: 10_00, cover: 50)),
        .init(
            "20 of 40, 5 repaid", .coverOfSetMaximum, five,
            Sample.cover(disbursed: 20_00, outstanding: 15_00, cover: 1_00)),
        .init("40 of 40", .coverOfSetMaximum, five, Sample.cover(disbursed: 40_00, cover: 2_00)),
        .init(
            "too early", .coverOfSetMaximum, five, Sample.cover(disbursed: 10_00, cover: 2_00),
            finds: "20% above 5%"),
        .init(
            "beyond the set", .coverOfSetMaximum, five,
            Sample.cover(disbursed: 80_00, cover: 2_01), finds: "5.025% above 5%"),
        .init("at 120", .invocationDays, .days(120), Sample.cover(invokedAt: 120)),
        .init("not invoked", .invocationDays, .days(120), Sample.cover()),
        .init(
            "at 121", .invocationDays, .days(120), Sample.cover(invokedAt: 121),
            finds: "121 days above 120 days"),
        .init("never", .coverReinstated, .none, Sample.cover()),
        .init(
            "once", .coverReinstated, .none, Sample.cover(reinstated: 1_00),
            finds: "1.00 above 0.00"),
    ]
}
