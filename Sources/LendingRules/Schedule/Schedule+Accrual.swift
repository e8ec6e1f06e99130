package import BusinessCalendar
package import Monetary

extension Schedule {
    /// Interest of all periods accrued by the end of a date, the following night included.
    ///
    /// - Throws: ``AmountError/overflow``.
    package func accruedInterest(endOf date: BusinessDate) throws(AmountError) -> Int64 {
        let morning = date.adding(days: 1)
        let complete = instalments.prefix { $0.dueOn <= morning }.count
        guard complete < instalments.count else { return cumulativeInterest[complete] }
        let days = morning.days(since: instalments[complete].startsOn)
        return try cumulativeInterest[complete] + accruedInterest(of: complete, days: days)
    }
}
