// The share of a running total: rounding follows the total, so it never drifts.

/// The nested half-up split of a running total between this bank and everybody else.
package struct Scale: Equatable, Sendable {
    /// The whole that the weights add up to.
    package let whole: Int64
    /// This bank's weight.
    package let own: Int64

    /// A scale; `own` must lie in 0…`whole` and `whole` be > 0.
    package init(own: Int64, whole: Int64) {
        precondition(whole > 0 && (0...whole).contains(own), "a share is a part of its loan")
        self.own = own
        self.whole = whole
    }

    /// This bank's part of a total ≥ 0: the larger weight rounds half-up, the other takes the rest.
    package func part(of total: Int64) -> Int64 {
        let rest = whole - own
        let larger = Rounding.halfUp.divide(
            Int128(total) * Int128(max(own, rest)), by: Int128(whole))
        return own >= rest ? Int64(larger) : total - Int64(larger)
    }

    /// This bank's part of the interval `(start, start + length]`.
    package func part(from start: Int64, length: Int64) -> Int64 {
        part(of: start + length) - part(of: start)
    }

    /// The shortest length from `start`, at most `limit`, whose part is at least `part`.
    package func length(from start: Int64, reaching part: Int64, limit: Int64) -> Int64 {
        var (low, high) = (Int64(0), limit)
        while low < high {
            let middle = low + (high - low) / 2
            if self.part(from: start, length: middle) >= part {
                high = middle
            } else {
                low = middle + 1
            }
        }
        return low
    }
}
