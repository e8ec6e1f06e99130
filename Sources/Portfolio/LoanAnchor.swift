package import BusinessCalendar
package import LendingRules
package import Monetary

/// What a close needs of one loan between two events: the closed form of its open period.
///
/// Rebuildable from facts; written only on a fact, a due date or a status change. A quiet loan's
/// day is computed from its anchor alone, any other's by `LoanContract.position`.
package struct LoanAnchor: Hashable, Sendable {
    package let loan: LoanID
    package let shard: UInt16
    /// Name of the agreement its entries carry.
    package let agreement: String
    package let currency: Currency
    /// In agreement order.
    package let lenders: [PartyID]
    /// Funded amounts, or what was taken over when claims last changed hands, in the same order,
    /// minor units: the weights of every split but those named.
    package let fundedAmounts: [Int64]
    /// The weights of interest in the same order where they are others, or empty.
    package let incomeWeights: [Int64]
    /// First day of the open period.
    package let startsOn: BusinessDate
    /// Its due date: the next event; the last due date when no period is open or the loan is
    /// finished.
    package let dueOn: BusinessDate
    /// Scheduled principal at the start of the period, minor units.
    package let openingBalance: Int64
    package let rate: AnnualRate
    /// The whole period as a fraction of a year.
    package let fraction: YearFraction
    /// Interest billed by all periods before, beyond what other weights have split, minor units.
    package let interestBefore: Int64
    /// Rounding of interest.
    package let rounding: Rounding
    /// Nothing is overdue and a period is open.
    package let isQuiet: Bool
    /// False once everything is paid: the loan needs no further close.
    package let isLive: Bool

    package init(
        loan: LoanID, shard: UInt16, agreement: String, currency: Currency, lenders: [PartyID],
        fundedAmounts: [Int64], incomeWeights: [Int64] = [], startsOn: BusinessDate,
        dueOn: BusinessDate,
        openingBalance: Int64, rate: AnnualRate, fraction: YearFraction, interestBefore: Int64,
        rounding: Rounding, isQuiet: Bool, isLive: Bool
    ) {
        self.loan = loan
        self.shard = shard
        self.agreement = agreement
        self.currency = currency
        self.lenders = lenders
        self.fundedAmounts = fundedAmounts
        self.incomeWeights = incomeWeights
        self.startsOn = startsOn
        self.dueOn = dueOn
        self.openingBalance = openingBalance
        self.rate = rate
        self.fraction = fraction
        self.interestBefore = interestBefore
        self.rounding = rounding
        self.isQuiet = isQuiet
        self.isLive = isLive
    }
}

extension LoanAnchor {
    /// The weights by which interest is split, in agreement order.
    package var interestWeights: [Int64] { incomeWeights.isEmpty ? fundedAmounts : incomeWeights }
}
