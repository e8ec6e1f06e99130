package import BusinessCalendar
package import LendingRules

/// A payment that an import is told of after a decision that might have been another with it: the
/// decision stands, and the payment counts after it (RULES § 1).
package struct LatePayment: Hashable, Sendable {
    package let loan: LoanID
    package let payment: String
    /// From when it would have counted.
    package let paidOn: BusinessDate
    package let countsOn: BusinessDate
    /// The decision's fact.
    package let decision: String
    package let decidedOn: BusinessDate

    package init(
        loan: LoanID, payment: String, paidOn: BusinessDate, countsOn: BusinessDate,
        decision: String, decidedOn: BusinessDate
    ) {
        self.loan = loan
        self.payment = payment
        self.paidOn = paidOn
        self.countsOn = countsOn
        self.decision = decision
        self.decidedOn = decidedOn
    }

    /// One sentence for a person.
    package var sentence: String {
        "\(loan): payment \(payment) of \(paidOn) counts on \(countsOn), after the decision "
            + "\(decision) of \(decidedOn), which stands"
    }
}
