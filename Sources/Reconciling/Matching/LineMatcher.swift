/// Matches the lines of one file by key, in one merge over both sides' key order.
struct LineMatcher {
    private let file: FilePair
    private let theirs: [Record]
    private let comparison: RecordComparison
    private var mint: BreakMint
    private(set) var matches: [Match] = []
    private(set) var breaks: [Break] = []

    init(_ file: FilePair, theirs: [Record], mint: BreakMint) {
        self.file = file
        self.theirs = theirs
        self.mint = mint
        comparison = RecordComparison(
            file.layout, file.tolerance, windowDays: file.windowDays)
    }

    /// Claims every line of both sides once.
    mutating func run() throws(ReconcilingError) {
        try file.checkColumns()
        let (ourIndex, theirIndex) = (KeyIndex(file.ours), KeyIndex(theirs))
        var (left, right) = (0, 0)
        while left < ourIndex.entries.count || right < theirIndex.entries.count {
            let order = Self.order(ourIndex, left, theirIndex, right)
            let leftEnd = order == .after ? left : ourIndex.endOfRun(from: left)
            let rightEnd = order == .before ? right : theirIndex.endOfRun(from: right)
            try settle(ourIndex.entries[left..<leftEnd], theirIndex.entries[right..<rightEnd])
            (left, right) = (leftEnd, rightEnd)
        }
        let claims =
            2 * matches.count
            + breaks.reduce(0) { $0 + ($1.ours == nil ? 0 : 1) + ($1.theirs == nil ? 0 : 1) }
        precondition(
            claims == file.ours.count + theirs.count, "a line was claimed twice or not at all")
    }

    private static func order(_ ours: KeyIndex, _ left: Int, _ theirs: KeyIndex, _ right: Int)
        -> Ordering
    {
        if left == ours.entries.count { return .after }
        if right == theirs.entries.count { return .before }
        return ours.order(ours.entries[left], theirs.entries[right], in: theirs)
    }

    /// Settles all records of one key.
    private mutating func settle(
        _ ours: ArraySlice<KeyIndex.Entry>, _ theirs: ArraySlice<KeyIndex.Entry>
    ) throws(ReconcilingError) {
        if ours.count == 1, theirs.count == 1, let left = ours.first, let right = theirs.first {
            let line = Line(record: file.ours[left.index], occurrence: 1)
            return try settle(line, Line(record: self.theirs[right.index], occurrence: 1))
        }
        let group = KeyGroup(
            ours: ours.map { file.ours[$0.index] }, theirs: theirs.map { self.theirs[$0.index] },
            order: order)
        for pair in group.pairs { try settle(Line(pair.ours), Line(pair.theirs)) }
        for leftover in group.leftovers { try leave(leftover) }
    }

    private var order: TwinOrder<Record> {
        TwinOrder(
            content: RecordOrder.byContent, money: RecordOrder.byMoney,
            rest: { Ordering($0.line, $1.line) }, isClose: comparison.isClose)
    }

    private mutating func settle(_ ours: Line, _ theirs: Line) throws(ReconcilingError) {
        let (kind, differences) = try comparison.compare(ours.record, theirs.record)
        guard let kind else {
            matches.append(Match(ours: ours, theirs: theirs))
            return
        }
        breaks.append(
            mint.make(
                kind, key: ours.record.key, ours: ours, theirs: theirs, differences: differences,
                currency: ours.record.currency))
    }

    private mutating func leave(_ leftover: KeyGroup<Record>.Leftover) throws(ReconcilingError) {
        let line = Line(leftover.line)
        breaks.append(
            mint.make(
                leftover.kind, key: line.record.key, ours: leftover.side == .ours ? line : nil,
                theirs: leftover.side == .theirs ? line : nil,
                differences: try comparison.oneSided(line.record, on: leftover.side),
                currency: line.record.currency))
    }
}

extension Line {
    fileprivate init(_ numbered: TwinPairing<Record>.Numbered) {
        self.init(record: numbered.element, occurrence: numbered.occurrence)
    }
}
