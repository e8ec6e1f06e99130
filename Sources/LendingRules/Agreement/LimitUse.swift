package import BusinessCalendar
package import Monetary

/// The use of limits while loans are taken in one after the other: a loan takes all its shares, or
/// none where any lender has not enough left.
package struct LimitUse: Sendable {
    private let limits: LimitTable
    private let used: [LimitSlot: Int64]
    /// What any limit or use tells apart; of loans nothing else is looked at.
    private let dimensions: Set<LimitDimension>
    /// What the loans so far have taken, minor units.
    package private(set) var taken: [LimitSlot: Int64] = [:]
    private var counted: [LimitedShares: [LimitSlot]] = [:]

    /// Counts what has a limit, and whatever else `used` names.
    package init(limits: [Limit], used: [LimitSlot: Int64]) {
        self.limits = LimitTable(limits)
        self.used = used
        dimensions = self.limits.dimensions.union(used.keys.compactMap(\.key.scope.dimension))
    }

    /// Takes the shares of a loan booked on a date.
    ///
    /// Returns where not enough is left, in agreement order; then nothing is taken.
    ///
    /// - Parameter isOutstandingAlone: Whether they are shares of a loan that was booked before,
    ///   taken over from others: they count in no day and month.
    package mutating func take(
        _ shares: [PlannedShare], agreement: String, currency: Currency, on date: BusinessDate,
        drawsReserve: Bool = false, traits: LoanTraits = LoanTraits(),
        isOutstandingAlone: Bool = false
    ) -> [LimitShortage] {
        if limits.isEmpty && used.isEmpty { return [] }
        // What changes hands adds nothing to what is outstanding in all.
        let loan =
            isOutstandingAlone ? 0 : shares.reduce(Int128(0)) { $0 + Int128($1.amount) }
        var asked: [(slot: LimitSlot, amount: Int64)] = []
        var shortages: [LimitShortage] = []
        for share in shares {
            let shares = LimitedShares(
                agreement: agreement, party: share.party, currency: currency, bookedOn: date,
                drawsReserve: drawsReserve, traits: traits)
            for slot in slots(of: shares) {
                if isOutstandingAlone, !slot.key.isOutstanding(of: share.party) { continue }
                asked.append((slot, share.amount))
                for limit in limits.of(slot.key) {
                    let asked = Asked(amount: share.amount, loan: loan)
                    if let short = shortage(of: limit, slot, asked) { shortages.append(short) }
                }
            }
        }
        guard shortages.isEmpty else { return shortages }
        for (slot, amount) in asked {
            taken[slot] = Int64(clamping: Int128(taken[slot] ?? 0) + Int128(amount))
        }
        return []
    }

    /// What all limits of shares have left, of a loan of so much; nil where there is none.
    package func room(of shares: LimitedShares, principal: Int64 = 0) -> Int64? {
        shares.only(dimensions).slots.flatMap { slot in
            limits.of(slot.key).map { room(of: $0, slot, principal) }
        }.min()
    }

    /// Where not enough is left for a share of a loan of so much, without taking it.
    package func shortages(_ amount: Int64, of shares: LimitedShares, principal: Int64 = 0)
        -> [LimitShortage]
    {
        let asked = Asked(amount: amount, loan: Int128(principal))
        return shares.only(dimensions).slots.flatMap { slot in
            limits.of(slot.key).compactMap { shortage(of: $0, slot, asked) }
        }
    }

    private mutating func slots(of shares: LimitedShares) -> [LimitSlot] {
        let shares = shares.only(dimensions)
        if let known = counted[shares] { return known }
        let slots = shares.slots.filter { limits.counts($0.key) || used[$0] != nil }
        counted[shares] = slots
        return slots
    }
}

extension LimitUse {
    /// What is asked for a share, and for the whole loan.
    private struct Asked {
        let amount: Int64
        let loan: Int128
    }

    private func shortage(of limit: Limit, _ slot: LimitSlot, _ asked: Asked) -> LimitShortage? {
        var ceiling = Int128(limit.amount)
        var base = Int128(limit.part?.least ?? 0)
        if let part = limit.part, let key = limit.base {
            // The loan is a part of what is outstanding then.
            let more = part.base == .own ? Int128(asked.amount) : asked.loan
            base = max(base, use(LimitSlot(key, start: slot.start)) + more)
            ceiling = part.of(base)
        }
        // Never below zero: what facts have made of the use may be more than the limit.
        let left = max(0, ceiling - use(slot))
        guard Int128(asked.amount) > left else { return nil }
        return LimitShortage(
            slot: slot, limit: Int64(clamping: ceiling), left: Int64(clamping: left),
            asked: asked.amount,
            part: limit.part.map { LimitPart($0.share, of: $0.base, least: Int64(clamping: base)) })
    }

    /// The most that a share may be.
    private func room(of limit: Limit, _ slot: LimitSlot, _ principal: Int64) -> Int64 {
        let used = use(slot)
        var most = Int128(limit.amount) - used
        if let part = limit.part, let key = limit.base {
            let base = use(LimitSlot(key, start: slot.start))
            if part.base == .own {
                most = max(most, part.growth(of: used, in: base))
            } else {
                most = max(most, part.of(base + Int128(principal)) - used)
            }
        }
        return Int64(clamping: max(0, most))
    }

    /// What a limit is now, before any other loan.
    package func ceiling(of limit: Limit, _ slot: LimitSlot) -> Int64 {
        guard let part = limit.part, let key = limit.base else { return limit.amount }
        let base = max(Int128(part.least), use(LimitSlot(key, start: slot.start)))
        return Int64(clamping: part.of(base))
    }

    private func use(_ slot: LimitSlot) -> Int128 {
        Int128(used[slot] ?? 0) + Int128(taken[slot] ?? 0)
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
    /// What the loan says of the dimensions of limits.
    package let traits: LoanTraits

    package init(
        agreement: String, party: PartyID, currency: Currency, bookedOn: BusinessDate,
        drawsReserve: Bool = false, traits: LoanTraits = LoanTraits()
    ) {
        self.traits = traits
        self.agreement = agreement
        self.party = party
        self.currency = currency
        self.bookedOn = bookedOn
        self.drawsReserve = drawsReserve
    }

    /// Where they count, whether or not there is a limit.
    package var slots: [LimitSlot] {
        let reserve = drawsReserve ? [LimitKey.reserve(of: party, currency)] : []
        let keys = LimitKey.all(
            agreement: agreement, party: party, currency: currency, traits: traits)
        let totals = LimitKey.totals(agreement: agreement, currency: currency)
        return (keys + totals + reserve).map { LimitSlot($0, on: bookedOn) }
    }

    /// The same as far as dimensions are asked for.
    package func only(_ dimensions: Set<LimitDimension>) -> LimitedShares {
        LimitedShares(
            agreement: agreement, party: party, currency: currency, bookedOn: bookedOn,
            drawsReserve: drawsReserve, traits: traits.only(dimensions))
    }
}

/// A share for which a limit has not enough left.
package struct LimitShortage: Hashable, Sendable {
    package let slot: LimitSlot
    /// Minor units, as the rest.
    package let limit: Int64
    package let left: Int64
    package let asked: Int64
    /// What the limit is a part of, which then is at least so much; nil where it is an amount.
    package let part: LimitPart?

    package init(
        slot: LimitSlot, limit: Int64, left: Int64, asked: Int64, part: LimitPart? = nil
    ) {
        self.part = part
        self.slot = slot
        self.limit = limit
        self.left = left
        self.asked = asked
    }
}
