package import BusinessCalendar
package import Monetary

/// An effective-dated contract between parties; its version is snapshotted onto every loan.
package struct Agreement: Hashable, Sendable {
    /// Short name, such as `harbor-70-30`.
    package let name: String
    /// First business date on which loans may be booked under it.
    package let effectiveFrom: BusinessDate
    package let currency: Currency
    /// Names of the products it takes.
    package let products: [String]
    /// Lenders and their funding shares in agreement order; the shares make one whole, or are zero
    /// where tiers say who lends what.
    package let lenders: [LenderShare]
    /// Who lends which loans; empty where all are lent by the lenders' shares.
    package let tiers: [FundingTier]
    /// Who originates, services and keeps the residue of every computation.
    package let platform: PartyID
    package let serviceFees: [ServiceFee]
    /// What happens to a share that a bank refuses.
    package let onRefusal: RefusalRule
    /// Banks that are asked, in this order, for what another refuses, before `onRefusal` holds.
    package let fallback: [PartyID]
    /// Whether a bank may accept less than it is asked for; the rest goes the way of a refusal.
    package let acceptsParts: Bool
    /// How many days a fact's value date may lie before its booking date.
    package let backdateDays: Int
    /// Days after the disbursement within which the borrower may give the loan back; 0: never.
    package let coolingOffDays: Int
    package let settlement: SettlementTerms
    /// Who pays the borrower.
    package let disbursement: DisbursementWay
    /// When lenders fund their shares.
    package let fundingMode: FundingMode
    /// How a borrower's interest is divided.
    package let pricing: Pricing
    /// Which part of each income is whose, where not by funding.
    package let incomeShares: IncomeShares
    /// In which order a payment pays claims.
    package let allocation: AllocationTerms
    /// Who takes what the other lenders' own computations leave of the borrower's amounts.
    package let residueHolder: PartyID
    /// How much each lender takes on under it; no part of its terms, so that a changed limit gives
    /// loans no other version.
    package let limits: [Limit]
    /// Names of the rule packs that it and its loans are held to.
    package let rulePacks: [String]
    /// Who bears what borrowers do not pay.
    package let loss: LossTerms

    package init(
        name: String, effectiveFrom: BusinessDate, currency: Currency, products: [String],
        lenders: [LenderShare], platform: PartyID, serviceFees: [ServiceFee],
        onRefusal: RefusalRule, backdateDays: Int, coolingOffDays: Int = 0,
        settlement: SettlementTerms, disbursement: DisbursementWay = .reimburse,
        limits: [Limit] = [], fallback: [PartyID] = [], acceptsParts: Bool = false,
        fundingMode: FundingMode = .beforePayout, pricing: Pricing = .borrowerRate,
        incomeShares: IncomeShares = .byFunding, allocation: AllocationTerms = .usual,
        residueHolder: PartyID? = nil, tiers: [FundingTier] = [], rulePacks: [String] = [],
        loss: LossTerms = .none
    ) {
        self.name = name
        self.effectiveFrom = effectiveFrom
        self.currency = currency
        self.products = products
        self.lenders = lenders
        self.platform = platform
        self.serviceFees = serviceFees
        self.onRefusal = onRefusal
        self.fallback = fallback
        self.acceptsParts = acceptsParts
        self.backdateDays = backdateDays
        self.coolingOffDays = coolingOffDays
        self.settlement = settlement
        self.disbursement = disbursement
        self.fundingMode = fundingMode
        self.pricing = pricing
        self.incomeShares = incomeShares
        self.allocation = allocation
        self.residueHolder = residueHolder ?? platform
        self.tiers = tiers
        self.limits = limits
        self.rulePacks = rulePacks
        self.loss = loss
    }
}

/// One lender's part of every loan under an agreement.
package struct LenderShare: Hashable, Sendable {
    package let party: PartyID
    package let share: Share
    /// What it is owed on its own principal, where the pricing says so.
    package let rate: AnnualRate?
    /// How its part is computed.
    package let computation: LenderComputation

    package init(
        party: PartyID, share: Share, rate: AnnualRate? = nil,
        computation: LenderComputation = .scale
    ) {
        self.party = party
        self.share = share
        self.rate = rate
        self.computation = computation
    }
}

/// Where a refused share goes.
package enum RefusalRule: String, Sendable, CaseIterable {
    /// The platform's own book takes it.
    case platform
    /// The loan is declined and the shares already accepted are reversed.
    case decline
}

/// When obligations of a day are settled.
package struct SettlementTerms: Hashable, Sendable {
    /// Calendar days after the business date before the first settlement day.
    package let lagDays: Int
    /// Name of the calendar whose business days are settlement days.
    package let calendar: String

    package init(lagDays: Int, calendar: String) {
        self.lagDays = lagDays
        self.calendar = calendar
    }
}
