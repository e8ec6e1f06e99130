package import BusinessCalendar
package import Monetary

extension ScheduleTerms {
    /// The terms of one loan by the rules of a product.
    package init(
        principal: Int64, currency: Currency, rate: AnnualRate, instalments: Int,
        disbursedOn: BusinessDate, firstDueOn: BusinessDate?, method: ScheduleMethod,
        dayCount: DayCount, rounding: Rounding, instalmentRounding: Rounding,
        conventions: ScheduleConventions
    ) {
        self.init(
            principal: principal, currency: currency, rate: rate, method: method,
            instalments: instalments, every: conventions.every, disbursedOn: disbursedOn,
            firstDueOn: firstDueOn, dayCount: dayCount, rounding: rounding,
            instalmentRounding: instalmentRounding,
            instalmentMultiple: conventions.instalmentMultiple,
            principalGrace: conventions.principalGrace, interestGrace: conventions.interestGrace,
            monthEnd: conventions.monthEnd, holidays: conventions.holidays, fees: conventions.fees,
            statement: conventions.statement)
    }

    /// What the loan has in common with all others of its product.
    package var conventions: ScheduleConventions {
        ScheduleConventions(
            every: every, instalmentMultiple: instalmentMultiple, principalGrace: principalGrace,
            interestGrace: interestGrace, monthEnd: monthEnd, holidays: holidays, fees: fees,
            statement: statement)
    }
}
