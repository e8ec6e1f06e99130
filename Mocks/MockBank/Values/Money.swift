// Money on the bank's side: Int64 minor units, and the text it has on the wire.

/// A currency the bank can read, with the digits of its minor unit (ISO 4217).
package struct Currency: Hashable, Sendable {
    /// The ISO 4217 code.
    package let code: String
    /// Digits after the decimal point.
    package let digits: Int

    /// The currency of an ISO code, nil when the bank does not know it.
    package init?(_ code: String) {
        switch code {
        case "JPY", "KRW", "VND", "CLP", "ISK": digits = 0
        case "BHD", "JOD", "KWD", "OMR", "TND": digits = 3
        case "AUD", "BRL", "CAD", "CHF", "CNY", "EUR", "GBP", "HKD", "IDR", "INR", "MXN", "MYR",
            "NZD", "PHP", "PLN", "SEK", "SGD", "THB", "USD", "ZAR":
            digits = 2
        default: return nil
        }
        self.code = code
    }

    /// The largest amount read from outside: thousands of them still add up within Int64.
    static let largest: Int64 = 1_000_000_000_000_000

    /// Minor units of a decimal text (`-12.30`); nil for other text, too many decimals, too large.
    package func minorUnits(_ text: String) -> Int64? {
        let isNegative = text.hasPrefix("-")
        let parts = text.dropFirst(isNegative ? 1 : 0)
            .split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = parts.first, !whole.isEmpty,
            parts.count == 1 || (1...max(digits, 1)).contains(parts[1].utf8.count),
            parts.count == 1 || digits > 0
        else { return nil }
        let fraction = parts.count == 1 ? "" : String(parts[1])
        let padded = whole + fraction + String(repeating: "0", count: digits - fraction.utf8.count)
        guard padded.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }), let magnitude = Int64(padded),
            magnitude <= Currency.largest
        else { return nil }
        return isNegative ? -magnitude : magnitude
    }

    /// The decimal text of minor units, always with all digits of the currency.
    package func text(_ minorUnits: Int64) -> String {
        let plain = String(minorUnits.magnitude)
        let padded = String(repeating: "0", count: max(0, digits + 1 - plain.utf8.count)) + plain
        let sign = minorUnits < 0 ? "-" : ""
        guard digits > 0 else { return sign + padded }
        return sign + padded.dropLast(digits) + "." + padded.suffix(digits)
    }
}
