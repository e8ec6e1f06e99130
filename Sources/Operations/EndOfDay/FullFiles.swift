package import BusinessCalendar

/// On which dates the balances and accruals carry every loan that owes something.
package enum FullFiles: String, Hashable, Sendable, CaseIterable {
    /// On the last date of a month.
    case monthly
    case never
    case daily

    /// Whether the files of a date are full ones; otherwise they carry loans with movement.
    package func isFull(_ date: BusinessDate) -> Bool {
        switch self {
        case .monthly: date.adding(days: 1).dayOfMonth == 1
        case .never: false
        case .daily: true
        }
    }
}
