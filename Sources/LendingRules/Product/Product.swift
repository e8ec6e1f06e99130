package import BusinessCalendar
package import Monetary

/// What is lent: method, conventions, penalty and limits of a loan.
package struct Product: Hashable, Sendable {
    /// Short name, such as `instalment-loan`.
    package let name: String
    package let method: ScheduleMethod
    package let every: Period
    package let dayCount: DayCount
    /// Rounding of interest.
    package let rounding: Rounding
    package let instalmentRounding: Rounding
    /// Instalment totals are rounded to a multiple of this many minor units.
    package let instalmentMultiple: Int64
    /// First instalments without principal.
    package let principalGrace: Int
    /// First instalments whose interest is deferred to the next payable one.
    package let interestGrace: Int
    package let monthEnd: MonthEnd
    /// Nil where due dates heed no calendar.
    package let holidays: DueDateHolidays?
    package let fees: [LoanFee]
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

    package init(
        name: String, method: ScheduleMethod, every: Period = .month, dayCount: DayCount,
        rounding: Rounding, instalmentRounding: Rounding, instalmentMultiple: Int64 = 1,
        principalGrace: Int = 0, interestGrace: Int = 0, monthEnd: MonthEnd = .clamp,
        holidays: DueDateHolidays? = nil, fees: [LoanFee] = [], penalty: PenaltyTerms,
        earlyRepayment: EarlyRepaymentTerms = .waiting, nonAccrual: NonAccrualTerms = .usual,
        minimumDays: Int = 0, materiality: Int64, principal: ClosedRange<Int64>,
        instalments: ClosedRange<Int>, rate: ClosedRange<AnnualRate>? = nil
    ) {
        self.name = name
        self.method = method
        self.every = every
        self.dayCount = dayCount
        self.rounding = rounding
        self.instalmentRounding = instalmentRounding
        self.instalmentMultiple = instalmentMultiple
        self.principalGrace = principalGrace
        self.interestGrace = interestGrace
        self.monthEnd = monthEnd
        self.holidays = holidays
        self.fees = fees
        self.penalty = penalty
        self.earlyRepayment = earlyRepayment
        self.nonAccrual = nonAccrual
        self.minimumDays = minimumDays
        self.materiality = materiality
        self.principal = principal
        self.instalments = instalments
        self.rate = rate
    }
}
