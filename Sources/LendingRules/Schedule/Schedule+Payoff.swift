package import BusinessCalendar
import Monetary

/// What ends a loan on one day, minor units.
package struct Payoff: Hashable, Sendable {
    package let principal: Int64
    package let interest: Int64
    package let fee: Int64

    package var total: Int64 { principal + interest + fee }
}

extension Schedule {
    /// What a payment with this value date must bring to end the loan when every instalment due
    /// before was paid: an instalment that falls due that day is part of it with its fee.
    ///
    /// Interest is owed for the days before the date.
    /// - Throws: ``ScheduleError/amountOutOfRange``, or
    ///   ``ScheduleError/changeBeforeDisbursement(_:disbursedOn:)``.
    package func payoff(on date: BusinessDate) throws(ScheduleError) -> Payoff {
        guard date >= terms.disbursedOn else {
            throw .changeBeforeDisbursement(date, disbursedOn: terms.disbursedOn)
        }
        guard let index = instalments.firstIndex(where: { $0.dueOn >= date }) else {
            return Payoff(principal: 0, interest: 0, fee: 0)
        }
        let instalment = instalments[index]
        let isDue = instalment.dueOn == date
        // What happens on a due date counts from the next period.
        let next = isDue && index + 1 < instalments.count ? instalments[index + 1].movement : 0
        let days = date.days(since: instalment.startsOn)
        let interest = try ScheduleError.fitting { () throws(AmountError) in
            try accruedInterest(of: index, days: days)
        }
        return Payoff(
            principal: instalment.openingBalance + instalment.movement + next,
            interest: interest - instalment.paidEarly, fee: isDue ? instalment.fee : 0)
    }

    /// Interest accrued to the end of a date, the following night included, that has not fallen
    /// due and was not paid early.
    ///
    /// - Throws: as ``payoff(on:)``.
    package func unbilledInterest(endOf date: BusinessDate) throws(ScheduleError) -> Int64 {
        guard date >= terms.disbursedOn else {
            throw .changeBeforeDisbursement(date, disbursedOn: terms.disbursedOn)
        }
        let due = dueCount(on: date)
        guard due < instalments.count else { return 0 }
        let accrued = try ScheduleError.fitting { () throws(AmountError) in
            try accruedInterest(endOf: date)
        }
        return accrued - cumulativeInterest[due] - instalments[due].paidEarly
    }
}
