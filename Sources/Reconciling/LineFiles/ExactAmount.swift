/// A decimal number as it is written: its digits and how many of them are decimals.
///
/// Widths mix: 1.5 equals 1.50. Nothing is rounded; the digits fit in 64 bits, the decimals in 12,
/// so that a difference of any two, and the sum of a line's amounts, fits in 128 bits.
package struct ExactAmount: Hashable, Sendable {
    package let digits: Int64
    package let decimals: Int

    package static let decimalsLimit = 12
    package static let zero = ExactAmount(digits: 0, decimals: 0)

    /// Why a text is no amount.
    package enum Fault: Error, Hashable, Sendable {
        case notANumber
        case tooManyDecimals
        case overflow
    }

    package init(digits: Int64, decimals: Int) {
        precondition((0...ExactAmount.decimalsLimit).contains(decimals), "decimals within limits")
        self.digits = digits
        self.decimals = decimals
    }

    /// The amount a text states: digits with an optional minus and at most one point between them.
    package init(_ text: String) throws(Fault) {
        self = try Array(text.utf8).withUnsafeBufferPointer { buffer throws(Fault) in
            try ExactAmount(ByteView(buffer), from: 0, to: buffer.count)
        }
    }

    /// The amount that a range of bytes states.
    @inline(__always)
    init(_ view: ByteView, from start: Int, to end: Int) throws(Fault) {
        var offset = start
        let isNegative = offset < end && view[offset] == UInt8(ascii: "-")
        if isNegative { offset += 1 }
        let first = offset
        var value: Int64 = 0
        var point = -1
        while offset < end {
            let digit = view[offset] &- 48
            if digit < 10 {
                let (tenfold, isTooLarge) = value.multipliedReportingOverflow(by: 10)
                let (next, carries) =
                    isNegative
                    ? tenfold.subtractingReportingOverflow(Int64(digit))
                    : tenfold.addingReportingOverflow(Int64(digit))
                if isTooLarge || carries { throw ExactAmount.overflow(view, offset..<end) }
                value = next
            } else {
                guard view[offset] == UInt8(ascii: "."), point < 0, offset > first else {
                    throw .notANumber
                }
                point = offset
            }
            offset += 1
        }
        guard first < end, point != end - 1 else { throw .notANumber }
        digits = value
        decimals = point < 0 ? 0 : end - point - 1
        if decimals > ExactAmount.decimalsLimit { throw .tooManyDecimals }
    }

    /// Too many digits to go on; whether it was a number is seen from the rest.
    private static func overflow(_ view: ByteView, _ rest: Range<Int>) -> Fault {
        let isNumber = rest.allSatisfy { view[$0] &- 48 < 10 || view[$0] == UInt8(ascii: ".") }
        return isNumber ? .overflow : .notANumber
    }

    /// The same amount with exactly so many decimals.
    ///
    /// - Throws: `tooManyDecimals` when a digit other than zero would be lost, `overflow` when the
    ///   digits do not fit any more.
    func scaled(to count: Int) throws(Fault) -> ExactAmount {
        if decimals == count { return self }
        if decimals <= count {
            guard let digits = Int64(exactly: wide(count)) else { throw .overflow }
            return ExactAmount(digits: digits, decimals: count)
        }
        let power = PowerOfTen[decimals - count]
        guard Int128(digits) % power == 0 else { throw .tooManyDecimals }
        return ExactAmount(
            digits: Int64(truncatingIfNeeded: Int128(digits) / power), decimals: count)
    }

    /// The digits with at least as many decimals as the amount has.
    func wide(_ decimals: Int) -> Int128 {
        Int128(digits) * PowerOfTen[decimals - self.decimals]
    }
}

/// A sum or difference of amounts; wide enough for those of one line.
package struct WideAmount: Hashable, Sendable {
    package private(set) var digits: Int128 = 0
    package private(set) var decimals = 0

    package static let zero = WideAmount()

    private init() {}

    init(digits: Int128, decimals: Int) {
        self.digits = digits
        self.decimals = decimals
    }

    /// Adds, or tells that the sum does not fit in 128 bits.
    ///
    /// - Throws: ``ExactAmount/Fault/overflow``.
    mutating func add(_ other: WideAmount) throws(ExactAmount.Fault) {
        let common = max(decimals, other.decimals)
        let (left, right) = (try rescaled(common), try other.rescaled(common))
        let (sum, overflow) = left.addingReportingOverflow(right)
        if overflow { throw .overflow }
        (digits, decimals) = (sum, common)
    }

    /// Adds one of a line's amounts, of which there are too few to overflow.
    mutating func add(_ amount: ExactAmount, sign: Int128) {
        let common = max(decimals, amount.decimals)
        digits = digits * PowerOfTen[common - decimals] + sign * amount.wide(common)
        decimals = common
    }

    var negated: WideAmount {
        var other = self
        other.digits = -digits
        return other
    }

    private func rescaled(_ count: Int) throws(ExactAmount.Fault) -> Int128 {
        let (product, overflow) = digits.multipliedReportingOverflow(
            by: PowerOfTen[count - decimals])
        if overflow { throw .overflow }
        return product
    }

    /// Decimal text with exactly the decimals it has.
    package var text: String {
        let sign = digits < 0 ? "-" : ""
        var text = String(digits.magnitude)
        guard decimals > 0 else { return sign + text }
        if text.utf8.count <= decimals {
            text = String(repeating: "0", count: decimals + 1 - text.utf8.count) + text
        }
        return sign + text.dropLast(decimals) + "." + text.suffix(decimals)
    }
}

/// Powers of ten from 0 to twice the decimals an amount may have.
enum PowerOfTen {
    private static let table: [Int128] = (0...2 * ExactAmount.decimalsLimit).map { exponent in
        (0..<exponent).reduce(1) { power, _ in power * 10 }
    }

    static subscript(exponent: Int) -> Int128 { exponent == 0 ? 1 : table[exponent] }
}
