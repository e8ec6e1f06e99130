package import Monetary

/// A fee from one party to another for serving loans: cumulative per loan, half up.
package struct ServiceFee: Hashable, Sendable {
    /// What it is taken of: the payer's part.
    package enum Base: String, Sendable, CaseIterable {
        case interestCollected = "interest-collected"
        case principalCollected = "principal-collected"
        /// The rate is a year's, over actual days of 365.
        case principalOutstanding = "principal-outstanding"
        case disbursed
    }

    /// When it is owed.
    package enum Moment: String, Sendable, CaseIterable {
        case onCollection = "on-collection"
        case daily
    }

    /// A tax on it, shown apart.
    package struct Tax: Hashable, Sendable {
        package let name: String
        package let rate: Share
        /// Whether the fee's rate holds it already.
        package let isIncluded: Bool

        package init(name: String, rate: Share, isIncluded: Bool) {
            self.name = name
            self.rate = rate
            self.isIncluded = isIncluded
        }
    }

    package let payer: PartyID
    package let payee: PartyID
    package let base: Base
    package let rate: Share
    package let earned: Moment
    package let tax: Tax?

    package init(
        payer: PartyID, payee: PartyID, base: Base = .interestCollected, rate: Share,
        earned: Moment = .onCollection, tax: Tax? = nil
    ) {
        self.payer = payer
        self.payee = payee
        self.base = base
        self.rate = rate
        self.earned = earned
        self.tax = tax
    }
}
