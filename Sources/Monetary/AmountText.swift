/// Reading and writing amounts as decimal text, exactly: no floating point on the way.
package enum AmountText {
    /// Minor units of a decimal string: `"100.01"` with 2 decimals is 10001.
    ///
    /// Digits with an optional minus and at most one point between digits; no plus, grouping,
    /// exponent or blanks.
    /// - Throws: ``AmountError/notANumber(_:)``, ``AmountError/tooManyDecimals(_:allowed:)`` or
    ///   ``AmountError/overflow``.
    package static func parse(_ text: some StringProtocol, decimals: Int) throws(AmountError)
        -> Int64
    {
        var digits = 0
        var fraction: Int? = nil
        var magnitude: Int64 = 0
        let isNegative = text.utf8.first == UInt8(ascii: "-")
        for byte in text.utf8.dropFirst(isNegative ? 1 : 0) {
            if byte == UInt8(ascii: "."), fraction == nil, digits > 0 {
                fraction = 0
                continue
            }
            guard (48...57).contains(byte) else { throw .notANumber(String(text)) }
            digits += 1
            fraction = fraction.map { $0 + 1 }
            magnitude = try append(Int64(byte) - 48, to: magnitude, isNegative: isNegative)
        }
        guard digits > 0, fraction != 0 else { throw .notANumber(String(text)) }
        guard fraction ?? 0 <= decimals else {
            throw .tooManyDecimals(String(text), allowed: decimals)
        }
        for _ in (fraction ?? 0)..<decimals {
            magnitude = try append(0, to: magnitude, isNegative: isNegative)
        }
        return magnitude
    }

    /// Decimal text of minor units: 10001 with 2 decimals is `"100.01"`, -5 is `"-0.05"`.
    package static func format(_ minorUnits: Int64, decimals: Int) -> String {
        let sign = minorUnits < 0 ? "-" : ""
        var digits = String(minorUnits.magnitude)
        guard decimals > 0 else { return sign + digits }
        if digits.utf8.count <= decimals {
            digits = String(repeating: "0", count: decimals + 1 - digits.utf8.count) + digits
        }
        return sign + digits.dropLast(decimals) + "." + digits.suffix(decimals)
    }

    /// Builds below zero for negative numbers, so that `Int64.min` is readable too.
    private static func append(_ digit: Int64, to value: Int64, isNegative: Bool)
        throws(AmountError) -> Int64
    {
        let (tenfold, tooLarge) = value.multipliedReportingOverflow(by: 10)
        let (result, carried) =
            isNegative
            ? tenfold.subtractingReportingOverflow(digit) : tenfold.addingReportingOverflow(digit)
        guard !tooLarge, !carried else { throw .overflow }
        return result
    }
}
