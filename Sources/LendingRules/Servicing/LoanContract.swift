package import BusinessCalendar
package import Monetary

/// A disbursed loan as its parties agreed on it: schedule, lenders and the rules that serve it.
///
/// Everything here is snapshotted at booking and at disbursement; only facts change a position.
package struct LoanContract: Hashable, Sendable {
    package let loan: LoanID
    /// Name of the agreement in force at booking.
    package let agreement: String
    /// The schedule of the disbursement; later facts may change what a position goes by.
    package let schedule: Schedule
    /// Who lent or takes over later, in agreement order.
    package let lenders: [PartyID]
    /// Funded amounts in the same order: the weights of every split.
    package let scale: ProportionalScale
    /// Who services: collects from the borrower and keeps the books.
    package let platform: PartyID
    package let serviceFees: [ServiceFee]
    package let servicing: ServicingTerms
    /// How interest, penalty and fees are divided.
    package let income: IncomeTerms
    /// Who paid the borrower.
    package let disbursement: DisbursementWay

    /// A contract whose funded amounts make up the principal.
    ///
    /// - Throws: ``AmountError/unusableWeights`` or ``AmountError/overflow`` for the amounts.
    package init(
        loan: LoanID, agreement: String, schedule: Schedule, lenders: [PartyID],
        fundedAmounts: [Int64], platform: PartyID, serviceFees: [ServiceFee],
        servicing: ServicingTerms, income: IncomeTerms = .byPrincipal,
        disbursement: DisbursementWay = .reimburse
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
        self.servicing = servicing
        self.income = income
        self.disbursement = disbursement
    }

    package var currency: Currency { schedule.terms.currency }

    package var disbursedOn: BusinessDate { schedule.terms.disbursedOn }

    package var penalty: PenaltyTerms { servicing.penalty }

    package var materiality: Int64 { servicing.materiality }
}

extension LoanContract {
    /// A contract served by the usual rules, but for penalty and materiality.
    ///
    /// - Throws: as the full one.
    package init(
        loan: LoanID, agreement: String, schedule: Schedule, lenders: [PartyID],
        fundedAmounts: [Int64], platform: PartyID, serviceFees: [ServiceFee],
        penalty: PenaltyTerms, materiality: Int64, disbursement: DisbursementWay = .reimburse
    ) throws(AmountError) {
        try self.init(
            loan: loan, agreement: agreement, schedule: schedule, lenders: lenders,
            fundedAmounts: fundedAmounts, platform: platform, serviceFees: serviceFees,
            servicing: ServicingTerms(penalty: penalty, materiality: materiality),
            disbursement: disbursement)
    }
}

extension LoanContract {
    /// The same with parties behind the lenders that have lent nothing and may take claims over.
    package func joined(by parties: [PartyID]) -> LoanContract {
        let more = parties.reduce(into: [PartyID]()) { more, party in
            if !lenders.contains(party), !more.contains(party) { more.append(party) }
        }
        if more.isEmpty { return self }
        let joined = try? LoanContract(
            loan: loan, agreement: agreement, schedule: schedule, lenders: lenders + more,
            fundedAmounts: scale.weights + more.map { _ in 0 }, platform: platform,
            serviceFees: serviceFees, servicing: servicing, income: income,
            disbursement: disbursement)
        return joined ?? self
    }
}
