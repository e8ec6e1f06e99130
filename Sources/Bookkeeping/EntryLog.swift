/// The hash chain over closed days: `head(D) = H(head(D−1) ‖ roots of D)`.
///
/// The hash function comes from outside, so that this room needs no library.
package struct EntryLog: Sendable {
    /// A collision-resistant hash, SHA-256 in production.
    package typealias Hash = @Sendable ([UInt8]) -> [UInt8]

    private let hash: Hash

    package init(hash: @escaping Hash) { self.hash = hash }

    /// The root of one book's rows of a day: the hash of their canonical bytes in order.
    package func root(of canonicalRows: [[UInt8]]) -> [UInt8] {
        hash(canonicalRows.flatMap { EntryLog.length($0.count) + $0 })
    }

    /// The next head from the previous one and the day's roots in book order.
    package func head(after previous: [UInt8], roots: [(book: BookID, root: [UInt8])]) -> [UInt8] {
        let ordered = roots.sorted { $0.book < $1.book }
        return hash(
            previous
                + ordered.flatMap { root in
                    let name = Array(root.book.name.utf8)
                    return EntryLog.length(name.count) + name + root.root
                })
    }

    /// Lengths stand before variable parts, so that no two row sets share their bytes.
    private static func length(_ count: Int) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: count >> (56 - 8 * $0)) }
    }
}
