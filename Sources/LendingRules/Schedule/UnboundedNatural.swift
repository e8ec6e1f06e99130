/// A natural number of any size: only what an exact comparison of two products needs.
struct UnboundedNatural: Hashable {
    /// Base 2⁶⁴ digits, least first, without leading zeros; zero has none.
    private(set) var digits: [UInt64]

    init(_ value: UInt64) { digits = value == 0 ? [] : [value] }

    init(wide value: UInt128) {
        let (high, low) = (UInt64(value >> 64), UInt64(truncatingIfNeeded: value))
        digits = high == 0 ? (low == 0 ? [] : [low]) : [low, high]
    }

    static func *= (number: inout UnboundedNatural, factor: UInt64) {
        guard factor != 0 else { return number.digits = [] }
        var carry: UInt64 = 0
        for index in number.digits.indices {
            let (high, low) = number.digits[index].multipliedFullWidth(by: factor)
            let (sum, overflow) = low.addingReportingOverflow(carry)
            number.digits[index] = sum
            // The high half of a product is at most 2⁶⁴ − 2, so this cannot overflow.
            carry = high + (overflow ? 1 : 0)
        }
        if carry != 0 { number.digits.append(carry) }
    }

    static func += (number: inout UnboundedNatural, other: UnboundedNatural) {
        var carry: UInt64 = 0
        for index in 0..<max(number.digits.count, other.digits.count) {
            if index == number.digits.count { number.digits.append(0) }
            let addend = index < other.digits.count ? other.digits[index] : 0
            let (partial, first) = number.digits[index].addingReportingOverflow(addend)
            let (sum, second) = partial.addingReportingOverflow(carry)
            number.digits[index] = sum
            carry = first || second ? 1 : 0
        }
        if carry != 0 { number.digits.append(carry) }
    }

    /// The product with a factor of two digits.
    func times(_ factor: UInt128) -> UnboundedNatural {
        let low = self * UInt64(truncatingIfNeeded: factor)
        var high = self * UInt64(factor >> 64)
        if high.digits.isEmpty { return low }
        high.digits.insert(0, at: 0)
        high += low
        return high
    }

    static func * (number: UnboundedNatural, factor: UInt64) -> UnboundedNatural {
        var product = number
        product *= factor
        return product
    }
}

extension UnboundedNatural: Comparable {
    static func < (left: UnboundedNatural, right: UnboundedNatural) -> Bool {
        if left.digits.count != right.digits.count { return left.digits.count < right.digits.count }
        return left.digits.reversed().lexicographicallyPrecedes(right.digits.reversed())
    }
}
