package import BusinessCalendar
package import Monetary

/// How principal comes back (DOMAIN § 4).
package enum ScheduleMethod: String, Sendable, CaseIterable {
    /// Level payments (等额本息).
    case equalInstalment = "equal-instalment"
    /// Level principal, interest on what is left (等额本金).
    case equalPrincipal = "equal-principal"
}

/// The step from one due date to the next.
package struct Period: Hashable, Sendable {
    /// Calendar unit of a period.
    package enum Unit: String, Sendable, CaseIterable {
        case days, weeks, months, years
    }

    /// At least 1.
    package let count: Int
    package let unit: Unit

    package init(count: Int, unit: Unit) {
        self.count = count
        self.unit = unit
    }

    package static let month = Period(count: 1, unit: .months)
}

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

    package init(
        principal: Int64, currency: Currency, rate: AnnualRate, method: ScheduleMethod,
        instalments: Int, every: Period = .month, disbursedOn: BusinessDate,
        firstDueOn: BusinessDate? = nil, dayCount: DayCount = .thirty360,
        rounding: Rounding = .halfEven, instalmentRounding: Rounding = .halfEven,
        instalmentMultiple: Int64 = 1
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
    }
}
