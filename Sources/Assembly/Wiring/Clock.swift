import BusinessCalendar
import Foundation

/// Wall time, for operational use only.
enum Clock {
    /// UTC microseconds since 1970.
    @Sendable static func microseconds() -> Int64 {
        Int64(Date().timeIntervalSince1970 * 1_000_000)
    }

    /// UTC seconds since 1970.
    @Sendable static func seconds() -> Int64 { microseconds() / 1_000_000 }

    /// Waits; returns early when the task is cancelled.
    @Sendable static func pause(microseconds: Int64) async {
        try? await Task.sleep(for: .microseconds(microseconds))
    }

    /// Today's date in UTC, the suggestion for new books.
    static func today() -> BusinessDate {
        BusinessDate(dayNumber: Int32(truncatingIfNeeded: microseconds() / 86_400_000_000))
    }
}
