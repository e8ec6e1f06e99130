import LendingRules
import Monetary
import Testing

@Test func `amounts split on their running total`() throws {
    var split = RunningSplit(try .read(weights: ["30%", "70%"], decimals: 2))
    let first = try split.add(100_01)
    #expect(first.parts == [30_00, 70_01])
    #expect(first.step == first.parts)
    let second = try split.add(1)
    #expect(second.cumulative == 100_02)
    #expect(second.parts == [30_01, 70_01])
    #expect(second.step == [1, 0])
    #expect(try split.add(-100_02).step == [-30_01, -70_01])
    #expect(throws: SplitError.runningTotal(index: 3, .negativeCumulative(-1))) {
        try split.add(-1)
    }
    #expect(try split.add(.max).cumulative == .max)
    #expect(throws: SplitError.runningTotal(index: 4, .overflow)) { try split.add(1) }
}

@Test(
    arguments: [
        (["30%", "70%"], [3, 7]), (["1/3", "2/3"], [1, 2]), (["50%", "1/4", "1/4"], [2, 1, 1]),
        (["30.00", "70"], [30_00, 70_00]), (["100%"], [1]), (["100%", "0%"], [1, 0]),
        (["0", "0.01"], [0, 1]),
    ] as [([String], [Int64])])
func `weights are percentages, fractions or amounts`(texts: [String], weights: [Int64]) throws {
    #expect(try ProportionalScale.read(weights: texts, decimals: 2).weights == weights)
}

@Test(
    arguments: [
        ([], .noShares), (["33.33%", "33.33%", "33.33%"], .sharesNotWhole),
        (["7/10"], .sharesNotWhole),
        (["70%", "40%"], .sharesNotWhole), (["30%", "70.00"], .mixedWeights(index: 1)),
        (["30", "70%"], .mixedWeights(index: 1)),
        (["50%", "x%"], .weight(index: 1, .notAShare("x%"))),
        (["1", ""], .weight(index: 1, .notANumber(""))),
        (["0", "0.00"], .unusableWeights(.unusableWeights)),
        (["1", "-1"], .weight(index: 1, .unusableWeights)),
        (["0.001"], .weight(index: 0, .tooManyDecimals("0.001", allowed: 2))),
        (["92233720368547758.07", "1"], .unusableWeights(.overflow)),
        (["1/9223372036854775783", "1/9223372036854775643"], .unusableWeights(.overflow)),
    ] as [([String], SplitError)])
func `weights that give no scale are named`(texts: [String], error: SplitError) {
    #expect(throws: error) { try ProportionalScale.read(weights: texts, decimals: 2) }
}
