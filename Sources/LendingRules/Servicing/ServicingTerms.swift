/// The rules by which a loan is served, as its product and agreement had them at booking.
package struct ServicingTerms: Hashable, Sendable {
    package var penalty: PenaltyTerms
    /// Unpaid minor units up to which an instalment does not count as past due.
    package var materiality: Int64
    package var allocation: AllocationTerms
    package var earlyRepayment: EarlyRepaymentTerms
    package var nonAccrual: NonAccrualTerms
    /// Days of interest that a loan repaid on the day of its disbursement owes: 0 or 1.
    package var minimumDays: Int
    /// Who bears what collecting costs.
    package var collectionCosts: CollectionCosts

    package init(
        penalty: PenaltyTerms, materiality: Int64, allocation: AllocationTerms = .usual,
        earlyRepayment: EarlyRepaymentTerms = .waiting, nonAccrual: NonAccrualTerms = .usual,
        minimumDays: Int = 0, collectionCosts: CollectionCosts = .advanced
    ) {
        self.penalty = penalty
        self.materiality = materiality
        self.allocation = allocation
        self.earlyRepayment = earlyRepayment
        self.nonAccrual = nonAccrual
        self.minimumDays = minimumDays
        self.collectionCosts = collectionCosts
    }
}
