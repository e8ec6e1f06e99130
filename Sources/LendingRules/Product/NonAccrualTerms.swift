/// When income of a loan is no longer taken into the books, and when it is again (RULES § 3).
package struct NonAccrualTerms: Hashable, Sendable {
    /// More days past due than this, and the loan is non-accrual.
    package let afterDays: Int
    /// Instalments to be paid by their due dates, after the arrears, before it is cured.
    package let observedInstalments: Int

    package init(afterDays: Int, observedInstalments: Int = 0) {
        self.afterDays = afterDays
        self.observedInstalments = observedInstalments
    }

    /// After 90 days past due, cured by the payment of all arrears.
    package static let usual = NonAccrualTerms(afterDays: 90)
}
