package import BusinessCalendar
package import Monetary

/// How much a cover takes in all, for which loans and how long.
package struct CoverTerms: Hashable, Sendable {
    /// What its ceiling goes by (RULES § 5).
    package enum Kind: Hashable, Sendable {
        /// A part of what is disbursed out of a set fixed beforehand, minor units.
        case frozenSet(percent: Share, setLimit: Int64)
        /// A part of what is outstanding.
        case outstanding(percent: Share)
        /// An amount, minor units; `replenishes`: what is recovered fills up what was taken;
        /// `topUp`: whoever gives it does.
        case reserve(amount: Int64, replenishes: Bool, topUp: CoverTopUp? = nil)
    }

    /// Which loans share one ceiling.
    package enum Span: String, Hashable, Sendable, CaseIterable {
        /// All loans of the agreement.
        case pool
        /// Loans disbursed in the same calendar year, quarter or month.
        case vintageYear = "vintage-year"
        case vintageQuarter = "vintage-quarter"
        case vintageMonth = "vintage-month"
        /// All loans of the agreement, each lender for itself.
        case partner
        /// All loans, anew for each calendar year, quarter or month in which losses are taken.
        case year, quarter, month
    }

    /// Who is paid when the losses of one date ask for more than there is.
    package enum Allocation: String, Hashable, Sendable, CaseIterable {
        /// One after the other: loans most days past due first, then by id.
        case sequence
        /// All of them, in proportion to what each asks for.
        case proRata = "pro-rata"
    }

    package let kind: Kind
    package let span: Span
    /// A loan that is more days past due takes nothing any more; nil without a limit.
    package let latestDaysPastDue: Int?
    /// The last date on which it pays; nil without one.
    package let expiresOn: BusinessDate?
    /// Whether what a correction takes back is there to be taken again.
    package let isRestored: Bool
    package let allocation: Allocation

    package init(
        kind: Kind, span: Span = .pool, latestDaysPastDue: Int? = nil,
        expiresOn: BusinessDate? = nil, isRestored: Bool = false,
        allocation: Allocation = .sequence
    ) {
        self.kind = kind
        self.span = span
        self.latestDaysPastDue = latestDaysPastDue
        self.expiresOn = expiresOn
        self.isRestored = isRestored
        self.allocation = allocation
    }
}
