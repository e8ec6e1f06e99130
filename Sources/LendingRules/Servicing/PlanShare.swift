package import BusinessCalendar
import Monetary

/// One instalment of a loan as far as it is one lender's, minor units.
package struct PlanShare: Hashable, Sendable {
    /// From 1.
    package let number: Int
    package let dueOn: BusinessDate
    package let principal: Int64
    package let interest: Int64

    package init(number: Int, dueOn: BusinessDate, principal: Int64, interest: Int64) {
        self.number = number
        self.dueOn = dueOn
        self.principal = principal
        self.interest = interest
    }
}

extension LoanContract {
    /// Every lender's part of every instalment, in agreement order.
    ///
    /// Instalment k owns the interval from what is billed before it to what is billed with it, on
    /// the scale of its component (RULES § 2), so that a lender's plan sums to what it funded.
    /// Where claims have changed hands by facts, it is what each holder took over, or kept, then.
    /// - Throws: ``ServicingError`` as the position does.
    package func planShares(facts: [LoanFact] = []) throws(ServicingError) -> [[PlanShare]] {
        let replay = try self.replay(facts)
        var plans = [[PlanShare]](repeating: [], count: lenders.count)
        for (index, state) in replay.instalments.enumerated() {
            let instalment = state.instalment
            let principal: [Int64]
            let interest: [Int64]
            do {
                principal = try replay.parts(
                    of: state.unpaidPrincipal, onward: replay.principalStart(index))
                interest = try replay.parts(
                    of: state.unpaidInterest, onward: replay.interestStart(index))
            } catch {
                throw .amount(error)
            }
            for lender in plans.indices {
                plans[lender].append(
                    PlanShare(
                        number: instalment.number, dueOn: instalment.dueOn,
                        principal: principal[lender], interest: interest[lender]))
            }
        }
        return plans
    }

    /// The loan as it stood when its claims last changed hands, or at its disbursement.
    private func replay(_ facts: [LoanFact]) throws(ServicingError) -> Replay {
        var replay = Replay(self)
        guard let last = facts.filter({ !$0.holders.isEmpty }).max() else { return replay }
        let effective = try effectiveFacts(of: facts, at: last.valueDate)
        do {
            try replay.run(effective, until: last.valueDate)
        } catch {
            throw .amount(error)
        }
        return replay
    }
}
