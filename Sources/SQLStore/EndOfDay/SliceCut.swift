/// How the shards are cut into slices: large enough that commits are few, small enough that the
/// loans of one fit in memory.
package struct SliceCut: Hashable, Sendable {
    private let width: Int

    /// The cut for a book of so many live loans; never fewer slices than four, so that small
    /// books take the same path as large ones.
    package init(liveLoans: Int) {
        let slices = max(4, (liveLoans + Self.loansPerSlice - 1) / Self.loansPerSlice)
        width = max(1, Int(shardCount) / min(slices, Int(shardCount)))
    }

    /// The slices still to do after those done, which lie in order and do not overlap.
    package func open(after done: [Range<Int>]) -> [Range<Int>] {
        var slices: [Range<Int>] = []
        var start = 0
        for next in done + [Int(shardCount)..<Int(shardCount) + 1] {
            slices += stride(from: start, to: max(start, next.lowerBound), by: width).map {
                $0..<min($0 + width, next.lowerBound)
            }
            start = next.upperBound
        }
        return slices
    }

    private static let loansPerSlice = 100_000
}
