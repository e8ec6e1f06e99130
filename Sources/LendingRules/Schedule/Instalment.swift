package import BusinessCalendar
import Monetary

/// One instalment: what falls due and what is left afterwards, in minor units.
package struct Instalment: Hashable, Sendable {
    /// From 1.
    package let number: Int
    /// First day of its interest period (counted).
    package let startsOn: BusinessDate
    /// Due date; the last day of the period is not counted.
    package let dueOn: BusinessDate
    /// Principal that falls due with it.
    package let principal: Int64
    /// Interest billed for it, what was paid early included.
    package let interest: Int64
    /// Scheduled principal at the start of the period.
    package let openingBalance: Int64
    /// The whole period as a fraction of a year.
    package let fraction: YearFraction
    /// The rate in force at the end of the period.
    package let rate: AnnualRate
    package let fee: Int64
    /// Interest that early repayments brought inside the period.
    package let paidEarly: Int64
    /// Principal paid out less principal repaid early inside the period.
    package let movement: Int64
    /// Interest of earlier periods whose grace defers it to this instalment or a later one.
    package let carried: Int64
    /// Principal repaid early after the statement that bills the instalment.
    package let billedEarly: Int64

    package init(
        number: Int, startsOn: BusinessDate, dueOn: BusinessDate, principal: Int64,
        interest: Int64, openingBalance: Int64, fraction: YearFraction, rate: AnnualRate,
        fee: Int64 = 0, paidEarly: Int64 = 0, movement: Int64 = 0, carried: Int64 = 0,
        billedEarly: Int64 = 0
    ) {
        self.number = number
        self.startsOn = startsOn
        self.dueOn = dueOn
        self.principal = principal
        self.interest = interest
        self.openingBalance = openingBalance
        self.fraction = fraction
        self.rate = rate
        self.fee = fee
        self.paidEarly = paidEarly
        self.movement = movement
        self.carried = carried
        self.billedEarly = billedEarly
    }
}

extension Instalment {
    /// Actual days of the period.
    package var days: Int { dueOn.days(since: startsOn) }

    /// Interest still to be paid on the due date.
    package var payableInterest: Int64 { interest - paidEarly }

    /// What is payable on the due date: principal, interest not paid early, fee.
    package var total: Int64 { principal + payableInterest + fee }

    /// Scheduled principal after the instalment.
    package var balance: Int64 { openingBalance + movement - principal }
}
