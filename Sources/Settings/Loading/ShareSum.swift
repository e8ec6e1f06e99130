import Monetary

/// The exact sum of funding shares, in the words of a message.
enum ShareSum {
    /// What is wrong with shares that should make one whole, or nil.
    static func problem(_ shares: [Share]) -> String? {
        guard let common = try? Share.weights(shares) else {
            return "the shares have no common denominator of 18 digits"
        }
        let sum = common.weights.reduce(Int128(0)) { $0 + Int128($1) }
        if sum == Int128(common.denominator) { return nil }
        return "the shares sum to \(text(sum, over: Int128(common.denominator)))"
    }

    /// `99.99%` when eight decimals say it exactly, a fraction such as `29/30` otherwise.
    static func text(_ numerator: Int128, over denominator: Int128) -> String {
        var (larger, smaller) = (numerator, denominator)
        while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
        let (top, bottom) = (numerator / max(1, larger), denominator / max(1, larger))
        let units = Int128(10_000_000_000)
        guard units % bottom == 0, let percent = Int64(exactly: top * (units / bottom)) else {
            return "\(top)/\(bottom)"
        }
        var digits = AmountText.format(percent, decimals: 8)
        while digits.hasSuffix("0") { digits.removeLast() }
        if digits.hasSuffix(".") { digits.removeLast() }
        return digits + "%"
    }
}
