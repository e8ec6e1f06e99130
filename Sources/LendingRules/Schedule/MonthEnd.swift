/// What becomes of a due day that a month lacks.
package enum MonthEnd: String, Sendable, CaseIterable {
    /// The month's last day.
    case clamp
    /// The first day of the next month.
    case nextMonth = "next-month"
}
