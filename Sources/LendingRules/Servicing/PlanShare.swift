package import BusinessCalendar
import Monetary

/// One instalment of a loan as far as it is one lender's, minor units.
package struct PlanShare: Hashable, Sendable {
    /// From 1.
    package let number: Int
    package let dueOn: BusinessDate
    package let principal: Int64
    package let interest: Int64
    package let fee: Int64

    package init(
        number: Int, dueOn: BusinessDate, principal: Int64, interest: Int64, fee: Int64 = 0
    ) {
        self.number = number
        self.dueOn = dueOn
        self.principal = principal
        self.interest = interest
        self.fee = fee
    }
}

extension LoanContract {
    /// Every lender's part of every instalment, in agreement order.
    ///
    /// Instalment k owns the interval from what is billed before it to what is billed with it, on
    /// the scale of its component (RULES § 2), so that a lender's plan sums to what it funded.
    /// Where claims have changed hands by facts, or instalments were agreed anew, it is what each
    /// holder took over, or kept, then.
    /// - Throws: ``ServicingError`` as the position does.
    package func planShares(facts: [LoanFact] = []) throws(ServicingError) -> [[PlanShare]] {
        let last = facts.filter { !$0.parties.isEmpty || $0.changesPlan }.max()
        let replay = try replay(facts, until: last?.valueDate ?? disbursedOn.adding(days: -1))
        return try ServicingError.amounts { () throws(AmountError) in
            var plans = [[PlanShare]](repeating: [], count: lenders.count)
            for index in replay.instalments.indices {
                for (lender, share) in try replay.shares(of: index).enumerated() {
                    plans[lender].append(share)
                }
            }
            return plans
        }
    }
}

extension Replay {
    /// What is left of an instalment, lender by lender.
    func shares(of index: Int) throws(AmountError) -> [PlanShare] {
        let state = instalments[index]
        let principal = try principalParts(index, state.unpaidPrincipal)
        let interest = try interestParts(index, state.unpaidInterest)
        let fee = try feeParts(index)
        return lenders.indices.map {
            PlanShare(
                number: state.instalment.number, dueOn: state.instalment.dueOn,
                principal: principal[$0], interest: interest[$0], fee: fee[$0])
        }
    }
}
