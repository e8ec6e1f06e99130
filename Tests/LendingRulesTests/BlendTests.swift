import LendingRules
import Monetary
import Testing

private func lenders(_ rows: [(String, String)]) throws -> [LenderRate] {
    try rows.map { LenderRate(rate: try AnnualRate(percent: $0.0), share: try Share($0.1)) }
}

@Test(
    arguments: [
        ([("10", "80%"), ("12", "20%")], "10.40"), ([("10", "70%"), ("12", "30%")], "10.60"),
        ([("10", "1/3"), ("11", "2/3")], "10.666667"), ([("7.125", "100%")], "7.125"),
        ([("0", "50%"), ("0", "50%")], "0.00"), ([("0.000001", "1/2"), ("0", "1/2")], "0.00"),
        ([("0.000003", "1/2"), ("0", "1/2")], "0.000002"),
        ([("9.9", "50%"), ("0", "50%")], "4.95"),
    ] as [([(String, String)], String)])
func `a blended rate is the share-weighted mean, half-even at six decimals`(
    rows: [(String, String)], blended: String
) throws {
    #expect(try AnnualRate.blend(of: lenders(rows)).percentText() == blended)
}

@Test func `lenders that are no whole have no blended rate`() throws {
    #expect(throws: BlendError.sharesNotWhole) {
        try AnnualRate.blend(of: lenders([("10", "33.33%"), ("10", "33.33%"), ("10", "33.33%")]))
    }
    #expect(throws: BlendError.sharesNotWhole) { try AnnualRate.blend(of: []) }
}

@Test func `a blended rate beyond 64 bits is refused, the largest that fits is not`() throws {
    #expect(throws: BlendError.outOfRange) {
        try AnnualRate.blend(
            of: lenders([("1", "1/9223372036854775783"), ("1", "1/9223372036854775643")]))
    }
    let most = LenderRate(rate: AnnualRate(units: .max), share: try Share("1/2"))
    #expect(try AnnualRate.blend(of: [most, most]).units == .max)
}
