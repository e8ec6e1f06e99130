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
        var magnitude: Int64 = 0
        var wholeDigits = 0
        var decimals: Int?
        let isNegative = text.utf8.first == UInt8(ascii: "-")
        for byte in text.utf8.dropFirst(isNegative ? 1 : 0) {
            if byte == UInt8(ascii: "."), decimals == nil, wholeDigits > 0, digits > 0 {
                decimals = 0
                continue
            }
            guard (48...57).contains(byte), magnitude <= Currency.largest else { return nil }
            magnitude = magnitude * 10 + Int64(byte - 48)
            if let before = decimals { decimals = before + 1 } else { wholeDigits += 1 }
        }
        guard wholeDigits > 0, decimals.map({ (1...digits).contains($0) }) ?? true else {
            return nil
        }
        for _ in (decimals ?? 0)..<digits {
            guard magnitude <= Currency.largest else { return nil }
            magnitude *= 10
        }
        guard magnitude <= Currency.largest else { return nil }
        return isNegative ? -magnitude : magnitude
    }

    /// The decimal text of minor units, always with all digits of the currency.
    package func text(_ minorUnits: Int64) -> String {
        let sign = minorUnits < 0 ? "-" : ""
        guard digits > 0 else { return sign + String(minorUnits.magnitude) }
        let scale = (0..<digits).reduce(1 as UInt64) { scale, _ in scale * 10 }
        let (whole, rest) = minorUnits.magnitude.quotientAndRemainder(dividingBy: scale)
        let fraction = String(rest)
        let zeros = String(repeating: "0", count: digits - fraction.utf8.count)
        return sign + String(whole) + "." + zeros + fraction
    }
}
