import Monetary
import TestSupport
import Testing

@Test(
    arguments: [
        ([70, 30], 1, [1, 0]), ([70, 30], 2, [1, 1]), ([70, 30], 3, [2, 1]),
        ([70, 30], 10, [7, 3]),
        ([30, 70], 10_001, [3_000, 7_001]), ([30, 70], 10_002, [3_001, 7_001]),
        ([1, 1], 1, [1, 0]),
        ([0, 5], 3, [0, 3]), ([5, 0, 5], 5, [3, 0, 2]), ([1, 1, 1], 100, [33, 34, 33]),
        ([7], 3, [3]), ([.max], .max, [.max]), ([.max - 1, 1], .max, [.max - 1, 1]),
    ] as [([Int64], Int64, [Int64])])
func `a cumulative amount splits largest weight first`(
    weights: [Int64], cumulative: Int64, parts: [Int64]
) throws {
    #expect(try ProportionalScale(weights: weights).parts(of: cumulative) == parts)
}

@Test(arguments: [[], [0], [0, 0], [-1, 2], [5, -5]] as [[Int64]])
func `weights that cannot carry a split are refused`(weights: [Int64]) {
    #expect(throws: AmountError.unusableWeights) { try ProportionalScale(weights: weights) }
}

@Test func `weights beyond 64 bits overflow`() {
    #expect(throws: AmountError.overflow) { try ProportionalScale(weights: [.max, 1]) }
}

@Test func `a negative cumulative amount is refused`() throws {
    let scale = try ProportionalScale(weights: [7, 3])
    #expect(throws: AmountError.negativeCumulative(-1)) { try scale.parts(of: -1) }
    #expect(throws: AmountError.negativeCumulative(-1)) { try scale.parts(from: 0, to: -1) }
    #expect(throws: AmountError.negativeCumulative(-1)) { try scale.parts(from: -1, to: -1) }
}

/// Weights of 1 to 8 lenders: tiny or huge, some zero, some tied, never all zero.
private func drawScale(_ random: inout SeededGenerator, lenders: ClosedRange<Int> = 1...8) throws
    -> ProportionalScale
{
    let count = random.pick(lenders)
    let shift = random.pick(3...59)
    var weights = (0..<count).map { _ in
        random.pick(0...7) == 0 ? 0 : Int64(random.next() >> 5) >> Int64(59 - shift)
    }
    if count > 1, random.pick(0...3) == 0 { weights[1] = weights[0] }
    if weights.allSatisfy({ $0 == 0 }) { weights[0] = 1 }
    return try ProportionalScale(weights: weights)
}

@Test func `the parts sum to the whole, rise with it and stay near their share`() throws {
    try Property.check(1_000_000) { random in
        let scale = try drawScale(&random)
        let low =
            random.pick(0...Int64.max / 2)
            >> random.pick(0...61)
        let high = low + (random.bits() >> 1)
        let (before, after) = (try scale.parts(of: low), try scale.parts(of: high))
        var sum: Int64 = 0
        for (lender, part) in after.enumerated() {
            sum = try sum.plus(part)
            try hold(part >= before[lender], "\(scale.weights): \(low) to \(high) takes back")
            let exact = Int128(high) * Int128(scale.weights[lender])
            let error = (Int128(part) * Int128(scale.total) - exact).magnitude
            let bound = UInt128(scale.total.magnitude)
            try hold(
                scale.weights.count <= 3 ? error < bound : error * 2 < bound * 3,
                "\(scale.weights): \(part) of \(high) is too far from its share")
        }
        try hold(sum == high, "\(scale.weights): parts of \(high) sum to \(sum)")
    }
}

@Test func `the whole weight gives the weights and intervals add up`() throws {
    try Property.check(300_000) { random in
        let scale = try drawScale(&random)
        try hold(try scale.parts(of: scale.total) == scale.weights, "\(scale.weights): not exact")
        let points = (0..<3).map { _ in random.bits() }.sorted()
        let first = try scale.parts(from: points[0], to: points[1])
        let second = try scale.parts(from: points[1], to: points[2])
        let both = try scale.parts(from: points[0], to: points[2])
        try hold(zip(first, second).map(+) == both, "\(scale.weights): \(points) do not add up")
        let back = try scale.parts(from: points[1], to: points[0])
        try hold(back == first.map { -$0 }, "\(scale.weights): \(points) do not reverse")
    }
}

@Test func `the narrow and the wide product of a part agree`() throws {
    try Property.check(500_000) { random in
        let total = random.bits() + 1
        let weight = random.pick(0...total)
        let amount = random.bits()
        let wide = (Int128(amount) * Int128(weight) * 2 + Int128(total)) / (Int128(total) * 2)
        let part = Proportion.halfUp(amount, weight, total)
        try hold(Int128(part) == wide, "\(amount) · \(weight) ÷ \(total) gave \(part)")
    }
}
