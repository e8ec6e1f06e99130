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
    /// Penalty rate on overdue interest as a multiple of the contract rate; 0: none.
    package var penaltyOnInterest = Exact.zero
    /// The methods of the loans that bear it; empty for all.
    package var penaltyOnInterestOf: [RepaymentMethod] = []
    /// Whether what is paid after the days of grace owes nothing for them either.
    package var forgivesGrace = false
    /// What early repayments do, by the loan's method; the first that fits.
    package var earlyRepayments: [EarlyRepayment] = []
    /// In which order cash pays what has fallen due.
    package var order: [Claim] = Claim.allCases
    /// Whether one claim of all instalments comes before the next claim.
    package var isByComponent = false
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

/// What cash can pay, in the words of an allocation order.
package enum Claim: String, CaseIterable, Sendable {
    case penalty, fee, interest, principal
}

/// What cash beyond everything due does to loans of a method.
package struct EarlyRepayment: Sendable {
    /// What becomes of the plan.
    package enum Effect: String, CaseIterable, Sendable {
        case lowerInstalment = "lower-instalment"
        case shortenTerm = "shorten-term"
        case nextInstalment = "next-instalment"
    }

    /// The loans it is about; nil for all.
    package let method: RepaymentMethod?
    /// What becomes of the plan.
    package let effect: Effect
    /// Fee in percent of the principal repaid early.
    package let feePercent: Exact

    /// A rule for loans of a method, or for all.
    package init(method: RepaymentMethod? = nil, effect: Effect, feePercent: Exact = .zero) {
        self.method = method
        self.effect = effect
        self.feePercent = feePercent
    }
}

extension Conditions {
    /// The multiple on overdue interest of loans of a method.
    func onInterest(_ method: RepaymentMethod) -> Exact {
        let bears = penaltyOnInterestOf.isEmpty || penaltyOnInterestOf.contains(method)
        return bears ? penaltyOnInterest : .zero
    }

    /// What holds for loans of a method; those with daily interest are repaid at any time.
    func early(_ method: RepaymentMethod) -> EarlyRepayment {
        if let rule = earlyRepayments.first(where: { $0.method == nil || $0.method == method }) {
            let waits = rule.effect == .nextInstalment && method.isDaily
            return waits
                ? EarlyRepayment(effect: .lowerInstalment, feePercent: rule.feePercent) : rule
        }
        return EarlyRepayment(effect: method.isDaily ? .lowerInstalment : .nextInstalment)
    }
}

extension EarlyRepayment {
    /// The fee on so much principal, cumulative half-up.
    func fee(on principal: Int64) -> Int64 {
        Int64(
            Rounding.halfUp.divide(
                Int128(principal) * feePercent.hundredMillionths, by: 10_000_000_000))
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
