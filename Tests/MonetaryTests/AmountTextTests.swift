import Monetary
import TestSupport
import Testing

@Test(
    arguments: [
        ("0", 2, 0), ("-0", 2, 0), ("100.01", 2, 10_001), ("-0.05", 2, -5), ("7", 2, 700),
        ("7.5", 2, 750), ("0007.50", 2, 750), ("12", 0, 12), ("1.234", 3, 1_234),
        ("92233720368547758.07", 2, .max), ("-92233720368547758.08", 2, .min),
        ("9223372036854775807", 0, .max), ("-9223372036854775808", 0, .min),
    ] as [(String, Int, Int64)])
func `a decimal text is read as minor units`(text: String, decimals: Int, units: Int64) throws {
    #expect(try AmountText.parse(text, decimals: decimals) == units)
}

@Test(arguments: [
    "", "-", ".", "-.", "1.", ".5", "-.5", "+1", "--1", "1-", "1.2.3", "1e5", "1E5", "1,000",
    "1_000", " 1", "1 ", "1\u{00A0}", "0x10", "NaN", "inf", "٣", "１", "−1", "½", "1\n", "\u{0}",
    "$1", "1USD",
])
func `text that is no plain decimal number is refused`(text: String) {
    #expect(throws: AmountError.notANumber(text)) { try AmountText.parse(text, decimals: 2) }
}

@Test(
    arguments: [
        ("0.001", 2), ("1.000", 2), ("1.0", 0), ("-5.1234", 3),
    ] as [(String, Int)])
func `decimals finer than the minor unit are refused, zeros too`(text: String, decimals: Int) {
    #expect(throws: AmountError.tooManyDecimals(text, allowed: decimals)) {
        try AmountText.parse(text, decimals: decimals)
    }
}

@Test(
    arguments: [
        ("92233720368547758.08", 2), ("-92233720368547758.09", 2), ("9223372036854775808", 0),
        ("92233720368547759", 2), ("1" + String(repeating: "0", count: 10_000), 0),
    ] as [(String, Int)])
func `an amount beyond 64 bits overflows`(text: String, decimals: Int) {
    #expect(throws: AmountError.overflow) { try AmountText.parse(text, decimals: decimals) }
}

@Test(
    arguments: [
        (10_001, 2, "100.01"), (-5, 2, "-0.05"), (0, 2, "0.00"), (7, 0, "7"), (-7, 0, "-7"),
        (5, 3, "0.005"), (-1_000, 3, "-1.000"), (.max, 2, "92233720368547758.07"),
        (.min, 2, "-92233720368547758.08"), (.min, 0, "-9223372036854775808"),
    ] as [(Int64, Int, String)])
func `minor units are written with every decimal`(units: Int64, decimals: Int, text: String) {
    #expect(AmountText.format(units, decimals: decimals) == text)
}

@Test func `what is written is read back`() throws {
    try Property.check(200_000) { random in
        let units = Int64(bitPattern: random.next()) >> random.pick(0...63)
        let decimals = random.pick(0...8)
        let text = AmountText.format(units, decimals: decimals)
        let back = try AmountText.parse(text, decimals: decimals)
        try hold(back == units, "\(units) with \(decimals) decimals became \(text), then \(back)")
    }
}
