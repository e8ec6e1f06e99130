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
        return MatchedFiles(
            summary: MatchSummary(
                ours: try totals(ours, .ours), theirs: try totals(theirs, .theirs),
                matched: parts.reduce(0) { $0 + $1.matched }, kinds: try kinds(breaks)),
            match: self, breaks: breaks)
    }

    private func totals(_ index: FileIndex, _ side: Side) throws(MatchFault)
        -> MatchSummary.Totals
    {
        var sums: [MatchSummary.Sum] = []
        for (number, name) in plan.amountNames.enumerated() {
            do throws(ExactAmount.Fault) {
                sums.append(
                    MatchSummary.Sum(column: name, amount: try index.sums.sum(number).text))
            } catch {
                throw tooLarge("the sum of \(name.prefix(70))", side)
            }
        }
        return MatchSummary.Totals(rows: index.rows, sums: sums)
    }

    private func kinds(_ breaks: [FoundBreak]) throws(MatchFault) -> [MatchSummary.Kind] {
        var found: [BreakKind: (count: Int, sum: WideAmount)] = [:]
        for one in breaks {
            var (count, sum) = found[one.kind] ?? (0, .zero)
            do throws(ExactAmount.Fault) {
                if let amount = one.amount { try sum.add(amount) }
            } catch {
                throw tooLarge("the sum of all \(one.kind.rawValue)", .ours)
            }
            count += 1
            found[one.kind] = (count, sum)
        }
        var kinds: [MatchSummary.Kind] = []
        for kind in BreakKind.allCases {
            guard let (count, sum) = found[kind] else { continue }
            kinds.append(MatchSummary.Kind(kind: kind, count: count, sum: sum.text))
        }
        return kinds
    }

    private func tooLarge(_ what: String, _ side: Side) -> MatchFault {
        MatchFault(
            code: "MATCH-006", side: side, line: 1, column: 1,
            what: "\(what) is beyond the range of amounts")
    }
}
