import BusinessCalendar

/// A point in time as UTC microseconds since 1970, read from RFC 3339 text.
package enum Instant {
    /// Microseconds of `2026-01-03T09:15:00Z`, with optional fraction (up to 6 digits are kept) and
    /// `Z` or a numeric offset; nil for anything else.
    package static func microseconds(_ text: String) -> Int64? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":"), let date = BusinessDate(text.prefix(10)),
            let hour = number(bytes[11..<13]), hour < 24,
            let minute = number(bytes[14..<16]), minute < 60,
            let second = number(bytes[17..<19]), second < 60
        else { return nil }
        var rest = bytes[19...]
        guard let fraction = fraction(&rest), let offset = offsetSeconds(rest) else { return nil }
        let seconds =
            Int64(date.dayNumber) * 86_400 + Int64(hour * 3_600 + minute * 60 + second)
        return (seconds - Int64(offset)) * 1_000_000 + fraction
    }

    /// RFC 3339 UTC text with whole seconds.
    package static func text(_ microseconds: Int64) -> String {
        let seconds = Int64(microseconds.quotientRoundedDown(by: 1_000_000))
        let day = seconds.quotientRoundedDown(by: 86_400)
        let rest = Int(seconds - day * 86_400)
        let date = BusinessDate(dayNumber: Int32(truncatingIfNeeded: day))
        func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(date)T\(padded(rest / 3_600)):\(padded(rest / 60 % 60)):\(padded(rest % 60))Z"
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard !bytes.isEmpty, bytes.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return bytes.reduce(0) { $0 * 10 + Int($1) - 48 }
    }

    private static func fraction(_ rest: inout ArraySlice<UInt8>) -> Int64? {
        guard rest.first == UInt8(ascii: ".") else { return 0 }
        rest.removeFirst()
        let digits = rest.prefix { (48...57).contains($0) }
        guard (1...9).contains(digits.count) else { return nil }
        rest = rest.dropFirst(digits.count)
        let kept = digits.prefix(6)
        let scale = (kept.count..<6).reduce(Int64(1)) { value, _ in value * 10 }
        return number(kept).map { Int64($0) * scale }
    }

    private static func offsetSeconds(_ rest: ArraySlice<UInt8>) -> Int? {
        let bytes = Array(rest)
        if bytes == [UInt8(ascii: "Z")] { return 0 }
        guard bytes.count == 6, bytes[3] == UInt8(ascii: ":"),
            bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-"),
            let hours = number(bytes[1..<3]), hours < 24,
            let minutes = number(bytes[4..<6]), minutes < 60
        else { return nil }
        let seconds = hours * 3_600 + minutes * 60
        return bytes[0] == UInt8(ascii: "-") ? -seconds : seconds
    }
}

extension Int64 {
    fileprivate func quotientRoundedDown(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
