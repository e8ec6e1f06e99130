package import BusinessCalendar

/// Why terms give no schedule.
package enum ScheduleError: Error, Hashable, Sendable {
    /// There must be something to repay; minor units as given.
    case principalNotPositive(Int64)
    /// The number of instalments lies outside what is allowed.
    case instalmentsOutOfRange(Int, allowed: ClosedRange<Int>)
    /// The rate is negative or beyond what arithmetic is proven for.
    case rateOutOfRange(AnnualRate, allowed: ClosedRange<Int64>)
    /// A period is shorter than one unit or longer than the calendar.
    case periodOutOfRange(Period)
    /// The multiple that instalments are rounded to is below 1 or too large; minor units.
    case multipleOutOfRange(Int64, allowed: ClosedRange<Int64>)
    /// The first due date must lie after the disbursement.
    case firstDueNotAfterDisbursement(disbursedOn: BusinessDate, firstDueOn: BusinessDate)
    /// This instalment would fall due after 9999-12-31.
    case dueBeyondCalendar(number: Int)
    /// The instalment is less than its own interest, so the debt would grow; minor units.
    case instalmentBelowInterest(number: Int, instalment: Int64, interest: Int64)
    /// An amount, or the sum of all instalments, does not fit in 64-bit minor units.
    case amountOutOfRange
}
