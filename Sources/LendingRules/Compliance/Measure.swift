/// What code can compute of a subject and hold against the bound of a rule (DOMAIN § 11).
package enum Measure: String, Sendable, CaseIterable {
    /// What each of the lenders that the rule is about lends of a loan.
    case loanShareMinimum = "loan-share-minimum"
    /// A bank's joint loans with this platform against its net tier-1 capital.
    case partnerShareOfCapital = "partner-share-of-capital"
    /// A bank's joint loans with all partners against its whole loan book.
    case jointShareOfLoanBook = "joint-share-of-loan-book"
    /// A regional bank lends in its regions alone.
    case homeRegion = "home-region"
    /// The loan, or the line that it is drawn under.
    case principalMaximum = "principal-maximum"
    /// Each bank's list of partners holds the platform.
    case listedPartner = "listed-partner"
    /// Nothing that the borrower pays stands outside the all-in cost.
    case feesInAllInCost = "fees-in-all-in-cost"
    case allInCostMaximum = "all-in-cost-maximum"
    /// Days past due up to which a claim may count as performing.
    case nonPerformingDays = "non-performing-days"
    /// Days past due above which a claim is substandard, doubtful, a loss at least.
    case assetLadder = "asset-ladder"
    case transferDays = "transfer-days"
    case pricingWay = "pricing-way"
    case disbursementWay = "disbursement-way"
    /// Working days for which lenders may class one borrower differently.
    case sameAssetClassDays = "same-asset-class-days"
    case coverOfOutstandingMaximum = "cover-of-outstanding-maximum"
    /// Cover against what has been disbursed of a frozen set; repayments do not reduce it.
    case coverOfSetMaximum = "cover-of-set-maximum"
    /// Days past due at which cover is invoked at the latest.
    case invocationDays = "invocation-days"
    /// Cover that was used is never put back.
    case coverReinstated = "cover-reinstated"
    /// What the platform keeps of a loan.
    case retentionMinimum = "retention-minimum"
    /// No bank can stop, or cut, a single loan by refusing it.
    case noVeto = "no-veto"
}

extension Measure {
    /// What the bound of a measure is, and how it is written.
    package enum BoundKind: Hashable, Sendable {
        case none, share, amount, days, rate, ladder
        case words([String])
    }

    package var boundKind: BoundKind {
        switch self {
        case .loanShareMinimum, .partnerShareOfCapital, .jointShareOfLoanBook, .retentionMinimum,
            .coverOfOutstandingMaximum, .coverOfSetMaximum:
            .share
        case .principalMaximum: .amount
        case .nonPerformingDays, .transferDays, .sameAssetClassDays, .invocationDays: .days
        case .allInCostMaximum: .rate
        case .assetLadder: .ladder
        case .pricingWay: .words(Pricing.Name.allCases.map(\.rawValue))
        case .disbursementWay: .words(DisbursementWay.Name.allCases.map(\.rawValue))
        case .homeRegion, .listedPartner, .feesInAllInCost, .coverReinstated, .noVeto: .none
        }
    }

    /// The kinds of subjects that it can be computed of.
    package var subjects: Set<RuleSubject.Kind> {
        switch self {
        case .loanShareMinimum, .retentionMinimum, .principalMaximum, .listedPartner,
            .transferDays, .pricingWay, .disbursementWay:
            [.agreement, .loan]
        case .noVeto: [.agreement]
        case .homeRegion, .feesInAllInCost, .allInCostMaximum: [.loan]
        case .partnerShareOfCapital, .jointShareOfLoanBook: [.book]
        case .nonPerformingDays, .assetLadder, .sameAssetClassDays: [.claim]
        case .coverOfOutstandingMaximum, .coverOfSetMaximum, .invocationDays, .coverReinstated:
            [.cover]
        }
    }

    /// The moments at which a rule with it can be checked.
    package var moments: Set<RuleMoment> { Set(subjects.map(\.moment)) }
}

/// When a rule is checked.
package enum RuleMoment: String, Sendable, CaseIterable {
    /// When the configuration is read: the agreement itself.
    case config
    /// Before a loan is divided among its lenders.
    case allocation
    /// When a day is closed: books, claims and covers.
    case close
}
