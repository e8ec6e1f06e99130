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
    /// This instalment would fall due on or before the day its period begins, as when a holiday
    /// rule moves two due dates to one day.
    case dueDatesMeet(number: Int, dueOn: BusinessDate)
    /// A grace is below zero or leaves no payable instalment.
    case graceOutOfRange(ScheduleGrace, Int, allowed: ClosedRange<Int>)
    /// The method has nothing that this grace could put off.
    case graceWithoutUse(ScheduleGrace, ScheduleMethod)
    /// Principal grace, then equal instalments: without a grace there is no such method.
    case graceMissing
    /// Billing by statements without a statement.
    case statementMissing
    /// The method rounds no instalment to a multiple.
    case multipleWithoutUse(ScheduleMethod)
    /// Rounded to the multiple the instalment is nothing; minor units.
    case multipleTooLarge(Int64, number: Int)
    /// Periods in days or weeks lack no due day.
    case monthEndWithoutMonths
    /// A fee of nothing or below.
    case feeNotPositive(String)
    /// On the day of the disbursement there is no such base yet.
    case feeWithoutBase(String, LoanFee.Base)
    /// Upfront fees leave nothing to pay out; minor units.
    case feesAbovePrincipal(Int64)
    /// A change before there is a loan.
    case changeBeforeDisbursement(BusinessDate, disbursedOn: BusinessDate)
    /// A change when nothing is left to change.
    case changeAfterEnd(BusinessDate)
    /// A change before one that was made already.
    case changeOutOfOrder(BusinessDate, after: BusinessDate)
    /// More than is owed on the date, or less than nothing; minor units.
    case repaymentAboveOwed(interest: Int64, principal: Int64, on: BusinessDate)
    /// A repayment of nothing or below; minor units.
    case repaymentNotPositive(Int64)
    /// More than the instalments that are left; minor units.
    case paymentAboveInstalments(Int64, on: BusinessDate)
    /// Principal that comes back at the end leaves no instalments to drop.
    case nothingToShorten(ScheduleMethod)
    /// The next due date must lie after the change.
    case dueDateNotAfterChange(BusinessDate, on: BusinessDate)
}

/// What a grace at the start of a schedule puts off.
package enum ScheduleGrace: String, Sendable {
    case principal = "principalGrace"
    case interest = "interestGrace"
}
