import BusinessCalendar
import LendingRules
import Monetary

// How amounts, shares and dates are written for people, in whole numbers all the way.

extension Int64 {
    /// Decimal text with thousands apart: 1234567 cents are `12,345.67`.
    func grouped(_ currency: Currency) -> String {
        let text = AmountText.format(self, decimals: currency.exponent)
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let isNegative = text.hasPrefix("-")
        let digits = Array(parts[0].dropFirst(isNegative ? 1 : 0))
        var whole = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { whole += "," }
            whole.append(digit)
        }
        let fraction = parts.count > 1 ? ".\(parts[1])" : ""
        return (isNegative ? "\u{2212}" : "") + whole + fraction
    }

    /// The same without a sign.
    func groupedMagnitude(_ currency: Currency) -> String {
        let text = grouped(currency)
        return text.hasPrefix("\u{2212}") ? String(text.dropFirst()) : text
    }

    /// A short text for an axis: `250k`, `1.5M`; what is below a thousand as it is.
    func short(_ currency: Currency) -> String {
        let major = magnitude / UInt64(currency.minorUnitsPerMajor)
        let sign = self < 0 ? "\u{2212}" : ""
        for (size, letter) in [(UInt64(1_000_000_000), "B"), (1_000_000, "M"), (1_000, "k")]
        where major >= size {
            let tenths = major / (size / 10)
            let rest = tenths % 10 == 0 ? "" : ".\(tenths % 10)"
            return "\(sign)\(tenths / 10)\(rest)\(letter)"
        }
        let isWhole = magnitude % UInt64(currency.minorUnitsPerMajor) == 0
        return isWhole ? "\(sign)\(major)" : grouped(currency)
    }

    /// The part of a whole in percent with one decimal, or a dash where there is no whole.
    func percent(of whole: Int64) -> String {
        guard whole > 0 else { return "–" }
        let tenths = (Int128(self) * 2_000 + Int128(whole)) / (2 * Int128(whole))
        return "\(tenths / 10).\(abs(tenths % 10)) %"
    }
}

extension Int {
    /// A count with its noun: `1 loan`, `2 loans`.
    func counted(_ noun: String) -> String {
        "\(Int64(self).groupedCount) \(noun)\(self == 1 ? "" : "s")"
    }
}

extension Int64 {
    /// A count with thousands apart.
    var groupedCount: String {
        let digits = Array(String(magnitude))
        let text = digits.enumerated().map { index, digit in
            index > 0 && (digits.count - index).isMultiple(of: 3) ? ",\(digit)" : "\(digit)"
        }
        return (self < 0 ? "\u{2212}" : "") + text.joined()
    }
}

extension BusinessDate {
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ]
    private static let weekdays = [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ]

    /// `Friday, 13 February 2026`.
    var long: String {
        let (year, month, day) = components
        return "\(BusinessDate.weekdays[weekday - 1]), \(day) "
            + "\(BusinessDate.months[month - 1]) \(year)"
    }

    /// `13 Feb`.
    var short: String { "\(components.day) \(BusinessDate.months[components.month - 1].prefix(3))" }
}
