import Foundation

/// A repeatable source of randomness (SplitMix64).
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    /// The next 64 bits.
    package mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// True once in `count` times.
    package mutating func isOne(in count: Int) -> Bool {
        Int.random(in: 0..<count, using: &self) == 0
    }

    /// A number of the range, all equally likely.
    package mutating func pick(_ range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &self)
    }

    /// A number of the range, all equally likely.
    package mutating func pick(_ range: ClosedRange<Int64>) -> Int64 {
        Int64.random(in: range, using: &self)
    }

    /// One element; the list must not be empty.
    package mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[pick(0...elements.count - 1)]
    }

    /// A number of up to `digits` digits, every length equally likely: small ones matter too.
    package mutating func magnitude(digits: Int) -> Int64 {
        let ceiling = (0..<pick(1...digits)).reduce(1 as Int64) { power, _ in power * 10 }
        return pick(1...ceiling)
    }
}

/// One case of a property test: its own generator, and the words that repeat it.
package struct SeededCase: Sendable, CustomStringConvertible {
    package let seed: UInt64
    package let number: Int

    package init(seed: UInt64 = SeededCase.runSeed, number: Int) {
        self.seed = seed
        self.number = number
    }

    /// The seed of this run: `COLEND_SEED`, or a fixed one.
    package static let runSeed =
        ProcessInfo.processInfo.environment["COLEND_SEED"].flatMap(UInt64.init) ?? 20_260_101

    /// A generator of the case's own, so that a case does not depend on those before it.
    package var generator: SeededGenerator {
        var source = SeededGenerator(seed: seed &+ UInt64(number) &* 0x2545_f491_4f6c_dd1d)
        return SeededGenerator(seed: source.next())
    }

    package var description: String { "case \(number) of seed \(seed)" }

    /// How to repeat the test in which the case failed.
    package func repeatCommand(_ filter: String) -> String {
        "\(self); repeat: COLEND_SEED=\(seed) swift test --filter \(filter)"
    }
}
