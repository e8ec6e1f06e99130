internal import BusinessCalendar
internal import LendingRules
internal import Operations

/// Takes room of limits inside a transaction that holds the open date: rows are locked in key
/// order before anything is decided, and each is changed once. A row is made when something is
/// first taken in its period, so that none depends on what was refused.
struct LimitLedger {
    private let limits: LimitTable
    /// False for a harness: looks without locking and then changes whatever stands there.
    private let hasGuard: Bool

    init(_ limits: [Limit], hasGuard: Bool = true) {
        self.limits = LimitTable(limits)
        self.hasGuard = hasGuard
    }

    /// The same with limits that have changed since.
    func renewed(_ limits: [Limit]) -> LimitLedger { LimitLedger(limits, hasGuard: hasGuard) }

    /// What limits tell apart, or what is counted for others that there were.
    func dimensions(_ connection: borrowing Connection) throws(StoreError) -> Set<LimitDimension> {
        try LimitRows.dimensions(connection).union(limits.dimensions)
    }

    /// What of the slots is counted, or has a limit, with what is used of it; locks their rows.
    ///
    /// A slot without a row is counted from the shares and the books: its key has its first limit,
    /// or its period begins, or it lies before the first that was counted. The transaction must
    /// hold the date alone then, see ``begins(_:_:)``. A value of a dimension that is counted has
    /// no row before something is taken there, and nothing is used of it.
    func used(
        of slots: Set<LimitSlot>, _ connection: borrowing Connection
    ) throws(StoreError) -> [LimitSlot: Int64] {
        var tally = LimitTally()
        return try used(of: slots, &tally, connection).rows
    }

    /// The same with which of them have no row, counted by the transaction's own tally: those and
    /// all values of their dimensions with which counting begins.
    func used(
        of slots: Set<LimitSlot>, _ tally: inout LimitTally, _ connection: borrowing Connection
    ) throws(StoreError) -> (rows: [LimitSlot: Int64], missing: [LimitSlot]) {
        var used: [LimitSlot: Int64] = [:]
        var missing: [LimitSlot] = []
        for slot in try relevant(slots, connection) {
            if let found = try LimitRows.used(of: slot, isLocking: hasGuard, connection) {
                used[slot] = found
            } else if used[slot.whole] != nil, slot.whole != slot {
                used[slot] = 0
            } else {
                missing.append(slot)
            }
        }
        for slot in missing {
            used[slot] = try tally.used(of: slot, among: missing, connection)
            guard slot.isOfDimension, slot.whole == slot else { continue }
            used.merge(try tally.values(of: slot, among: missing, connection)) { first, _ in first }
        }
        let begun = Set(missing)
        return (used, used.keys.filter { begun.contains($0.whole) || begun.contains($0) }.sorted())
    }

    /// Whether rows are missing of these slots. What has been taken before is looked up then, so
    /// nobody else may take or give back meanwhile.
    func begins(
        _ slots: Set<LimitSlot>, _ connection: borrowing Connection
    ) throws(StoreError) -> Bool {
        guard hasGuard else { return false }
        for slot in try relevant(slots, connection) where slot.whole == slot {
            let found = try LimitRows.used(of: slot, isLocking: false, connection)
            if found == nil { return true }
        }
        return false
    }

    /// Those that are counted or have a limit, in key order.
    private func relevant(
        _ slots: Set<LimitSlot>, _ connection: borrowing Connection
    ) throws(StoreError) -> [LimitSlot] {
        let counted = try LimitRows.counted(connection)
        return slots.filter { counted.contains($0.key.whole) || limits.counts($0.key) }.sorted()
    }

    /// Changes each row once; one that is missing begins with what `used` has of it, and with a
    /// dimension all its values.
    ///
    /// Throws `StoreError.overtaken` where more is used than a limit allows, which the locks of
    /// ``used(of:_:)`` rule out.
    func take(
        _ taken: [LimitSlot: Int64], beyond used: [LimitSlot: Int64],
        _ connection: borrowing Connection
    ) throws(StoreError) {
        let begun = used.filter { slot, used in
            used != 0 && slot.whole != slot && taken[slot] == nil && taken[slot.whole] != nil
        }
        for (slot, used) in begun.sorted(by: { $0.key < $1.key }) {
            try LimitRows.insert(slot, used: used, connection)
        }
        for (slot, amount) in taken.sorted(by: { $0.key < $1.key }) {
            try LimitRows.insert(slot, used: used[slot] ?? 0, connection)
            if amount == 0 { continue }
            let limit = hasGuard ? limits.amount(of: slot.key) : nil
            guard try LimitRows.add(amount, to: slot, upTo: limit, connection) else {
                throw .overtaken(record: "the use of \(slot.key.party)'s limits")
            }
        }
    }
}

extension LimitSlot {
    /// Where all values of its dimension count in the same period; itself where there is none.
    var whole: LimitSlot { LimitSlot(key.whole, start: start) }

    var isOfDimension: Bool { key.scope != .all }
}

extension [LoanBooking] {
    /// Where the shares of the loans count, or may, as far as dimensions are asked for.
    func limitSlots(by dimensions: Set<LimitDimension>) -> Set<LimitSlot> {
        var seen: Set<LimitedShares> = []
        var slots: Set<LimitSlot> = []
        for booking in self {
            let record = booking.record
            let traits = record.traits.only(dimensions)
            for party in booking.takers {
                let shares = LimitedShares(
                    agreement: record.agreement, party: party, currency: record.currency,
                    bookedOn: record.bookedOn, drawsReserve: booking.drawsReserve, traits: traits)
                if seen.insert(shares).inserted { slots.formUnion(shares.slots) }
            }
        }
        return slots
    }
}
