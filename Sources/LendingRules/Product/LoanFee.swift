package import Monetary

/// A fee that a schedule charges the borrower.
package struct LoanFee: Hashable, Sendable {
    /// How much.
    package enum Value: Hashable, Sendable {
        /// Part of its base, rounded by the rounding of interest.
        case share(Share, of: Base)
        /// Minor units.
        case amount(Int64)
    }

    /// What a part is taken of.
    package enum Base: String, Sendable, CaseIterable {
        case principal
        /// Principal and interest of the instalment.
        case instalment
        /// Principal outstanding at the start of the period.
        case outstanding
    }

    /// When it falls due.
    package enum Moment: String, Sendable, CaseIterable {
        /// On the day of the disbursement.
        case upfront
        /// With every instalment.
        case each
    }

    package let name: String
    package let value: Value
    package let moment: Moment

    package init(name: String, value: Value, moment: Moment) {
        self.name = name
        self.value = value
        self.moment = moment
    }
}
