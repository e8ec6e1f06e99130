// Interest of a loan of which a part of the bank's claim has gone to another holder.

/// The nested half-up split of a running total among the bank, who has bought from it, and all
/// others: the largest part first.
struct HeldScale: Sendable {
    let own: Int64
    let sold: Int64
    let rest: Int64

    /// Holders once so much of what the bank had of a whole is gone; below zero it came from the
    /// others.
    init(_ gone: Int64, of own: Int64, whole: Int64) {
        self.own = own - gone
        sold = max(0, gone)
        rest = whole - own + min(0, gone)
    }

    /// Whether nobody has less than nothing.
    var isSound: Bool { own >= 0 && rest >= 0 }

    /// The bank's part of a total ≥ 0.
    func part(of total: Int64) -> Int64 {
        // Of equals the bank comes before who has bought from it.
        let weights = [own, sold, rest].enumerated().sorted {
            ($1.element, $0.offset) < ($0.element, $1.offset)
        }
        var (left, whole) = (total, own + sold + rest)
        for (place, weight) in weights {
            if whole == 0 { break }
            let part = Int64(
                Rounding.halfUp.divide(Int128(left) * Int128(weight), by: Int128(whole)))
            if place == 0 { return part }
            (left, whole) = (left - part, whole - weight)
        }
        return 0
    }

    func part(from start: Int64, length: Int64) -> Int64 {
        part(of: start + length) - part(of: start)
    }
}

/// The bank's part of the whole loan's interest from the day on which holders changed.
struct HeldInterest: Sendable {
    let scale: HeldScale
    /// The open instalment, and what had accrued of it in all and to the bank.
    let index: Int
    let accrued: Int64
    let ownAccrued: Int64
    /// The whole loan's interest of each instalment.
    let wholes: [Int64]

    /// The bank's interest of an instalment of which the whole loan's comes to `whole` so far; nil
    /// for one of before.
    func own(_ index: Int, _ whole: Int64) -> Int64? {
        guard index >= self.index, index < wholes.count else { return nil }
        if index == self.index {
            return whole < accrued
                ? nil : ownAccrued + scale.part(from: 0, length: whole - accrued)
        }
        let start = wholes[self.index..<index].reduce(0, +) - accrued
        return scale.part(from: start, length: whole)
    }
}

extension ShareOfLoan {
    /// Goes on by the whole loan's interest after a part of the claim has gone.
    ///
    /// - Parameter own: What had accrued to the bank of the open instalment before.
    mutating func hold(
        _ scale: HeldScale, from index: Int, on night: Day, accrued own: Int64
    ) {
        let elapsed = night.days(since: schedule.instalments[index].startsOn)
        held = HeldInterest(
            scale: scale, index: index,
            accrued: elapsed > 0 ? schedule.accrued(index, elapsed: elapsed) : 0,
            ownAccrued: own, wholes: schedule.instalments.map(\.interest))
        for place in index..<instalments.count {
            let row = instalments[place]
            guard let interest = held?.own(place, schedule.instalments[place].interest) else {
                continue
            }
            instalments[place] = ShareInstalment(
                startsOn: row.startsOn, dueOn: row.dueOn, principal: row.principal,
                interest: interest, fee: row.fee)
        }
    }
}
