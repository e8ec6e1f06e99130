package import BusinessCalendar
package import LendingRules

/// A pool's notes after the payment dates so far.
package struct PaidDeal: Sendable {
    package let deal: PoolDeal
    /// The oldest first.
    package let dates: [Date]
    /// The date whose close is to move what a clean-up call has bought, nil when none is to.
    package let callSettlesOn: BusinessDate?
    /// Whether the last clean-up call has not bought every share.
    let hasLeft: Bool

    /// One payment date: what was recorded, and what follows from it.
    package struct Date: Sendable {
        package let payment: KeptPoolPayment
        package let report: PaymentReport
    }

    /// The report of a payment date, of the last one when none is named.
    package func report(on date: BusinessDate?) -> PaymentReport? {
        (date.map { day in dates.last { $0.report.paysOn == day } } ?? dates.last)?.report
    }
}
