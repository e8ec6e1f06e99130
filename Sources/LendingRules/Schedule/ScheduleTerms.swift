package import BusinessCalendar
package import Monetary

/// Everything a schedule is computed from.
package struct ScheduleTerms: Hashable, Sendable {
    /// Minor units.
    package var principal: Int64
    package var currency: Currency
    package var rate: AnnualRate
    package var method: ScheduleMethod
    package var instalments: Int
    package var every: Period
    package var disbursedOn: BusinessDate
    /// One period after `disbursedOn` when nil.
    package var firstDueOn: BusinessDate?
    package var dayCount: DayCount
    /// Rounding of interest.
    package var rounding: Rounding
    package var instalmentRounding: Rounding
    /// Instalment totals are rounded to a multiple of this many minor units.
    package var instalmentMultiple: Int64
    /// Periods at the start that pay no principal; they count as instalments.
    package var principalGrace: Int
    /// Periods at the start whose interest falls due with the next payable one.
    package var interestGrace: Int
    /// What becomes of a due day that a month lacks.
    package var monthEnd: MonthEnd
    /// What moves due dates off holidays; nil: nothing.
    package var holidays: HolidayShift?
    package var fees: [LoanFee]
    /// How the method `statement-cycle` bills; nil for every other.
    package var statement: StatementCycle?

    package init(
        principal: Int64, currency: Currency, rate: AnnualRate, method: ScheduleMethod,
        instalments: Int, every: Period = .month, disbursedOn: BusinessDate,
        firstDueOn: BusinessDate? = nil, dayCount: DayCount = .thirty360,
        rounding: Rounding = .halfEven, instalmentRounding: Rounding = .halfEven,
        instalmentMultiple: Int64 = 1, principalGrace: Int = 0, interestGrace: Int = 0,
        monthEnd: MonthEnd = .clamp, holidays: HolidayShift? = nil, fees: [LoanFee] = [],
        statement: StatementCycle? = nil
    ) {
        self.principal = principal
        self.currency = currency
        self.rate = rate
        self.method = method
        self.instalments = instalments
        self.every = every
        self.disbursedOn = disbursedOn
        self.firstDueOn = firstDueOn
        self.dayCount = dayCount
        self.rounding = rounding
        self.instalmentRounding = instalmentRounding
        self.instalmentMultiple = instalmentMultiple
        self.principalGrace = principalGrace
        self.interestGrace = interestGrace
        self.monthEnd = monthEnd
        self.holidays = holidays
        self.fees = fees
        self.statement = statement
    }
}
