import BusinessCalendar
import LendingRules
import Monetary
import TestSupport

/// Agreements and products drawn at random from everything that their canonical text can say.
enum RandomTerms {
    /// A plain one says nothing beyond what every agreement says.
    static func agreement(
        _ products: [String] = ["instalment-loan", "equal-principal-loan"],
        way: DisbursementWay? = nil, isPlain: Bool = false, using random: inout SeededGenerator
    ) throws -> Agreement {
        let weight = Int64(random.pick(1...99))
        let bank = random.pick(SampleLoan.parties.dropFirst() + [])
        return Agreement(
            name: "agreement-\(random.pick(0...99))",
            effectiveFrom: BusinessDate(dayNumber: Int32(random.pick(0...40_000))),
            currency: SampleLoan.currency(random.pick(["USD", "CNY", "JPY", "BHD"])),
            products: products.sorted(),
            lenders: [
                lender(SampleLoan.platform, try Share(weight, of: 100), isPlain, &random),
                lender(bank, try Share(100 - weight, of: 100), isPlain, &random),
            ], platform: SampleLoan.platform,
            serviceFees: [try fee(of: bank, try Share(weight, of: 1_000), isPlain, &random)],
            onRefusal: random.pick(RefusalRule.allCases), backdateDays: random.pick(0...60),
            coolingOffDays: random.pick(0...30),
            settlement: SettlementTerms(lagDays: random.pick(0...9), calendar: "US"),
            disbursement: way
                ?? random.pick([
                    .reimburse, .reserve, .escrow, .direct, .lenderPaysAll(payer: bank),
                ]),
            fallback: random.pick([[], ["summit"], ["summit", "meridian"]]).map { PartyID($0) },
            acceptsParts: random.pick([true, false]),
            fundingMode: random.pick([.beforePayout, .afterPayout(transferDays: 15)]),
            pricing: isPlain ? .borrowerRate : pricing(bank, &random),
            incomeShares: isPlain ? .byFunding : try incomes(&random),
            allocation: isPlain ? .usual : allocation(&random),
            residueHolder: isPlain ? nil : random.pick([nil, bank]),
            tiers: isPlain ? [] : try RandomTiers.some(using: &random),
            rulePacks: isPlain ? [] : random.pick([[], ["in-co-lending", "risk-retention"]]),
            loss: isPlain ? .none : RandomLoss.terms(using: &random))
    }

    private static func lender(
        _ party: PartyID, _ share: Share, _ isPlain: Bool, _ random: inout SeededGenerator
    ) -> LenderShare {
        if isPlain { return LenderShare(party: party, share: share) }
        let own = LenderComputation.OwnSchedule(
            dayCount: random.pick(DayCount.allCases), rounding: random.pick(Rounding.allCases),
            instalmentRounding: random.pick(Rounding.allCases))
        return LenderShare(
            party: party, share: share,
            rate: random.pick([nil, AnnualRate(units: random.magnitude(digits: 8))]),
            computation: random.pick([.scale, .perInstalment, .ownSchedule(own)]))
    }

    private static func fee(
        of payer: PartyID, _ rate: Share, _ isPlain: Bool, _ random: inout SeededGenerator
    ) throws -> ServiceFee {
        let payee = SampleLoan.platform
        if isPlain { return ServiceFee(payer: payer, payee: payee, rate: rate) }
        let tax = ServiceFee.Tax(
            name: "VAT", rate: try Share(Int64(random.pick(1...30)), of: 100),
            isIncluded: random.pick([true, false]))
        return ServiceFee(
            payer: payer, payee: payee, base: random.pick(ServiceFee.Base.allCases), rate: rate,
            earned: random.pick(ServiceFee.Moment.allCases), tax: random.pick([nil, tax]))
    }

    private static func pricing(_ bank: PartyID, _ random: inout SeededGenerator) -> Pricing {
        random.pick([
            .borrowerRate, .blended,
            .ownRates(
                spreadOwner: random.pick([SampleLoan.platform, bank]),
                spread: random.pick(Pricing.SpreadOrder.allCases)),
        ])
    }

    private static func incomes(_ random: inout SeededGenerator) throws -> IncomeShares {
        func shares(_ random: inout SeededGenerator) throws -> [Share]? {
            let part = Int64(random.pick(0...100))
            let shares = [try Share(part, of: 100), try Share(100 - part, of: 100)]
            return random.pick([nil, shares])
        }
        return IncomeShares(
            interest: try shares(&random), penalty: try shares(&random), fee: try shares(&random))
    }

    private static func allocation(_ random: inout SeededGenerator) -> AllocationTerms {
        func components(_ random: inout SeededGenerator) -> [ClaimComponent] {
            ClaimComponent.allCases.shuffled(using: &random)
        }
        if random.isOne(in: 3) { return .usual }
        let serious = AllocationTerms.SeriousOrder(
            afterDays: random.pick(0...180), components: components(&random))
        return AllocationTerms(
            order: random.pick(AllocationTerms.Order.allCases), pastDue: components(&random),
            due: components(&random), inAdvance: components(&random),
            seriouslyPastDue: random.pick([nil, serious]))
    }
}
