import Foundation

/// A repeatable source of randomness (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

/// The seed of this run: `COLEND_SEED`, or a fixed one.
let runSeed = ProcessInfo.processInfo.environment["COLEND_SEED"].flatMap(UInt64.init) ?? 20_260_101

/// How to repeat a case that failed.
func repeatCommand(_ test: String, _ seed: UInt64, _ number: Int) -> String {
    "case \(number) of seed \(seed); repeat: COLEND_SEED=\(seed) swift test --filter \(test)"
}
