/// The orders by which lines of one key are told apart and brought together.
struct TwinOrder<Element> {
    /// By everything that is compared.
    let content: (Element, Element) -> Ordering
    /// By money alone; ``content`` must refine it.
    let money: (Element, Element) -> Ordering
    /// By what is shown and not compared, at last by the line: says which of two identical lines
    /// serves as evidence.
    let rest: (Element, Element) -> Ordering
    /// Whether two lines agree within tolerance and window.
    let isClose: (Element, Element) -> Bool
}

/// Pairs the lines of one key when a side has several of them.
///
/// Identical lines first, then lines of equal amounts, then lines within tolerance and window, then
/// what remains in order of content; what one side has too many of is left over. Every order is by
/// content, so neither the order of the file nor a line number decides which lines meet.
struct TwinPairing<Element> {
    /// A line and its place among those of its key and side, from 1, in order of content.
    struct Numbered {
        let element: Element
        let occurrence: Int
    }

    /// Paired lines, in the order of our contents.
    private(set) var pairs: [(ours: Numbered, theirs: Numbered)] = []
    /// What found no partner, in order of content.
    private(set) var ours: [Numbered]
    private(set) var theirs: [Numbered]
    private let order: TwinOrder<Element>

    /// Pairs of a key that are tried for closeness at most; a key with more lines is no key.
    static var closePairsLimit: Int { 4096 }

    init(ours: [Element], theirs: [Element], order: TwinOrder<Element>) {
        self.order = order
        self.ours = TwinPairing.numbered(ours, order)
        self.theirs = TwinPairing.numbered(theirs, order)
        pair(by: order.content)
        pair(by: order.money)
        pairClose()
        pair { _, _ in .same }
        pairs.sort { $0.ours.occurrence < $1.ours.occurrence }
    }

    private static func numbered(_ lines: [Element], _ order: TwinOrder<Element>) -> [Numbered] {
        let sorted = lines.sorted {
            let content = order.content($0, $1)
            return (content == .same ? order.rest($0, $1) : content) == .before
        }
        return sorted.enumerated().map { Numbered(element: $1, occurrence: $0 + 1) }
    }

    /// Merges both remainders, which content order has sorted by `order` too.
    private mutating func pair(by order: (Element, Element) -> Ordering) {
        var (left, right) = (0, 0)
        var (oursLeft, theirsLeft): ([Numbered], [Numbered]) = ([], [])
        while left < ours.count, right < theirs.count {
            switch order(ours[left].element, theirs[right].element) {
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

    /// Each of our lines takes the first of theirs, in order of content, that it agrees with.
    private mutating func pairClose() {
        let (product, overflow) = ours.count.multipliedReportingOverflow(by: theirs.count)
        if overflow || product > TwinPairing.closePairsLimit || product == 0 { return }
        var oursLeft: [Numbered] = []
        for line in ours {
            let near = theirs.firstIndex { order.isClose(line.element, $0.element) }
            if let near {
                pairs.append((line, theirs.remove(at: near)))
            } else {
                oursLeft.append(line)
            }
        }
        ours = oursLeft
    }
}
