package import LendingRules

extension Explain {
    /// What would become of a loan of which nothing is ever paid back; nil for one that nobody
    /// lends.
    ///
    /// - Throws: ``LossError``.
    package func totalLoss(of explanation: Explanation) throws(LossError) -> TotalLoss? {
        guard let loan = explanation.loan, let plan = explanation.plan,
            let agreement = explanation.agreement?.terms,
            let product = catalogue.product(loan.product, on: loan.bookedOn)?.terms,
            let schedule = try? Schedule.build(
                loan.scheduleTerms(product, disbursedOn: loan.bookedOn))
        else { return nil }
        return try TotalLoss(
            of: loan.loan, under: agreement, plan: plan, disbursedOn: loan.bookedOn,
            instalments: schedule.instalments)
    }
}
