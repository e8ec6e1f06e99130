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
        return "the shares sum to \(ShareText.format(sum, over: Int128(common.denominator)))"
    }
}
