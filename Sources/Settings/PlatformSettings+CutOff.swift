package import BusinessCalendar
import Foundation

extension PlatformSettings {
    /// The business date of an instant, in whole seconds since 1970-01-01 UTC.
    ///
    /// The local date, or the next one from the cut-off on: with `23:00` in `Asia/Shanghai`
    /// 2026-01-01T15:00:00Z already belongs to 2026-01-02.
    package func businessDate(ofUnixSeconds instant: Int64) -> BusinessDate {
        let zone = TimeZone(identifier: zone) ?? .gmt
        let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(instant)))
        let local = instant + Int64(offset)
        let (day, second) = (local.flooredQuotient(86_400), local.flooredRemainder(86_400))
        let date = BusinessDate(dayNumber: Int32(clamping: day))
        return second >= cutOff.seconds ? date.adding(days: 1) : date
    }
}

extension Int64 {
    fileprivate func flooredQuotient(_ divisor: Int64) -> Int64 {
        (self - flooredRemainder(divisor)) / divisor
    }

    fileprivate func flooredRemainder(_ divisor: Int64) -> Int64 {
        (self % divisor + divisor) % divisor
    }
}
