/// The records of one side in key order, byte-wise and column by column.
///
/// Sixteen bytes of each key sit in the sort entry itself, so that nearly every comparison is two
/// integer comparisons; the rest of a longer key is read from one shared buffer.
struct KeyIndex {
    /// One record's place in key order.
    struct Entry {
        let high: UInt64
        let low: UInt64
        /// Position of the record in the array that was indexed.
        let index: Int
    }

    /// Entries in key order; equal keys stand next to each other in the order of their indexes.
    private(set) var entries: [Entry] = []
    /// All encoded keys, one after the other.
    private var bytes: [UInt8] = []
    /// Where each record's key starts in ``bytes``; one more than there are records.
    private var starts: [Int] = [0]

    init(_ records: [Record]) {
        self.init(count: records.count) { index, key in
            for column in records[index].key { key.append(column.utf8) }
        }
    }

    /// Indexes `count` things whose keys `encode` writes, column by column.
    init(count: Int, _ encode: (Int, inout Key) -> Void) {
        entries.reserveCapacity(count)
        starts.reserveCapacity(count + 1)
        var key = Key()
        for index in 0..<count {
            encode(index, &key)
            starts.append(key.bytes.count)
        }
        bytes = key.bytes
        for index in 0..<count {
            entries.append(
                Entry(
                    high: prefix(of: index, from: 0), low: prefix(of: index, from: 8), index: index)
            )
        }
        sort()
    }

    /// Keys as they are written: so that byte order is the order of the columns.
    struct Key {
        fileprivate var bytes: [UInt8] = []

        /// Writes one column: a zero byte is followed by 255, the column ends with 0 and 1. No
        /// encoded key is the beginning of another.
        mutating func append(_ column: some Sequence<UInt8>) {
            for byte in column {
                bytes.append(byte)
                if byte == 0 { bytes.append(255) }
            }
            bytes.append(0)
            bytes.append(1)
        }
    }

    /// Compares keys of two indexes, or of one with itself.
    func order(_ entry: Entry, _ other: Entry, in index: KeyIndex) -> Ordering {
        if entry.high != other.high { return Ordering(entry.high, other.high) }
        if entry.low != other.low { return Ordering(entry.low, other.low) }
        return tailOrder(entry, other, in: index)
    }

    /// The position after the last entry that has the key of the entry at `start`.
    func endOfRun(from start: Int) -> Int {
        var end = start + 1
        while end < entries.count, order(entries[start], entries[end], in: self) == .same {
            end += 1
        }
        return end
    }

    /// Files are usually written in key order, so one look spares most sorts.
    private mutating func sort() {
        let keys = self
        let isSorted = entries.indices.dropFirst().allSatisfy {
            keys.order(keys.entries[$0 - 1], keys.entries[$0], in: keys) != .after
        }
        if isSorted { return }
        entries.sort {
            switch keys.order($0, $1, in: keys) {
            case .before: true
            case .same: $0.index < $1.index
            case .after: false
            }
        }
    }

    /// Eight bytes of a key as a big-endian number, zero past its end.
    private func prefix(of index: Int, from offset: Int) -> UInt64 {
        let start = starts[index] + offset
        let end = starts[index + 1]
        var value: UInt64 = 0
        for position in start..<(start + 8) {
            value = value << 8 | (position < end ? UInt64(bytes[position]) : 0)
        }
        return value
    }

    private func tailOrder(_ entry: Entry, _ other: Entry, in index: KeyIndex) -> Ordering {
        var position = starts[entry.index] + 16
        var opposite = index.starts[other.index] + 16
        let end = starts[entry.index + 1]
        let oppositeEnd = index.starts[other.index + 1]
        while position < end, opposite < oppositeEnd {
            let (byte, facing) = (bytes[position], index.bytes[opposite])
            if byte != facing { return Ordering(byte, facing) }
            position += 1
            opposite += 1
        }
        return Ordering(max(end - position, 0), max(oppositeEnd - opposite, 0))
    }
}
