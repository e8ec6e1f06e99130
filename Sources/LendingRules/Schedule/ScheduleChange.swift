package import BusinessCalendar

/// What may happen to a schedule after it was agreed.
///
/// A change counts from its date: on a due date from the period that begins there.
package enum ScheduleChange: Hashable, Sendable {
    /// Another rate.
    case rate(AnnualRate, on: BusinessDate)
    /// More principal is paid out; minor units.
    case tranche(Int64, on: BusinessDate)
    /// An early repayment brought this much of the open period's interest and of principal; minor
    /// units. Without effect on the schedule when it waits for the next instalments.
    case repayment(
        interest: Int64, principal: Int64, on: BusinessDate, EarlyRepaymentEffect)
    /// The next instalment falls due on another date, and those after it count from its day.
    case dueDates(next: BusinessDate, on: BusinessDate)
    /// This many instalments more.
    case extended(by: Int, on: BusinessDate)
    /// From this date on another plan.
    case restructured(Restructuring, on: BusinessDate)

    /// The date it counts from.
    package var on: BusinessDate {
        switch self {
        case .rate(_, let on), .tranche(_, let on), .repayment(_, _, let on, _),
            .dueDates(_, let on), .extended(_, let on), .restructured(_, let on):
            on
        }
    }
}

/// The plan that takes the place of what was left of a schedule.
///
/// What the open period has accrued by then falls due on the day of the restructuring, less what
/// the new principal takes up.
package struct Restructuring: Hashable, Sendable {
    /// Principal that the plan repays, minor units.
    package let principal: Int64
    package let rate: AnnualRate
    package let method: ScheduleMethod
    /// Instalments from the restructuring on.
    package let instalments: Int
    package let every: Period
    /// One period after the restructuring when nil.
    package let firstDueOn: BusinessDate?
    /// Interest of the open period that is part of the new principal, minor units.
    package let capitalisedInterest: Int64
    package let principalGrace: Int
    package let interestGrace: Int

    package init(
        principal: Int64, rate: AnnualRate, method: ScheduleMethod, instalments: Int,
        every: Period = .month, firstDueOn: BusinessDate? = nil, capitalisedInterest: Int64 = 0,
        principalGrace: Int = 0, interestGrace: Int = 0
    ) {
        self.principal = principal
        self.rate = rate
        self.method = method
        self.instalments = instalments
        self.every = every
        self.firstDueOn = firstDueOn
        self.capitalisedInterest = capitalisedInterest
        self.principalGrace = principalGrace
        self.interestGrace = interestGrace
    }
}
