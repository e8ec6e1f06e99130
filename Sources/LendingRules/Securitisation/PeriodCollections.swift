package import BusinessCalendar
import Monetary

/// What came of a pool in a collection period and how it stands at its end, minor units.
///
/// In the first period this is everything since the cut-off, what the sellers passed through
/// included.
package struct PeriodCollections: Hashable, Sendable {
    /// First and last date, both counted.
    package let from: BusinessDate
    package let to: BusinessDate
    package let paysOn: BusinessDate
    /// Interest, penalties and fees; below zero where more was taken back than came.
    package let interest: Int64
    /// Principal, what sellers paid for shares they took back included.
    package let principal: Int64
    /// Of the principal: what was repaid before it fell due.
    package let prepaid: Int64
    /// Cash for claims that were written off.
    package let recoveries: Int64
    /// Principal written off or waived.
    package let losses: Int64
    /// Loans with principal outstanding at the end.
    package let loans: Int
    /// Their principal by bucket, from M0 to M7.
    package let buckets: [Int64]
    /// Everything else that is owed on them at the end.
    package let accrued: Int64
    /// Whether the servicer buys what is left.
    package let isCalled: Bool

    package init(
        from: BusinessDate, to: BusinessDate, paysOn: BusinessDate, interest: Int64,
        principal: Int64, prepaid: Int64 = 0, recoveries: Int64 = 0, losses: Int64 = 0,
        loans: Int, buckets: [Int64], accrued: Int64 = 0, isCalled: Bool = false
    ) {
        precondition(buckets.count == 8, "principal by bucket, M0 to M7")
        self.from = from
        self.to = to
        self.paysOn = paysOn
        self.interest = interest
        self.principal = principal
        self.prepaid = prepaid
        self.recoveries = recoveries
        self.losses = losses
        self.loans = loans
        self.buckets = buckets
        self.accrued = accrued
        self.isCalled = isCalled
    }

    /// Interest, principal and recoveries.
    ///
    /// - Throws: ``AmountError/overflow``.
    func cash() throws(AmountError) -> Int64 {
        try interest.plus(principal).plus(recoveries)
    }

    /// Outstanding principal at the end.
    ///
    /// - Throws: ``AmountError/overflow``.
    func outstanding() throws(AmountError) -> Int64 {
        var sum: Int64 = 0
        for amount in buckets { sum = try sum.plus(amount) }
        return sum
    }
}
