import Assembly
import LendingRules
import Monetary
import TestSupport
import Testing

/// The rules of a loan in sentences: each tells the terms of its own product and agreement.
struct LoanRulesTests {
    private static let harbor = PartyID("harbor")
    private static let meridian = PartyID("meridian")

    private func rules(
        income: IncomeTerms = .byPrincipal, fees: [ServiceFee] = [],
        method: ScheduleMethod = .equalInstalment,
        _ change: (inout ServicingTerms) -> Void = { _ in }
    ) throws -> LoanRules {
        let schedule = try Schedule.build(
            ScheduleTerms(
                principal: 1_000_00, currency: SampleLoan.dollars,
                rate: AnnualRate(percent: "12"), method: method, instalments: 3,
                disbursedOn: SampleLoan.date("2026-01-01")))
        var servicing = ServicingTerms(
            penalty: PenaltyTerms(multipleThousandths: 1_500, graceDays: 3), materiality: 0)
        change(&servicing)
        return LoanRules(
            try LoanContract(
                loan: LoanID("L1"), agreement: "trio", schedule: schedule,
                lenders: [SampleLoan.platform, Self.harbor, Self.meridian],
                fundedAmounts: [200_00, 500_00, 300_00], platform: SampleLoan.platform,
                serviceFees: fees, servicing: servicing, income: income))
    }

    private static let all = "to penalty, then fee, then interest, then principal"

    @Test func `the usual loan is told by the usual rules`() throws {
        #expect(
            try rules().sentences() == [
                "A payment goes to what is past due, then to what is due, in each to the oldest "
                    + "instalment first, in it \(Self.all).",
                "What is left waits for the next due date.",
                "Each claim has one scale: what lies from a to b on it gives each lender its "
                    + "split of b less its split of a.",
                "Interest is split by what was funded, principal by what was funded.",
            ])
    }

    @Test func `the order of payments is the agreement's`() throws {
        let rules = try rules {
            $0.allocation = AllocationTerms(
                order: .byComponent, pastDue: [.principal, .interest, .fee, .penalty],
                due: ClaimComponent.allCases, inAdvance: ClaimComponent.allCases,
                seriouslyPastDue: AllocationTerms.SeriousOrder(
                    afterDays: 90, components: [.principal, .penalty, .fee, .interest]))
        }
        #expect(
            rules.sentences().prefix(3) == [
                "A payment goes first to what is past due: to principal, then interest, then fee, "
                    + "then penalty, of each the oldest instalment first;",
                "then to what is due: \(Self.all), of each the oldest instalment first.",
                "More than 90 days past due it goes to principal, then penalty, then fee, then "
                    + "interest, of each the oldest instalment first.",
            ])
    }

    @Test(arguments: [
        (EarlyRepaymentEffect.nextInstalment, ScheduleMethod.equalInstalment, "waits for the next"),
        (.nextInstalment, .daily, "the later instalments get lower"),
        (.lowerInstalment, .equalInstalment, "the later instalments get lower"),
        (.shortenTerm, .equalInstalment, "fewer instalments are left"),
    ])
    func `cash beyond what is due has the product's effect`(
        effect: EarlyRepaymentEffect, method: ScheduleMethod, words: String
    ) throws {
        let rules = try rules(method: method) {
            $0.earlyRepayment = EarlyRepaymentTerms(effect: effect)
        }
        #expect(rules.sentences()[1].contains(words), "\(rules.sentences()[1])")
    }

    @Test func `an early repayment tells its order and its fee`() throws {
        let fee = try Share("0.5%")
        let rules = try rules {
            $0.earlyRepayment = EarlyRepaymentTerms(effect: .shortenTerm, fee: fee)
            $0.allocation = AllocationTerms(
                order: .byInstalment, pastDue: ClaimComponent.allCases,
                due: ClaimComponent.allCases, inAdvance: [.penalty, .fee, .principal, .interest])
        }
        #expect(
            rules.sentences()[1]
                == "What is left repays principal, then the interest accrued before it is due, for "
                + "a fee of 0.5 % of that principal; fewer instalments are left.")
    }

    @Test func `pricing, shares and lenders' own computations are told`() throws {
        let rates = [
            SampleLoan.platform: try AnnualRate(percent: "9"),
            Self.harbor: try AnnualRate(percent: "6.5"),
        ]
        let half = try Share("1/2")
        let own = try rules(
            income: IncomeTerms(
                pricing: .ownRates(spreadOwner: Self.harbor, spread: .proRata),
                penalty: [Self.harbor: half, Self.meridian: half], rates: rates,
                computations: [Self.meridian: .perInstalment]))
        #expect(
            own.sentences().suffix(3) == [
                "Each lender has interest at its own rate on its principal (platform 9.00 %, "
                    + "harbor 6.50 %); harbor has the rest and is paid with them, in proportion.",
                "Penalty is split by shares of its own (harbor 50 %, meridian 50 %), fees by what "
                    + "was funded.",
                "meridian splits every instalment by itself; platform has what that leaves.",
            ])
        let blended = try rules(income: IncomeTerms(pricing: .blended, rates: rates))
        #expect(
            blended.sentences().last
                == "Interest is split by what each lender's rate earns on its principal (platform "
                + "9.00 %, harbor 6.50 %), principal by what was funded.")
    }

    @Test(arguments: [
        (
            1_500 as Int64, 0 as Int64, 3, false,
            "1.5 times the rate on overdue principal, 3 grace days"
        ),
        (
            1_300, 1_000, 1, true,
            "1.3 times the rate on overdue principal, 1 times the rate on overdue interest, "
                + "1 grace day that nothing is owed for"
        ),
        (0, 0, 3, false, "none"),
        (
            2_000, 0, 0, true,
            "2 times the rate on overdue principal, "
                + "no grace days"
        ),
    ])
    func `penalty is told as the product has it`(
        multiple: Int64, onInterest: Int64, grace: Int, forgives: Bool, words: String
    ) throws {
        let rules = try rules {
            $0.penalty = PenaltyTerms(
                multipleThousandths: multiple, graceDays: grace,
                onInterestThousandths: onInterest, forgivesGrace: forgives)
        }
        #expect(rules.penalty == words)
    }

    @Test(arguments: [
        (ServiceFee.Base.interestCollected, "of the interest it collects"),
        (.principalCollected, "of the principal it collects"),
        (.principalOutstanding, "a year of the principal it is owed, day by day"),
        (.disbursed, "of what it lent"),
    ])
    func `a service fee is told with its base and tax`(base: ServiceFee.Base, words: String) throws
    {
        let fee = ServiceFee(
            payer: Self.harbor, payee: SampleLoan.platform, base: base, rate: try Share("8%"),
            tax: ServiceFee.Tax(name: "VAT", rate: try Share("6%"), isIncluded: true))
        let rules = try rules(fees: [fee])
        let line = "harbor pays platform 8 % \(words), 6 % VAT within it"
        #expect(rules.line(fee) == line)
        #expect(rules.sentences().last == line + ", rounded half up on the running total.")
        #expect(rules.sentences(isUndone: true).last != rules.sentences().last)
    }
}
