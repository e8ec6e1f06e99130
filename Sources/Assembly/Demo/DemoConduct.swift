import BusinessCalendar

/// How a borrower behaves over a demo: as the real one did, compressed into its days.
enum DemoConduct: Hashable, Sendable {
    case current
    /// Owes for that many days when the demo ends.
    case late(days: ClosedRange<Int>)
    /// Never pays, and is charged off.
    case chargedOff
    case fullyPaid

    /// The conduct behind a status in the sample's words; unknown words count as current.
    init(status: String) {
        switch status {
        case "Fully Paid": self = .fullyPaid
        case "In Grace Period": self = .late(days: 1...15)
        case "Late (16-30 days)": self = .late(days: 16...30)
        case "Late (31-120 days)": self = .late(days: 31...120)
        case "Charged Off", "Default": self = .chargedOff
        default: self = .current
        }
    }

    /// Instalments of a loan that is paid off before the demo ends: the life of the real one,
    /// compressed to the fewest the products take.
    static let compressedInstalments = 3

    /// How far an instalment due on `date` may be the oldest unpaid one when the demo ends.
    func fits(_ date: BusinessDate, end: BusinessDate) -> Bool {
        if case .late(let days) = self { days.contains(end.days(since: date)) } else { true }
    }

    /// Whether a loan with these due dates can show the conduct by the end of the demo.
    func isPossible(dueOn dates: [BusinessDate], end: BusinessDate) -> Bool {
        switch self {
        case .current: true
        case .late: dates.contains { fits($0, end: end) }
        case .chargedOff:
            dates.first.map { $0.adding(days: DemoBorrower.chargeOffDays) <= end } ?? false
        case .fullyPaid:
            dates.count >= DemoConduct.compressedInstalments
                && dates[DemoConduct.compressedInstalments - 1] <= end
        }
    }
}
