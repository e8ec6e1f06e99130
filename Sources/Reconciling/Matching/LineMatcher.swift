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
        comparison = RecordComparison(file.layout, file.tolerance)
    }

    /// Claims every line of both sides once.
    mutating func run() throws(ReconcilingError) {
        try checkColumns()
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
        let twins = TwinPairing(
            ours: ours.map { file.ours[$0.index] }, theirs: theirs.map { self.theirs[$0.index] })
        for pair in twins.pairs { try settle(pair.ours, pair.theirs) }
        try leave(twins.ours, on: .ours, isKnown: !theirs.isEmpty)
        try leave(twins.theirs, on: .theirs, isKnown: !ours.isEmpty)
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

    /// Breaks of the records one side has alone: the first of a key the other side does not know
    /// is one-sided, every further one is a duplicate.
    private mutating func leave(_ lines: [Line], on side: Side, isKnown: Bool)
        throws(ReconcilingError)
    {
        for (position, line) in lines.enumerated() {
            let isDuplicate = isKnown || position > 0
            let kind: BreakKind =
                switch side {
                case .ours: isDuplicate ? .duplicateOurs : .oursOnly
                case .theirs: isDuplicate ? .duplicateTheirs : .theirsOnly
                }
            breaks.append(
                mint.make(
                    kind, key: line.record.key, ours: side == .ours ? line : nil,
                    theirs: side == .theirs ? line : nil,
                    differences: try comparison.oneSided(line.record, on: side),
                    currency: line.record.currency))
        }
    }

    private func checkColumns() throws(ReconcilingError) {
        for (side, records) in [(Side.ours, file.ours), (.theirs, theirs)] {
            for record in records where !record.fits(file.layout) {
                throw .misfit(file: file.layout.name, side: side, line: record.line)
            }
        }
    }
}
