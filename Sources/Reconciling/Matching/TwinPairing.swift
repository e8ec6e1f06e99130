/// Pairs the records of one key when a side has several of them.
///
/// Identical records first, then records of equal amounts, then the rest in order of content; what
/// one side has too many of is left over. Every order is by content, so neither the order of the
/// file nor a line number decides which records meet.
struct TwinPairing {
    /// Paired lines, in the order of our contents.
    private(set) var pairs: [(ours: Line, theirs: Line)] = []
    /// What found no partner, in order of content.
    private(set) var ours: [Line]
    private(set) var theirs: [Line]

    init(ours: [Record], theirs: [Record]) {
        self.ours = TwinPairing.numbered(ours)
        self.theirs = TwinPairing.numbered(theirs)
        pair(by: RecordOrder.byContent)
        pair(by: RecordOrder.byMoney)
        pair { _, _ in .same }
        pairs.sort { $0.ours.occurrence < $1.ours.occurrence }
    }

    /// Content decides; the line only says which of two identical records is shown as evidence.
    private static func numbered(_ records: [Record]) -> [Line] {
        let sorted = records.sorted {
            switch RecordOrder.byContent($0, $1) {
            case .before: true
            case .same: $0.line < $1.line
            case .after: false
            }
        }
        return sorted.enumerated().map { Line(record: $1, occurrence: $0 + 1) }
    }

    /// Merges both remainders, which content order has sorted by `order` too.
    private mutating func pair(by order: (Record, Record) -> Ordering) {
        var (left, right) = (0, 0)
        var (oursLeft, theirsLeft): ([Line], [Line]) = ([], [])
        while left < ours.count, right < theirs.count {
            switch order(ours[left].record, theirs[right].record) {
            case .same:
                pairs.append((ours[left], theirs[right]))
                left += 1
                right += 1
            case .before:
                oursLeft.append(ours[left])
                left += 1
            case .after:
                theirsLeft.append(theirs[right])
                right += 1
            }
        }
        ours = oursLeft + ours[left...]
        theirs = theirsLeft + theirs[right...]
    }
}
