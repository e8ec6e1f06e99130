import Monetary

/// Matches two CSV files line by line, in steps that may run on several threads.
///
/// Read both headers (the initializer), ``scan(_:)`` each file, ``join(_:_:_:)`` each partition,
/// then ``result(_:_:_:)``. The outcome depends on the files' content alone: not on the order of
/// lines, the seed, or which thread took which step.
package struct LineFileMatch: Sendable {
    /// How many partitions each file is scanned into.
    package static let partitions = 256

    let plan: MatchPlan
    let ours: ByteView
    let theirs: ByteView
    private let seed: UInt64

    /// Reads both header lines and settles which columns are compared.
    ///
    /// - Parameter seed: of the hash of keys; any number, best one that no sender knows.
    /// - Throws: ``MatchFault``.
    package init(ours: ByteView, theirs: ByteView, options: MatchOptions, seed: UInt64)
        throws(MatchFault)
    {
        var first = CSVScanner(ours)
        var second = CSVScanner(theirs)
        plan = try MatchPlan(
            ours: HeaderLine(&first, side: .ours), theirs: HeaderLine(&second, side: .theirs),
            options: options)
        self.ours = ours
        self.theirs = theirs
        self.seed = seed
    }

    /// Checks and indexes one file.
    ///
    /// - Throws: ``MatchFault``, the file's first fault.
    package func scan(_ side: Side) throws(MatchFault) -> FileIndex {
        var scan = FileScan(
            side == .ours ? ours : theirs, plan.columns(of: side), seed: seed)
        return try scan.run()
    }

    /// Matches the lines of some partitions of both files.
    package func join(_ partitions: Range<Int>, _ ours: FileIndex, _ theirs: FileIndex)
        -> PartitionResult
    {
        let comparer = RowComparer(plan, ours: self.ours, theirs: self.theirs)
        var joined = PartitionResult()
        for partition in partitions {
            var join = PartitionJoin(
                ours: ours.partitions[partition], theirs: theirs.partitions[partition], comparer)
            let part = join.run()
            joined.matched += part.matched
            joined.breaks += part.breaks
            joined.touched &+= part.touched
        }
        return joined
    }

    /// Puts the parts together: all breaks in key order, and the summary.
    ///
    /// - Throws: ``MatchFault`` when a sum does not fit in 128 bits.
    package func result(_ ours: FileIndex, _ theirs: FileIndex, _ parts: [PartitionResult])
        throws(MatchFault) -> MatchedFiles
    {
        let breaks = parts.flatMap(\.breaks)
        let isMixed = Set(ours.sums.currencies + theirs.sums.currencies).count > 1
        return MatchedFiles(
            summary: MatchSummary(
                ours: try totals(ours, .ours, isMixed: isMixed),
                theirs: try totals(theirs, .theirs, isMixed: isMixed),
                matched: parts.reduce(0) { $0 + $1.matched },
                kinds: try kinds(breaks, isMixed: isMixed)),
            match: self, breaks: breaks)
    }

    private func totals(_ index: FileIndex, _ side: Side, isMixed: Bool) throws(MatchFault)
        -> MatchSummary.Totals
    {
        let isMixed = isMixed && plan.columns(of: side).currency != nil
        var sums: [MatchSummary.Sum] = []
        for (number, name) in plan.amountNames.enumerated() {
            do throws(ExactAmount.Fault) {
                let amount = try index.sums.told(number, byCurrency: isMixed)
                sums.append(MatchSummary.Sum(column: name, amount: amount))
            } catch {
                throw tooLarge("the sum of \(name.prefix(70))", side)
            }
        }
        return MatchSummary.Totals(rows: index.rows, sums: sums)
    }

    private func kinds(_ breaks: [FoundBreak], isMixed: Bool) throws(MatchFault)
        -> [MatchSummary.Kind]
    {
        var sums = KindSums()
        var cursor = RowCursor(plan, ours: ours, theirs: theirs)
        for one in breaks {
            // Lines are read once more only where currencies have to be told apart.
            let currency = isMixed ? self.currency(of: one, &cursor) : ""
            do throws(ExactAmount.Fault) {
                try sums.add(one, currency)
            } catch {
                throw tooLarge("the sum of all \(one.kind.rawValue)", .ours)
            }
        }
        return sums.kinds(isMixed: isMixed)
    }

    /// The currency of a break's amounts; that of none when its side has no column of them.
    private func currency(of found: FoundBreak, _ cursor: inout RowCursor) -> String {
        for (side, entry) in [(Side.ours, found.ours), (.theirs, found.theirs)] {
            guard let entry, let column = plan.columns(of: side).currency else { continue }
            cursor.move(to: SideRow(side: side, entry: entry))
            return cursor.text(column)
        }
        return Currency.unstated.code
    }

    private func tooLarge(_ what: String, _ side: Side) -> MatchFault {
        MatchFault(
            code: "MATCH-006", side: side, line: 1, column: 1,
            what: "\(what) is beyond the range of amounts")
    }
}
