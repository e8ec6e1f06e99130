package import BusinessCalendar
package import Monetary

/// What is lent: method, conventions, penalty and limits of a loan.
package struct Product: Hashable, Sendable {
    /// Short name, such as `instalment-loan`.
    package let name: String
    package let method: ScheduleMethod
    package let dayCount: DayCount
    /// Rounding of interest.
    package let rounding: Rounding
    package let instalmentRounding: Rounding
    package let penalty: PenaltyTerms
    /// Unpaid minor units up to which an instalment does not count as past due.
    package let materiality: Int64
    /// Principal in minor units that may be lent.
    package let principal: ClosedRange<Int64>
    /// Instalments a loan may have.
    package let instalments: ClosedRange<Int>

    package init(
        name: String, method: ScheduleMethod, dayCount: DayCount, rounding: Rounding,
        instalmentRounding: Rounding, penalty: PenaltyTerms, materiality: Int64,
        principal: ClosedRange<Int64>, instalments: ClosedRange<Int>
    ) {
        self.name = name
        self.method = method
        self.dayCount = dayCount
        self.rounding = rounding
        self.instalmentRounding = instalmentRounding
        self.penalty = penalty
        self.materiality = materiality
        self.principal = principal
        self.instalments = instalments
    }
}

extension Product {
    /// The economic terms as canonical text, a line each.
    package var canonicalTerms: String {
        """
        product \(name)
        method \(method.rawValue)
        day-count \(dayCount.rawValue)
        rounding \(rounding.rawValue)
        instalment-rounding \(instalmentRounding.rawValue)
        penalty \(penalty.multipleThousandths) \(penalty.graceDays)
        materiality \(materiality)
        principal \(principal.lowerBound) \(principal.upperBound)
        instalments \(instalments.lowerBound) \(instalments.upperBound)

        """
    }
}
