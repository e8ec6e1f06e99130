import Monetary
import TestSupport
import Testing

/// Numerator, denominator, then half-even, half-up, up, down.
private let quotients: [(Int128, Int128, [Int64])] = [
    (0, 7, [0, 0, 0, 0]), (6, 3, [2, 2, 2, 2]), (-6, 3, [-2, -2, -2, -2]),
    (1, 2, [0, 1, 1, 0]), (3, 2, [2, 2, 2, 1]), (5, 2, [2, 3, 3, 2]),
    (-1, 2, [0, -1, -1, 0]), (-3, 2, [-2, -2, -2, -1]), (-5, 2, [-2, -3, -3, -2]),
    (1, 3, [0, 0, 1, 0]), (2, 3, [1, 1, 1, 0]), (-1, 3, [0, 0, -1, 0]), (-2, 3, [-1, -1, -1, 0]),
    (49, 100, [0, 0, 1, 0]), (51, 100, [1, 1, 1, 0]), (-51, 100, [-1, -1, -1, 0]),
    (.max, .max, [1, 1, 1, 1]), (.min, .max, [-1, -1, -2, -1]), (1, .max, [0, 0, 1, 0]),
    (.max / 2 + 1, .max, [1, 1, 1, 0]), (.max / 2, .max, [0, 0, 1, 0]),
    (Int128(Int64.max) * 2 + 1, 2, [0, 0, 0, .max]),
    (Int128(Int64.min) * 2 - 1, 2, [.min, 0, 0, .min]),
]

@Test(arguments: quotients)
func `every mode rounds a quotient of every sign`(
    numerator: Int128, denominator: Int128, expected: [Int64]
) throws {
    for (mode, value) in zip([Rounding.halfEven, .halfUp, .up, .down], expected) {
        do {
            #expect(try mode.divide(numerator, by: denominator) == value, "\(mode)")
        } catch {
            // The table writes 0 where the mode leaves 64 bits.
            #expect(error == .overflow && value == 0, "\(mode)")
        }
    }
}

@Test(arguments: Rounding.allCases)
func `a quotient beyond 64 bits overflows`(mode: Rounding) {
    for numerator in [Int128.max, .min, Int128(Int64.max) + 1, Int128(Int64.min) - 1] {
        #expect(throws: AmountError.overflow) { try mode.divide(numerator, by: 1) }
    }
}

@Test func `every mode stays within one unit and the half modes within a half`() throws {
    try Property.check(300_000) { random in
        let numerator = Int128(random.bits()) * (random.pick(0...1) == 0 ? 1 : -1)
        let denominator = Int128(random.bits()) + 1
        for mode in Rounding.allCases {
            let rounded = try mode.divide(numerator, by: denominator)
            let error = (Int128(rounded) * denominator - numerator).magnitude
            let isHalf = mode == .halfEven || mode == .halfUp
            try hold(
                isHalf ? error * 2 <= denominator.magnitude : error < denominator.magnitude,
                "\(numerator) ÷ \(denominator) \(mode) gave \(rounded)")
        }
    }
}
