// Instants on the wire.

internal import BusinessCalendar

enum InstantText {
    /// RFC 3339 UTC with whole seconds, of microseconds since 1970; a fraction is dropped.
    static func seconds(_ microseconds: Int64) -> String {
        let dayLength: Int64 = 86_400_000_000
        var (day, rest) = microseconds.quotientAndRemainder(dividingBy: dayLength)
        if rest < 0 { (day, rest) = (day - 1, rest + dayLength) }
        let seconds = Int(rest / 1_000_000)
        let date = BusinessDate(dayNumber: Int32(clamping: day))
        let clock = [seconds / 3_600, seconds / 60 % 60, seconds % 60]
            .map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
        return "\(date)T\(clock)Z"
    }
}
