package import BusinessCalendar
package import Monetary

/// What a share must be to come into a pool; nil asks for nothing.
package struct PoolCriteria: Hashable, Sendable {
    package let currency: Currency
    /// Whose shares are for sale.
    package var sellers: Set<PartyID>?
    package var products: Set<String>?
    package var grades: Set<String>?
    package var regions: Set<String>?
    package var latestDaysPastDue: Int?
    /// Months left until the last due date, a month that has begun counted whole.
    package var remainingMonths: ClosedRange<Int>?
    /// Whole months since the disbursement.
    package var seasoningMonths: ClosedRange<Int>?
    package var rate: ClosedRange<AnnualRate>?
    /// Outstanding principal of the share, minor units.
    package var principal: ClosedRange<Int64>?
    package var standings: Set<LoanStanding>?
    package var assetClasses: Set<String>?
    /// Whether income is still accrued in the books.
    package var mustAccrue = false
    /// Whether no part of the loan may have been transferred before.
    package var mustBeFirstTransfer = false

    package init(currency: Currency) { self.currency = currency }
}

/// One thing that a pool asks of a share, in the order in which it is told.
package enum PoolCriterion: String, Hashable, Sendable, CaseIterable {
    case currency
    case seller
    /// Some principal is left to be sold.
    case outstanding
    /// No line of credit, whatever else is asked: its principal may grow after the cut-off.
    case creditLine = "credit-line"
    case principal
    case product
    case grade
    case region
    case daysPastDue = "days-past-due"
    case remainingTerm = "remaining-term"
    case seasoning
    case rate
    case standing
    case assetClass = "asset-class"
    case accrual
    case firstTransfer = "first-transfer"
}

extension PoolCriteria {
    /// All that a share lacks at the end of a cut-off date; empty when it may be sold.
    package func unmet(by share: PoolCandidate, on cutOff: BusinessDate) -> [PoolCriterion] {
        PoolCriterion.allCases.filter { !isMet($0, by: share, on: cutOff) }
    }

    private func isMet(
        _ criterion: PoolCriterion, by share: PoolCandidate, on cutOff: BusinessDate
    ) -> Bool {
        switch criterion {
        case .currency: share.currency == currency
        case .seller: sellers?.contains(share.seller) ?? true
        case .outstanding: share.principal > 0
        case .creditLine: !share.isOfCreditLine
        case .principal: principal?.contains(share.principal) ?? true
        case .product: has(products, share.traits[.product])
        case .grade: has(grades, share.traits[.grade])
        case .region: has(regions, share.traits[.region])
        case .daysPastDue: share.status.daysPastDue <= latestDaysPastDue ?? .max
        case .remainingTerm:
            remainingMonths?.contains(cutOff.begunMonths(until: share.lastDueOn)) ?? true
        case .seasoning:
            seasoningMonths?.contains(cutOff.completedMonths(since: share.disbursedOn)) ?? true
        case .rate: rate?.contains(share.rate) ?? true
        case .standing: standings?.contains(share.status.standing) ?? true
        case .assetClass: assetClasses?.contains(share.assetClass) ?? true
        case .accrual: !mustAccrue || share.status.accrual == .accrual
        case .firstTransfer: !mustBeFirstTransfer || !share.hasChangedHands
        }
    }

    private func has(_ allowed: Set<String>?, _ value: String?) -> Bool {
        allowed?.contains(value ?? "") ?? true
    }
}
