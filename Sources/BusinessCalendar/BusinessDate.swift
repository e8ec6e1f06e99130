/// A calendar date of the proleptic Gregorian calendar, as days since 1970-01-01.
///
/// Every calendar date is a business date of the books; holidays move due dates and settlement
/// days only (RULES § 1).
@usableFromInline @frozen
package struct BusinessDate: Hashable, Sendable {
    /// Days since 1970-01-01; negative before.
    @usableFromInline package let dayNumber: Int32

    @inlinable
    package init(dayNumber: Int32) { self.dayNumber = dayNumber }

    /// The date of a year, month and day, or nil when the calendar lacks it.
    ///
    /// Years 1 to 9999.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= BusinessDate.daysInMonth(year: year, month: month)
        else { return nil }
        self.init(dayNumber: Int32(BusinessDate.dayNumber(year: year, month: month, day: day)))
    }

    /// The date of ISO 8601 text `YYYY-MM-DD`, or nil for anything else.
    package init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == 45, bytes[7] == 45 else { return nil }
        func number(_ range: Range<Int>) -> Int? {
            range.reduce(0 as Int?) { value, index in
                guard let value, (48...57).contains(bytes[index]) else { return nil }
                return value * 10 + Int(bytes[index]) - 48
            }
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }
}

extension BusinessDate {
    /// The date `days` later (or earlier when negative).
    @inlinable
    package func adding(days: Int) -> BusinessDate {
        BusinessDate(dayNumber: dayNumber + Int32(days))
    }

    /// Calendar days from `other` to this date; positive when this date is later.
    @inlinable
    package func days(since other: BusinessDate) -> Int { Int(dayNumber) - Int(other.dayNumber) }

    /// The date `months` later with day `dayOfMonth`, clamped to the month's last day.
    ///
    /// Counting from the original day keeps 31 January → 28 February → 31 March.
    package func adding(months: Int, dayOfMonth: Int) -> BusinessDate {
        let (year, month, _) = components
        let count = year * 12 + month - 1 + months
        return BusinessDate(year: count / 12, month: count % 12 + 1, clamping: dayOfMonth)
    }

    /// The day of a month that exists, or the month's last day.
    package init(year: Int, month: Int, clamping day: Int) {
        let last = BusinessDate.daysInMonth(year: year, month: month)
        self.init(
            dayNumber: Int32(
                BusinessDate.dayNumber(year: year, month: month, day: min(day, last))))
    }

    /// Day of the month, 1 to 31.
    package var dayOfMonth: Int { components.day }

    /// Days of this date's month, 28 to 31.
    package var daysInMonth: Int {
        BusinessDate.daysInMonth(year: components.year, month: components.month)
    }

    /// Day of the week, 1 Monday to 7 Sunday.
    package var weekday: Int {
        let shifted = (Int(dayNumber) + 3) % 7
        return (shifted < 0 ? shifted + 7 : shifted) + 1
    }
}

extension BusinessDate: Comparable, CustomStringConvertible {
    @inlinable
    package static func < (left: BusinessDate, right: BusinessDate) -> Bool {
        left.dayNumber < right.dayNumber
    }

    /// ISO 8601, `YYYY-MM-DD`.
    @usableFromInline package var description: String {
        let (year, month, day) = components
        func padded(_ value: Int, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }
}
