// Just enough big arithmetic for an exact instalment: grow by small factors, divide once.

/// A natural number of any size, little-endian limbs of 64 bits without leading zeros.
struct BigNatural {
    private var limbs: [UInt64]

    init(_ value: UInt64) {
        limbs = value == 0 ? [] : [value]
    }

    init(wide value: UInt128) {
        limbs = [UInt64(truncatingIfNeeded: value), UInt64(truncatingIfNeeded: value >> 64)]
        while limbs.last == 0 { limbs.removeLast() }
    }

    func times(wide factor: UInt128) -> BigNatural {
        let low = times(UInt64(truncatingIfNeeded: factor))
        let high = UInt64(truncatingIfNeeded: factor >> 64)
        if high == 0 { return low }
        var shifted = times(high)
        shifted.limbs.insert(0, at: 0)
        return low.plus(shifted)
    }

    func times(_ factor: UInt64) -> BigNatural {
        var result = self
        var carry: UInt64 = 0
        for index in result.limbs.indices {
            let (high, low) = result.limbs[index].multipliedFullWidth(by: factor)
            let (sum, overflow) = low.addingReportingOverflow(carry)
            result.limbs[index] = sum
            carry = high + (overflow ? 1 : 0)
        }
        if carry > 0 { result.limbs.append(carry) }
        if factor == 0 { result.limbs = [] }
        return result
    }

    func plus(_ other: BigNatural) -> BigNatural {
        let (longer, shorter) = limbs.count >= other.limbs.count ? (self, other) : (other, self)
        var result = longer
        var carry: UInt64 = 0
        for index in longer.limbs.indices {
            let addend = index < shorter.limbs.count ? shorter.limbs[index] : 0
            let (first, overflowOne) = longer.limbs[index].addingReportingOverflow(addend)
            let (second, overflowTwo) = first.addingReportingOverflow(carry)
            result.limbs[index] = second
            carry = overflowOne || overflowTwo ? 1 : 0
        }
        if carry > 0 { result.limbs.append(carry) }
        return result
    }

    func isAtMost(_ other: BigNatural) -> Bool {
        if limbs.count != other.limbs.count { return limbs.count < other.limbs.count }
        for index in limbs.indices.reversed() where limbs[index] != other.limbs[index] {
            return limbs[index] < other.limbs[index]
        }
        return true
    }

    func equals(_ other: BigNatural) -> Bool { limbs == other.limbs }

    /// `self / divisor` rounded; nil when the result needs more than 62 bits.
    func divided(by divisor: BigNatural, rounding: Rounding) -> UInt64? {
        let limit: UInt64 = 1 << 62
        guard !divisor.times(limit).isAtMost(self) else { return nil }
        var low: UInt64 = 0
        var high = limit
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if divisor.times(middle).isAtMost(self) { low = middle } else { high = middle }
        }
        return low + (goesUp(from: low, divisor: divisor, rounding: rounding) ? 1 : 0)
    }

    private func goesUp(from quotient: UInt64, divisor: BigNatural, rounding: Rounding) -> Bool {
        if divisor.times(quotient).equals(self) { return false }
        let doubled = times(2)
        let middle = divisor.times(2 * quotient + 1)
        let isHalf = middle.equals(doubled)
        return switch rounding {
        case .up: true
        case .down: false
        case .halfUp: middle.isAtMost(doubled)
        case .halfEven: isHalf ? quotient & 1 == 1 : middle.isAtMost(doubled)
        }
    }
}
