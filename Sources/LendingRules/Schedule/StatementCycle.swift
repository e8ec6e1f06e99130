package import BusinessCalendar
package import Monetary

/// How purchases are billed: a statement closes on one day of the month and its minimum falls due
/// on the next due date, what is left bears interest from then on (pay-later).
package struct StatementCycle: Hashable, Sendable {
    /// Day of the month on which statements close; purchases of the day are on it.
    package let day: Int
    /// Part of what is outstanding that each statement asks for at least.
    package let minimumPayment: Share

    /// Days of the month that no month lacks.
    package static let days = 1...28

    package init(day: Int, minimumPayment: Share) {
        precondition(StatementCycle.days.contains(day), "every month has the statement's day")
        self.day = day
        self.minimumPayment = minimumPayment
    }

    /// The statement that bills what falls due on a date: the last one that closed before it.
    package func closing(before due: BusinessDate) -> BusinessDate {
        let same = due.adding(months: 0, dayOfMonth: day)
        return same < due ? same : due.adding(months: -1, dayOfMonth: day)
    }

    /// The statement on which a purchase of a date is: the first that closes on or after it.
    package func closing(from date: BusinessDate) -> BusinessDate {
        let same = date.adding(months: 0, dayOfMonth: day)
        return same >= date ? same : date.adding(months: 1, dayOfMonth: day)
    }

    /// What is payable at least of a balance, of which part was paid since the statement closed.
    ///
    /// - Throws: ``AmountError/overflow``.
    func minimum(of balance: Int64, paid: Int64, _ rounding: Rounding) throws(AmountError)
        -> Int64
    {
        let billed = try rounding.divide(
            Int128(try balance.plus(paid)) * Int128(minimumPayment.numerator),
            by: Int128(minimumPayment.denominator))
        return max(0, min(billed - paid, balance))
    }
}
