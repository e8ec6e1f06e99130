package import BusinessCalendar
package import Monetary

/// The collections of a pool, counted share by share.
package struct CollectionTally: Hashable, Sendable {
    private var interest: Int64 = 0
    private var principal: Int64 = 0
    private var prepaid: Int64 = 0
    private var recoveries: Int64 = 0
    private var losses: Int64 = 0
    private var loans: Set<LoanID> = []
    private var buckets = [Int64](repeating: 0, count: 8)
    private var accrued: Int64 = 0

    package init() {}

    /// What a seller passed through for the time before the shares changed hands.
    ///
    /// - Throws: ``AmountError/overflow``.
    package mutating func addPassedThrough(_ period: SharePeriod) throws(AmountError) {
        try addCash(period)
    }

    /// A share of the pool's holder from the end of one date to the end of another; `prepaid`: how
    /// much of the principal came before it fell due.
    ///
    /// Interest that became principal counts as collected and lent again: the cash is the same,
    /// and the principal follows.
    /// - Throws: ``AmountError/overflow``.
    package mutating func add(_ period: SharePeriod, prepaid early: Int64 = 0, daysPastDue: Int)
        throws(AmountError)
    {
        try addCash(period)
        prepaid = try prepaid.plus(early)
        let left = period.closing
        let bucket = DelinquencyBucket(daysPastDue: daysPastDue).number
        buckets[bucket] = try buckets[bucket].plus(left.allPrincipal)
        accrued = try accrued.plus(left.total - left.allPrincipal)
        if left.allPrincipal > 0 { loans.insert(period.share.loan) }
    }

    private mutating func addCash(_ period: SharePeriod) throws(AmountError) {
        let paid = period.collected
        principal = try principal.plus(paid.allPrincipal).minus(period.capitalised)
        interest = try interest.plus(paid.total - paid.allPrincipal).plus(period.capitalised)
        recoveries = try recoveries.plus(period.recovered)
        losses = try losses.plus(period.relieved.allPrincipal)
    }

    /// The collections of a period.
    package func collections(
        from: BusinessDate, to: BusinessDate, paysOn: BusinessDate, isCalled: Bool = false
    ) -> PeriodCollections {
        PeriodCollections(
            from: from, to: to, paysOn: paysOn, interest: interest, principal: principal,
            prepaid: prepaid, recoveries: recoveries, losses: losses, loans: loans.count,
            buckets: buckets, accrued: accrued, isCalled: isCalled)
    }
}
