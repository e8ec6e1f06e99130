import BusinessCalendar
import LendingRules
import Monetary

/// What becomes of the loans of one tier, by examples in which everything that holds for its loans
/// shows: the ends of their range, and wherever a slice changes its way.
struct TierCheck {
    let agreement: Agreement
    let tier: FundingTier
    let ends: [(smallest: TierSpace.Loan, largest: TierSpace.Loan)]
    /// Principals beside the ends that are looked at for roundings.
    private let nearby: Int64 = 12

    /// A loan that the tier cannot divide, with the reason.
    var refused: (TierSpace.Loan, FundingRefusal)? {
        for (loan, principal) in examples {
            var run = FundingRun(limits: LimitUse(limits: [], used: [:]))
            let alone = Agreement(of: tier, agreement)
            do {
                _ = try run.fund(Applicant(loan, principal, agreement), by: alone)
            } catch {
                return (loan.with(principal), error)
            }
        }
        return nil
    }

    /// The most that lenders of loans of a product are owed, if that is above a rate.
    func owed(of product: String, above lowest: AnnualRate) -> AnnualRate? {
        for (loan, principal) in examples where loan.product == product {
            guard let owed = try? agreement.dearest(tier, principal: principal),
                owed > Int128(principal) * Int128(lowest.units),
                let mean = try? Rounding.up.divide(owed, by: Int128(principal))
            else { continue }
            return AnnualRate(units: mean)
        }
        return nil
    }

    private var examples: [(TierSpace.Loan, Int64)] {
        ends.flatMap { smallest, largest -> [(TierSpace.Loan, Int64)] in
            let range = smallest.principal...largest.principal
            let last = range.upperBound - range.lowerBound
            let near = (0...min(nearby, last)).flatMap {
                [range.lowerBound + $0, range.upperBound - $0]
            }
            return (tier.turns(in: range) + near).map { (smallest, $0) }
        }
    }
}

extension Agreement {
    /// An agreement of one tier that takes every loan.
    fileprivate init(of tier: FundingTier, _ agreement: Agreement) {
        self.init(
            name: agreement.name, effectiveFrom: agreement.effectiveFrom,
            currency: agreement.currency, products: agreement.products,
            lenders: agreement.lenders, platform: agreement.platform, serviceFees: [],
            onRefusal: agreement.onRefusal, backdateDays: agreement.backdateDays,
            settlement: agreement.settlement, residueHolder: agreement.residueHolder,
            tiers: [FundingTier(name: tier.name, conditions: .any, slices: tier.slices)])
    }
}

extension Applicant {
    fileprivate init(_ loan: TierSpace.Loan, _ principal: Int64, _ agreement: Agreement) {
        self.init(
            loan: LoanID("example"), borrower: "", product: loan.product,
            currency: agreement.currency, principal: principal, instalments: loan.instalments,
            rate: .highest, region: loan.region, grade: loan.grade, channel: loan.channel,
            bookedOn: agreement.effectiveFrom)
    }
}

extension TierSpace.Loan {
    fileprivate func with(_ principal: Int64) -> TierSpace.Loan {
        TierSpace.Loan(
            product: product, principal: principal, instalments: instalments, grade: grade,
            region: region, channel: channel)
    }
}
