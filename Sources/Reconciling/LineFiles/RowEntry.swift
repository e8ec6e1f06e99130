/// One line of a file as the matcher keeps it: 24 bytes, whatever the line holds.
struct RowEntry: Hashable, Sendable {
    /// Of the key's content; lines of one key have one hash, not the other way round.
    let hash: UInt64
    /// Where the line begins in the file's bytes.
    let start: Int
    /// Its bytes without the line end.
    let length: UInt32
    /// From 1, the header counted.
    let line: UInt32

    /// The partition in which the line meets those of its key.
    var partition: Int { Int(hash >> 56) }
}

/// A line and whose it is.
struct SideRow {
    let side: Side
    let entry: RowEntry
}

/// What one pass over a file brings: its lines by partition, and the sums of its amounts.
package struct FileIndex: Sendable {
    /// Lines of one key are in the same partition of both files.
    var partitions: [[RowEntry]] = Array(repeating: [], count: LineFileMatch.partitions)
    package var rows = 0
    var sums: AmountSums

    init(amountColumns: Int, likelyRows: Int) {
        sums = AmountSums(columns: amountColumns)
        let share = likelyRows / LineFileMatch.partitions
        for partition in partitions.indices {
            partitions[partition].reserveCapacity(share + share / 8 + 8)
        }
    }
}

/// Sums of amount columns, kept by number of decimals, so that no line is rescaled.
struct AmountSums: Sendable {
    private var digits: [Int128]
    /// Per column one bit for each number of decimals that occurred.
    private var seen: [UInt16]
    private let stride = ExactAmount.decimalsLimit + 1

    init(columns: Int) {
        digits = Array(repeating: 0, count: columns * stride)
        seen = Array(repeating: 0, count: columns)
    }

    /// A 64-bit amount of each of 2³² lines fits.
    mutating func add(_ amount: ExactAmount, column: Int) {
        digits[column * stride + amount.decimals] += Int128(amount.digits)
        seen[column] |= 1 << UInt16(amount.decimals)
    }

    /// - Throws: ``ExactAmount/Fault/overflow``.
    func sum(_ column: Int) throws(ExactAmount.Fault) -> WideAmount {
        var sum = WideAmount.zero
        for decimals in 0..<stride where seen[column] & 1 << UInt16(decimals) != 0 {
            let part = WideAmount(digits: digits[column * stride + decimals], decimals: decimals)
            try sum.add(part)
        }
        return sum
    }
}
