package import BusinessCalendar
package import Monetary

/// A limit that is a part of something: how concentrated a lender's loans may be.
package struct LimitPart: Hashable, Sendable {
    package let share: Share
    package let base: LimitBase
    /// What the base counts for at least, minor units. Of what is outstanding nothing could be lent
    /// without it: the first loan is all of it. A figure is this amount.
    package let least: Int64

    package init(_ share: Share, of base: LimitBase, least: Int64) {
        self.share = share
        self.base = base
        self.least = least
    }

    /// The part of an amount, whole minor units of it; nothing of less than nothing.
    func of(_ amount: Int128) -> Int128 {
        max(0, amount) * Int128(share.numerator) / Int128(share.denominator)
    }

    /// By how much a part may grow that the whole grows by as well, so that it stays within the
    /// share.
    func growth(of part: Int128, in whole: Int128) -> Int128 {
        let (top, bottom) = (Int128(share.numerator), Int128(share.denominator))
        // All of it is no limit.
        if top >= bottom { return Int128(Int64.max) }
        return (max(0, whole) * top - part * bottom) / (bottom - top)
    }
}

/// Of what a limit is a part.
package enum LimitBase: Hashable, Sendable {
    /// What the lender reports of itself.
    case figure(PartyFacts.Figure.Name)
    /// What is outstanding of all lenders: under the agreement, or on the whole platform.
    case total
    /// What is outstanding of the lender itself, of whatever value.
    case own
}

extension Limit {
    /// A part of something. Its amount is what it is at least, and all of it where the base does
    /// not move.
    package init(_ key: LimitKey, part: LimitPart, from: BusinessDate? = nil) {
        self.init(
            key, amount: Int64(clamping: part.of(Int128(part.least))), part: part, from: from)
    }

    /// Where what it is a part of is counted; nil where nothing is.
    package var base: LimitKey? {
        switch part?.base {
        case .total: key.total
        case .own: key.whole
        case .figure, nil: nil
        }
    }

    /// The keys that must be counted for it.
    package var counted: [LimitKey] { [key.whole] + (base.map { [$0] } ?? []) }

    /// Whether it says how much there may be of what counts in a slot, or moves with it.
    package func concerns(_ slot: LimitSlot) -> Bool { counted.contains(slot.key.whole) }
}

extension [Limit] {
    /// Those that hold on a date: of a part of a figure the one of the latest figure by then, or of
    /// the first where there is none yet.
    package func inForce(on date: BusinessDate) -> [Limit] {
        filter { limit in
            guard let from = limit.from else { return true }
            let same = filter { $0.from != nil && $0.key == limit.key && $0.isSamePart(limit) }
            let latest = same.compactMap(\.from).filter { $0 <= date }.max()
            return from == latest ?? same.compactMap(\.from).min()
        }
    }
}

extension Limit {
    fileprivate func isSamePart(_ other: Limit) -> Bool {
        part?.share == other.part?.share && part?.base == other.part?.base
    }
}
