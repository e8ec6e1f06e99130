/// Exact fractions as people read them.
package enum ShareText {
    /// `99.99%` when eight decimals say it exactly, nil otherwise.
    package static func percent(_ numerator: Int128, over denominator: Int128) -> String? {
        let (top, bottom) = lowest(numerator, denominator)
        let units = Int128(10_000_000_000)
        guard units % bottom == 0 else { return nil }
        let (product, overflow) = top.multipliedReportingOverflow(by: units / bottom)
        guard !overflow, let percent = Int64(exactly: product) else { return nil }
        var digits = AmountText.format(percent, decimals: 8)
        while digits.hasSuffix("0") { digits.removeLast() }
        if digits.hasSuffix(".") { digits.removeLast() }
        return digits + "%"
    }

    /// The percentage, or a fraction in lowest terms such as `29/30`.
    package static func format(_ numerator: Int128, over denominator: Int128) -> String {
        let (top, bottom) = lowest(numerator, denominator)
        return percent(top, over: bottom) ?? "\(top)/\(bottom)"
    }

    private static func lowest(_ numerator: Int128, _ denominator: Int128) -> (Int128, Int128) {
        precondition(numerator >= 0 && denominator > 0, "a fraction of a whole")
        var (larger, smaller) = (numerator, denominator)
        while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
        return (numerator / larger, denominator / larger)
    }
}
