import Monetary

/// A vertical or horizontal scale of amounts with round ticks.
struct ValueScale {
    let lower: Int64
    let upper: Int64
    let ticks: [Int64]
    /// Whether there is nothing to show.
    let isEmpty: Bool

    /// A scale that holds all values and zero, with at most six ticks.
    init(_ values: [Int64], currency: Currency) {
        let least = min(0, values.min() ?? 0)
        let most = max(0, values.max() ?? 0)
        isEmpty = least == 0 && most == 0
        let span = Int128(most) - Int128(least)
        let step = ValueScale.step(for: max(span, Int128(currency.minorUnitsPerMajor)))
        let first = (Int128(least) - (least < 0 ? step - 1 : 0)) / step
        let last = max((Int128(most) + step - 1) / step, first + 1)
        // Nothing is beyond the largest amount, whatever a round tick would be.
        ticks = (first...last).map { Int64(clamping: $0 * step) }
        lower = ticks.first ?? 0
        upper = ticks.last ?? 1
    }

    /// 1, 2 or 5 times a power of ten, at most five of which make the span.
    private static func step(for span: Int128) -> Int128 {
        var power: Int128 = 1
        while true {
            for factor in [1, 2, 5] as [Int128] where factor * power * 5 >= span {
                return factor * power
            }
            power *= 10
        }
    }

    /// Where an amount lies between two places.
    func place(_ value: Int64, from start: Int, to end: Int) -> Int {
        let span = max(1, Int128(upper) - Int128(lower))
        let offset = (Int128(value) - Int128(lower)) * Int128(end - start) / span
        return start + Int(offset)
    }
}
