import Bookkeeping
import Testing

/// A log whose hash is the input itself, so that a collision shows.
private let transparent = EntryLog { $0 }

@Test func `the root tells rows apart however their bytes are cut`() {
    let cuts: [[[UInt8]]] = [[[1, 2]], [[1], [2]], [[], [1, 2]], [[1, 2], []], []]
    #expect(Set(cuts.map { transparent.root(of: $0) }).count == cuts.count)
}

@Test func `the head does not depend on the order in which books are handed over`() {
    let roots = [(book: BookID("b"), root: [2] as [UInt8]), (book: BookID("a"), root: [1])]
    let head = transparent.head(after: [9], roots: roots)
    #expect(head == transparent.head(after: [9], roots: roots.reversed()))
    #expect(head == [9, 0, 0, 0, 0, 0, 0, 0, 1, 97, 1, 0, 0, 0, 0, 0, 0, 0, 1, 98, 2])
}

@Test func `every byte of a day changes all heads after it`() {
    let log = EntryLog { bytes in
        var state: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return (0..<8).map { UInt8(truncatingIfNeeded: state >> ($0 * 8)) }
    }
    func lastHead(changing changed: Int?) -> [UInt8] {
        (0..<5).reduce([]) { head, day in
            let row: [UInt8] = [UInt8(day), day == changed ? 1 : 0]
            return log.head(after: head, roots: [(BookID("a"), log.root(of: [row]))])
        }
    }
    #expect(Set([nil, 0, 1, 2, 3, 4].map(lastHead)).count == 6)
}
