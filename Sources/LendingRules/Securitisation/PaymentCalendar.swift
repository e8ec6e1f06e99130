package import BusinessCalendar

/// When the notes of a pool are paid, and for which collections.
package struct PaymentCalendar: Hashable, Sendable {
    /// Which date a collection period ends on.
    package enum PeriodEnd: Hashable, Sendable {
        /// The last day of the month before the payment date.
        case monthBefore
        /// So many calendar days before the payment date, at least one.
        case daysBefore(Int)
    }

    /// The first payment date, before any holiday moves it.
    package let firstOn: BusinessDate
    package let everyMonths: Int
    package let periodEnd: PeriodEnd
    /// A payment date on a holiday moves to the next business day; nil moves none.
    package let holidays: HolidayCalendar?

    package init(
        firstOn: BusinessDate, everyMonths: Int = 1, periodEnd: PeriodEnd = .monthBefore,
        holidays: HolidayCalendar? = nil
    ) {
        precondition(everyMonths > 0, "payment dates follow each other")
        self.firstOn = firstOn
        self.everyMonths = everyMonths
        self.periodEnd = periodEnd
        self.holidays = holidays
    }

    /// The payment date of a number from 1, and the last date of its collection period.
    ///
    /// Holidays move the payment, and not the period it is for.
    package func payment(_ number: Int) -> (paysOn: BusinessDate, to: BusinessDate) {
        let date = firstOn.adding(
            months: (number - 1) * everyMonths, dayOfMonth: firstOn.dayOfMonth)
        let end =
            switch periodEnd {
            case .monthBefore: date.adding(days: -date.dayOfMonth)
            case .daysBefore(let days): date.adding(days: -max(1, days))
            }
        return (holidays?.following(date) ?? date, end)
    }
}
