// What the bank agreed with the platform, as far as its own arithmetic needs it.

/// The bank's conditions, the same for all of its loans.
package struct Conditions: Sendable {
    /// Penalty rate as a multiple of the contract rate.
    package var penaltyMultiple: Exact
    /// Payments up to this many days late owe no penalty.
    package var graceDays: Int
    /// A difference of this many minor units per instalment is rounding, not debt.
    package var roundingTolerance: Int64
    /// Service fee in percent of collected interest.
    package var serviceFeePercent: Exact
    /// Other percentages for loans of which the bank funds only a small part.
    package var smallShareFees: [SmallShareFee] = []

    /// Conditions of a bank.
    package init(
        penaltyMultiple: Exact, graceDays: Int, roundingTolerance: Int64, serviceFeePercent: Exact
    ) {
        self.penaltyMultiple = penaltyMultiple
        self.graceDays = graceDays
        self.roundingTolerance = roundingTolerance
        self.serviceFeePercent = serviceFeePercent
    }
}

/// A service fee that holds up to a share of the loan.
package struct SmallShareFee: Sendable {
    /// Largest share in percent that the fee is for.
    package let shareUpTo: Exact
    /// The fee in percent of collected interest.
    package let percent: Exact
}

extension Conditions {
    /// The conditions for a share `own` of a loan `whole`: its fee is settled for good.
    func settled(forShare own: Int64, of whole: Int64) -> Conditions {
        var settled = self
        for fee in smallShareFees.reversed() {
            let limit = Int128(whole) * Int128(fee.shareUpTo.units)
            if Int128(own) * 100 * Int128(fee.shareUpTo.scale) <= limit {
                settled.serviceFeePercent = fee.percent
            }
        }
        return settled
    }
}
