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
    /// - Throws: ``ServicingError/amount(_:)``.
    package func planShares() throws(ServicingError) -> [[PlanShare]] {
        var plans = [[PlanShare]](repeating: [], count: lenders.count)
        for (index, instalment) in schedule.instalments.enumerated() {
            let principal: [Int64]
            let interest: [Int64]
            do {
                principal = try scale.parts(
                    from: schedule.cumulativePrincipal[index],
                    to: schedule.cumulativePrincipal[index + 1])
                interest = try scale.parts(
                    from: schedule.cumulativeInterest[index],
                    to: schedule.cumulativeInterest[index + 1])
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
}
