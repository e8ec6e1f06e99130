import Monetary

/// Figures and limits as findings tell them: exact, or not as a percentage.
enum FigureText {
    static func share(_ share: Share) -> String {
        ShareText.percent(Int128(share.numerator), over: Int128(share.denominator))
            ?? share.description
    }

    /// `29.99%`, or `2.99 of 10.01` where no percentage of eight decimals is exact.
    static func part(_ amount: Int64, of whole: Int64, _ currency: Currency) -> String {
        if whole > 0, let percent = ShareText.percent(Int128(amount), over: Int128(whole)) {
            return percent
        }
        return "\(self.amount(amount, currency)) of \(self.amount(whole, currency))"
    }

    static func amount(_ units: Int64, _ currency: Currency) -> String {
        AmountText.format(units, decimals: currency.exponent)
    }

    static func days(_ days: Int) -> String { days == 1 ? "1 day" : "\(days) days" }

    static func rate(_ rate: AnnualRate) -> String {
        ShareText.percent(Int128(rate.units), over: Int128(AnnualRate.unitsPerOne))
            ?? rate.percentText() + "%"
    }
}

/// Which of two fractions is larger, exactly.
enum Fraction {
    /// Whether `amount ÷ whole` is below a share by one unit of the amount or more; less is what
    /// rounding to whole units leaves.
    static func isBelow(_ amount: Int64, of whole: Int64, _ share: Share) -> Bool {
        let owed = Int128(share.numerator) * Int128(whole)
        let denominator = Int128(share.denominator)
        return owed - Int128(amount) * denominator >= denominator
    }

    /// Whether `amount ÷ whole` is above a share by anything at all.
    static func isAbove(_ amount: Int64, of whole: Int64, _ share: Share) -> Bool {
        Int128(amount) * Int128(share.denominator) > Int128(share.numerator) * Int128(whole)
    }
}
