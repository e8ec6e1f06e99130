import BusinessCalendar
package import LendingRules
import Monetary

// Loans served and divided by every rule that an agreement or a product can name.

extension SampleLoan {
    /// A random contract by other terms than the usual ones, its schedule by every convention or by
    /// the plainest.
    package static func richContract(
        _ limits: Limits = Limits(), byEveryConvention: Bool = true,
        using random: inout SeededGenerator
    ) -> LoanContract {
        while true {
            let terms =
                byEveryConvention
                ? terms(limits, in: conventions(using: &random), using: &random)
                : terms(limits, using: &random)
            guard let schedule = try? Schedule.build(terms),
                let plain = try? contract(schedule, limits, using: &random)
            else { continue }
            guard let rich = try? enriched(plain, using: &random) else { continue }
            return rich
        }
    }

    private static func enriched(_ plain: LoanContract, using random: inout SeededGenerator)
        throws -> LoanContract
    {
        var servicing = ServicingTerms(
            penalty: penalty(using: &random), materiality: random.pick([0, 0, 0, 100]))
        servicing.allocation = allocation(using: &random)
        servicing.earlyRepayment = EarlyRepaymentTerms(
            effect: random.pick(EarlyRepaymentEffect.allCases),
            fee: random.isOne(in: 3) ? try Share(Int64(random.pick(1...5)), of: 100) : nil)
        servicing.nonAccrual = NonAccrualTerms(
            afterDays: random.pick([90, 90, 30]), observedInstalments: random.pick([0, 0, 1, 3]))
        servicing.minimumDays = random.pick(0...1)
        return try LoanContract(
            loan: plain.loan, agreement: plain.agreement, schedule: plain.schedule,
            lenders: plain.lenders, fundedAmounts: plain.scale.weights, platform: plain.platform,
            serviceFees: try serviceFees(of: plain.lenders, using: &random),
            servicing: servicing, income: try income(of: plain, using: &random),
            disbursement: plain.disbursement)
    }

    private static func penalty(using random: inout SeededGenerator) -> PenaltyTerms {
        PenaltyTerms(
            multipleThousandths: random.pick([0, 1000, 1300, 1500, 2000]),
            graceDays: random.pick([0, 0, 1, 3, 5]),
            onInterestThousandths: random.pick([0, 0, 1000, 1500]),
            forgivesGrace: random.isOne(in: 3))
    }

    private static func allocation(using random: inout SeededGenerator) -> AllocationTerms {
        func components(_ random: inout SeededGenerator) -> [ClaimComponent] {
            random.isOne(in: 2)
                ? ClaimComponent.allCases : ClaimComponent.allCases.shuffled(using: &random)
        }
        return AllocationTerms(
            order: random.pick(AllocationTerms.Order.allCases), pastDue: components(&random),
            due: components(&random), inAdvance: components(&random),
            seriouslyPastDue: random.isOne(in: 3)
                ? AllocationTerms.SeriousOrder(
                    afterDays: random.pick([30, 90]),
                    components: [.principal, .interest, .fee, .penalty]) : nil)
    }

    private static func serviceFees(of lenders: [PartyID], using random: inout SeededGenerator)
        throws -> [ServiceFee]
    {
        var fees: [ServiceFee] = []
        for lender in lenders where lender != platform && random.isOne(in: 2) {
            let base = random.pick(ServiceFee.Base.allCases)
            fees.append(
                ServiceFee(
                    payer: lender, payee: platform, base: base,
                    rate: try Share(Int64(random.pick(1...60)), of: 100),
                    earned: base == .principalOutstanding ? .daily : .onCollection,
                    tax: random.isOne(in: 2)
                        ? ServiceFee.Tax(
                            name: "VAT", rate: try Share(6, of: 100),
                            isIncluded: random.isOne(in: 2)) : nil))
        }
        return fees
    }

    private static func income(of plain: LoanContract, using random: inout SeededGenerator)
        throws -> IncomeTerms
    {
        if random.isOne(in: 3) { return .byPrincipal }
        var rates: [PartyID: AnnualRate] = [:]
        var ways: [PartyID: LenderComputation] = [:]
        for lender in plain.lenders {
            let whole = plain.schedule.terms.rate.units
            rates[lender] = AnnualRate(units: random.pick(0...whole))
            if random.isOne(in: 3) { ways[lender] = way(using: &random) }
        }
        let pricing: Pricing = random.pick([
            .borrowerRate, .borrowerRate, .blended,
            .ownRates(
                spreadOwner: random.pick(plain.lenders),
                spread: random.pick(Pricing.SpreadOrder.allCases)),
        ])
        return IncomeTerms(
            pricing: pricing, interest: try shares(of: plain.lenders, using: &random),
            penalty: try shares(of: plain.lenders, using: &random),
            fee: try shares(of: plain.lenders, using: &random), rates: rates, computations: ways,
            residueHolder: random.isOne(in: 2) ? random.pick(plain.lenders) : nil)
    }

    private static func way(using random: inout SeededGenerator) -> LenderComputation {
        random.isOne(in: 2)
            ? .perInstalment
            : .ownSchedule(
                LenderComputation.OwnSchedule(
                    dayCount: random.pick(DayCount.allCases),
                    rounding: random.pick(Rounding.allCases),
                    instalmentRounding: random.pick(Rounding.allCases)))
    }

    private static func shares(of lenders: [PartyID], using random: inout SeededGenerator)
        throws -> [PartyID: Share]?
    {
        if random.isOne(in: 2) { return nil }
        let weights = lenders.map { _ in Int64(random.pick(0...9)) }
        let whole = weights.reduce(0, +)
        if whole == 0 { return nil }
        var shares: [PartyID: Share] = [:]
        for (lender, weight) in zip(lenders, weights) {
            shares[lender] = try Share(weight, of: whole)
        }
        return shares
    }
}
