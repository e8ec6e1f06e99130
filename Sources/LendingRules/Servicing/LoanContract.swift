package import BusinessCalendar
package import Monetary

/// A disbursed loan as its parties agreed on it: schedule, lenders and the rules that serve it.
///
/// Everything here is snapshotted at booking and at disbursement; only facts change a position.
package struct LoanContract: Hashable, Sendable {
    package let loan: LoanID
    /// Name of the agreement in force at booking.
    package let agreement: String
    package let schedule: Schedule
    /// Who lent, in agreement order.
    package let lenders: [PartyID]
    /// Funded amounts in the same order: the weights of every split.
    package let scale: ProportionalScale
    /// Who services: collects from the borrower and keeps the books.
    package let platform: PartyID
    package let serviceFees: [ServiceFee]
    package let penalty: PenaltyTerms
    /// Who paid the borrower.
    package let disbursement: DisbursementWay
    /// Unpaid minor units up to which an instalment does not count as past due.
    package let materiality: Int64

    /// A contract whose funded amounts make up the principal.
    ///
    /// - Throws: ``AmountError/unusableWeights`` or ``AmountError/overflow`` for the amounts.
    package init(
        loan: LoanID, agreement: String, schedule: Schedule, lenders: [PartyID],
        fundedAmounts: [Int64], platform: PartyID, serviceFees: [ServiceFee],
        penalty: PenaltyTerms, materiality: Int64, disbursement: DisbursementWay = .reimburse
    ) throws(AmountError) {
        scale = try ProportionalScale(weights: fundedAmounts)
        precondition(lenders.count == fundedAmounts.count, "one funded amount for each lender")
        precondition(scale.total == schedule.terms.principal, "shares make up the principal")
        self.loan = loan
        self.agreement = agreement
        self.schedule = schedule
        self.lenders = lenders
        self.platform = platform
        self.serviceFees = serviceFees
        self.penalty = penalty
        self.materiality = materiality
        self.disbursement = disbursement
    }

    package var currency: Currency { schedule.terms.currency }

    package var disbursedOn: BusinessDate { schedule.terms.disbursedOn }
}
