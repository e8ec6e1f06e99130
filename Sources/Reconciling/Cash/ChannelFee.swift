package import Monetary

/// What a payment channel keeps of each payment by its contract.
package struct ChannelFee: Hashable, Sendable {
    /// Minor units of every payment.
    package let fixed: Int64
    /// The part of the gross; nil for none.
    package let rate: Share?

    package init(fixed: Int64, rate: Share?) {
        self.fixed = fixed
        self.rate = rate
    }

    /// The fee of a payment: the fixed part and the rate's, half up; of what is taken back none.
    ///
    /// Worked: 0.10 and 0.25 % of 100.00 are 0.35.
    package func amount(of gross: Int64) -> Int64 {
        guard gross > 0 else { return 0 }
        guard let rate else { return fixed }
        let denominator = Int128(rate.denominator)
        let part = (Int128(gross) * Int128(rate.numerator) * 2 + denominator) / (2 * denominator)
        return fixed + Int64(part)
    }
}
