/// One break of two files, still as places in their bytes.
struct FoundBreak: Sendable {
    let kind: BreakKind
    let ours: RowEntry?
    let theirs: RowEntry?
    /// Ours − theirs of a pair, the line's own amount when one side has it alone.
    let amount: WideAmount?
}

/// What came of one partition.
package struct PartitionResult: Sendable {
    /// Pairs that agree, also within tolerance and window.
    var matched = 0
    /// In no order, but those of one key one after the other.
    var breaks: [FoundBreak] = []
    /// What reading ahead has touched; kept so that it is not optimized away.
    var touched: UInt8 = 0
}

/// Brings the lines of one partition together by key.
///
/// Open addressing on the hash, linear probing; every hit is confirmed on the key's bytes. Lines of
/// one key hang in a chain per side, since keys may stand several times.
struct PartitionJoin {
    private struct Group {
        let hash: UInt64
        /// Last line of the chain per side, -1 for none.
        var ours: Int32 = -1
        var theirs: Int32 = -1
        /// One line a side, and the same bytes.
        var isIdentical = false
    }

    private let ours: [RowEntry]
    private let theirs: [RowEntry]
    private let comparer: RowComparer
    private var groups: [Group] = []
    /// Group numbers by slot, -1 where it is free.
    private var slots: [Int32]
    private let mask: Int
    private var chains: (ours: [Int32], theirs: [Int32])
    private var result = PartitionResult()

    init(ours: [RowEntry], theirs: [RowEntry], _ comparer: RowComparer) {
        self.ours = ours
        self.theirs = theirs
        self.comparer = comparer
        var capacity = 16
        while capacity < 2 * (ours.count + theirs.count) { capacity *= 2 }
        mask = capacity - 1
        slots = Array(repeating: -1, count: capacity)
        groups.reserveCapacity(max(ours.count, theirs.count))
        chains = (
            Array(repeating: -1, count: ours.count), Array(repeating: -1, count: theirs.count)
        )
    }

    mutating func run() -> PartitionResult {
        for index in ours.indices { addOurs(index) }
        for start in stride(from: 0, to: theirs.count, by: PartitionJoin.aheadLines) {
            let end = min(start + PartitionJoin.aheadLines, theirs.count)
            for index in start..<end { readAhead(index) }
            for index in start..<end { addTheirs(index) }
        }
        for group in groups { settle(group) }
        return result
    }

    /// Lines whose bytes are fetched together.
    private static let aheadLines = 32

    /// Touches the bytes that a line of theirs will be compared on. The files are far larger than
    /// any cache: many misses at once cost little more than one.
    @inline(__always)
    private mutating func readAhead(_ index: Int) {
        let entry = theirs[index]
        result.touched &+= comparer.touch(SideRow(side: .theirs, entry: entry))
        let slot = slots[Int(truncatingIfNeeded: entry.hash) & mask]
        guard slot >= 0, groups[Int(slot)].ours >= 0 else { return }
        result.touched &+= comparer.touch(head(groups[Int(slot)]))
    }

    private mutating func addOurs(_ index: Int) {
        let group = group(of: SideRow(side: .ours, entry: ours[index]))
        chains.ours[index] = groups[group].ours
        groups[group].ours = Int32(index)
    }

    private mutating func addTheirs(_ index: Int) {
        let row = SideRow(side: .theirs, entry: theirs[index])
        let group = group(of: row)
        chains.theirs[index] = groups[group].theirs
        let isFirst = groups[group].theirs < 0
        groups[group].theirs = Int32(index)
        groups[group].isIdentical =
            isFirst && groups[group].ours >= 0 && chains.ours[Int(groups[group].ours)] < 0
            && comparer.isSameBytes(head(groups[group]), row)
    }

    /// The group of a line's key, a new one when no line before had the key.
    @inline(__always)
    private mutating func group(of row: SideRow) -> Int {
        var slot = Int(truncatingIfNeeded: row.entry.hash) & mask
        while slots[slot] >= 0 {
            let group = Int(slots[slot])
            if groups[group].hash == row.entry.hash, comparer.isSameKey(head(groups[group]), row) {
                return group
            }
            slot = (slot + 1) & mask
        }
        slots[slot] = Int32(groups.count)
        groups.append(Group(hash: row.entry.hash))
        return groups.count - 1
    }

    /// Any line of a group; ours when it has one.
    @inline(__always)
    private func head(_ group: Group) -> SideRow {
        group.ours >= 0
            ? SideRow(side: .ours, entry: ours[Int(group.ours)])
            : SideRow(side: .theirs, entry: theirs[Int(group.theirs)])
    }

    private mutating func settle(_ group: Group) {
        if group.isIdentical {
            result.matched += 1
            return
        }
        let left = PartitionJoin.lines(.ours, ours, chains.ours, from: group.ours)
        let right = PartitionJoin.lines(.theirs, theirs, chains.theirs, from: group.theirs)
        if left.count == 1, right.count == 1 { return settle(left[0], right[0]) }
        let twins = KeyGroup(ours: left, theirs: right, order: comparer.order)
        for pair in twins.pairs { settle(pair.ours.element, pair.theirs.element) }
        for leftover in twins.leftovers { leave(leftover) }
    }

    private static func lines(
        _ side: Side, _ rows: [RowEntry], _ chain: [Int32], from last: Int32
    ) -> [SideRow] {
        var lines: [SideRow] = []
        var index = last
        while index >= 0 {
            lines.append(SideRow(side: side, entry: rows[Int(index)]))
            index = chain[Int(index)]
        }
        return lines
    }

    private mutating func settle(_ ours: SideRow, _ theirs: SideRow) {
        let (findings, difference) = comparer.compare(ours, theirs)
        if findings.kind?.isMatched ?? true { result.matched += 1 }
        guard let kind = findings.kind else { return }
        result.breaks.append(
            FoundBreak(kind: kind, ours: ours.entry, theirs: theirs.entry, amount: difference))
    }

    private mutating func leave(_ leftover: KeyGroup<SideRow>.Leftover) {
        let row = leftover.line.element
        result.breaks.append(
            FoundBreak(
                kind: leftover.kind, ours: row.side == .ours ? row.entry : nil,
                theirs: row.side == .theirs ? row.entry : nil, amount: comparer.total(of: row)))
    }
}
