package import Monetary

/// How a borrower's interest is divided among lenders (DOMAIN § 5).
package enum Pricing: Hashable, Sendable {
    /// By income shares at the borrower's rate; what a bank gives up for it is a service fee.
    case borrowerRate
    /// Each lender its own rate on its own principal; the owner has what is left.
    case ownRates(spreadOwner: PartyID, spread: SpreadOrder)
    /// The borrower's rate is the share-weighted mean of the lenders' rates.
    case blended

    /// The words of the configuration.
    package enum Name: String, Sendable, CaseIterable {
        case borrowerRate = "borrower-rate"
        case ownRates = "own-rates"
        case blended
    }

    package var name: Name {
        switch self {
        case .borrowerRate: .borrowerRate
        case .ownRates: .ownRates
        case .blended: .blended
        }
    }

    /// When the owner of a spread is paid.
    package enum SpreadOrder: String, Sendable, CaseIterable {
        /// After the lenders' entitlements of an instalment.
        case last
        /// With them, in proportion.
        case proRata = "pro-rata"
    }
}

/// How incomes are divided where not by funding: weights in the order of the agreement's lenders,
/// exactly one whole each; nil is by funding.
package struct IncomeShares: Hashable, Sendable {
    package let interest: [Share]?
    /// Of both penalties.
    package let penalty: [Share]?
    package let fee: [Share]?

    package init(interest: [Share]? = nil, penalty: [Share]? = nil, fee: [Share]? = nil) {
        self.interest = interest
        self.penalty = penalty
        self.fee = fee
    }

    package static let byFunding = IncomeShares()
}
