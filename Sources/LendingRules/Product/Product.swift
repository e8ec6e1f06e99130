package import BusinessCalendar
package import Monetary

/// What is lent: method, conventions, penalty and limits of a loan.
package struct Product: Hashable, Sendable {
    /// Short name, such as `instalment-loan`.
    package let name: String
    /// First business date on which loans may be booked of it; nil for all dates before the first
    /// version that names one.
    package let effectiveFrom: BusinessDate?
    package let method: ScheduleMethod
    package let dayCount: DayCount
    /// Rounding of interest.
    package let rounding: Rounding
    package let instalmentRounding: Rounding
    package let conventions: ScheduleConventions
    package let penalty: PenaltyTerms
    package let earlyRepayment: EarlyRepaymentTerms
    package let nonAccrual: NonAccrualTerms
    /// Days of interest that are owed at least for what is repaid on the day it was lent: 0 or 1.
    package let minimumDays: Int
    /// Unpaid minor units up to which an instalment does not count as past due.
    package let materiality: Int64
    /// Principal in minor units that may be lent.
    package let principal: ClosedRange<Int64>
    /// Instalments a loan may have.
    package let instalments: ClosedRange<Int>
    /// Rates a loan may have; nil for any.
    package let rate: ClosedRange<AnnualRate>?
    /// Of a line of credit: how it is used; nil where the import is the loan.
    package let line: LineTerms?

    package init(
        name: String, method: ScheduleMethod, dayCount: DayCount, rounding: Rounding,
        instalmentRounding: Rounding, conventions: ScheduleConventions = .usual,
        penalty: PenaltyTerms,
        earlyRepayment: EarlyRepaymentTerms = .waiting, nonAccrual: NonAccrualTerms = .usual,
        minimumDays: Int = 0, materiality: Int64, principal: ClosedRange<Int64>,
        instalments: ClosedRange<Int>, rate: ClosedRange<AnnualRate>? = nil,
        line: LineTerms? = nil, effectiveFrom: BusinessDate? = nil
    ) {
        self.name = name
        self.effectiveFrom = effectiveFrom
        self.method = method
        self.dayCount = dayCount
        self.rounding = rounding
        self.instalmentRounding = instalmentRounding
        self.conventions = conventions
        self.penalty = penalty
        self.earlyRepayment = earlyRepayment
        self.nonAccrual = nonAccrual
        self.minimumDays = minimumDays
        self.materiality = materiality
        self.principal = principal
        self.instalments = instalments
        self.rate = rate
        self.line = line
    }

    /// Whether loans may be booked of it on a date.
    package func isInForce(on date: BusinessDate) -> Bool {
        effectiveFrom.map { $0 <= date } ?? true
    }
}
