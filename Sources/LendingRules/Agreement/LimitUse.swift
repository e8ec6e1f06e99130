package import BusinessCalendar
package import Monetary

/// The use of limits while loans are taken in one after the other: a loan takes all its shares, or
/// none where any lender has not enough left.
package struct LimitUse: Sendable {
    private let limits: [LimitKey: Int64]
    private let used: [LimitSlot: Int64]
    /// What the loans so far have taken, minor units.
    package private(set) var taken: [LimitSlot: Int64] = [:]
    private var counted: [LimitedShares: [LimitSlot]] = [:]

    /// Counts what has a limit, and whatever else `used` names.
    package init(limits: [Limit], used: [LimitSlot: Int64]) {
        self.limits = Dictionary(limits.map { ($0.key, $0.amount) }) { min($0, $1) }
        self.used = used
    }

    /// Takes the shares of a loan booked on a date.
    ///
    /// Returns where not enough is left, in agreement order; then nothing is taken.
    package mutating func take(
        _ shares: [PlannedShare], agreement: String, currency: Currency, on date: BusinessDate,
        drawsReserve: Bool = false
    ) -> [LimitShortage] {
        if limits.isEmpty && used.isEmpty { return [] }
        var asked: [(slot: LimitSlot, amount: Int64)] = []
        var shortages: [LimitShortage] = []
        for share in shares {
            let shares = LimitedShares(
                agreement: agreement, party: share.party, currency: currency, bookedOn: date,
                drawsReserve: drawsReserve)
            for slot in slots(of: shares) {
                asked.append((slot, share.amount))
                guard let limit = limits[slot.key] else { continue }
                let left = left(of: limit, slot)
                if share.amount > left {
                    shortages.append(
                        LimitShortage(slot: slot, limit: limit, left: left, asked: share.amount))
                }
            }
        }
        guard shortages.isEmpty else { return shortages }
        for (slot, amount) in asked { taken[slot, default: 0] += amount }
        return []
    }

    /// What all limits of shares have left; nil where there is none.
    package func room(of shares: LimitedShares) -> Int64? {
        shares.slots.compactMap { slot in limits[slot.key].map { left(of: $0, slot) } }.min()
    }

    /// Where not enough is left for a share, without taking it.
    package func shortages(_ amount: Int64, of shares: LimitedShares) -> [LimitShortage] {
        shares.slots.compactMap { slot in
            guard let limit = limits[slot.key] else { return nil }
            let left = left(of: limit, slot)
            return amount <= left
                ? nil : LimitShortage(slot: slot, limit: limit, left: left, asked: amount)
        }
    }

    /// Never below zero: what facts have made of the use may be more than the limit.
    private func left(of limit: Int64, _ slot: LimitSlot) -> Int64 {
        let left = Int128(limit) - Int128(used[slot] ?? 0) - Int128(taken[slot] ?? 0)
        return Int64(clamping: max(0, left))
    }

    private mutating func slots(of shares: LimitedShares) -> [LimitSlot] {
        if let known = counted[shares] { return known }
        let slots = shares.slots.filter { limits[$0.key] != nil || used[$0] != nil }
        counted[shares] = slots
        return slots
    }
}

/// Shares that count in the same places: one lender's of one agreement, booked on one date.
package struct LimitedShares: Hashable, Sendable {
    package let agreement: String
    package let party: PartyID
    package let currency: Currency
    package let bookedOn: BusinessDate
    /// Whether the agreement takes shares from deposits.
    package let drawsReserve: Bool

    package init(
        agreement: String, party: PartyID, currency: Currency, bookedOn: BusinessDate,
        drawsReserve: Bool = false
    ) {
        self.agreement = agreement
        self.party = party
        self.currency = currency
        self.bookedOn = bookedOn
        self.drawsReserve = drawsReserve
    }

    /// Where they count, whether or not there is a limit.
    package var slots: [LimitSlot] {
        let reserve = drawsReserve ? [LimitKey.reserve(of: party, currency)] : []
        return (LimitKey.all(agreement: agreement, party: party, currency: currency) + reserve)
            .map { LimitSlot($0, on: bookedOn) }
    }
}

/// A share for which a limit has not enough left.
package struct LimitShortage: Hashable, Sendable {
    package let slot: LimitSlot
    /// Minor units, as the rest.
    package let limit: Int64
    package let left: Int64
    package let asked: Int64

    package init(slot: LimitSlot, limit: Int64, left: Int64, asked: Int64) {
        self.slot = slot
        self.limit = limit
        self.left = left
        self.asked = asked
    }
}
