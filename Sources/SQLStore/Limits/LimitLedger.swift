internal import BusinessCalendar
internal import LendingRules
internal import Operations

/// Takes room of limits inside a transaction that holds the open date: rows are locked in key
/// order before anything is decided, and each is changed once. A row is made when something is
/// first taken in its period, so that none depends on what was refused.
struct LimitLedger {
    private let limits: [LimitKey: Int64]
    /// False for a harness: looks without locking and then changes whatever stands there.
    private let hasGuard: Bool

    init(_ limits: [Limit], hasGuard: Bool = true) {
        self.limits = Dictionary(limits.map { ($0.key, $0.amount) }) { min($0, $1) }
        self.hasGuard = hasGuard
    }

    /// The same with limits that have changed since.
    func renewed(_ limits: [Limit]) -> LimitLedger { LimitLedger(limits, hasGuard: hasGuard) }

    /// What of the slots is counted, or has a limit, with what is used of it; locks their rows.
    ///
    /// A slot without a row is counted from the shares and the books: its key has its first limit,
    /// or its period begins, or it lies before the first that was counted. The transaction must
    /// hold the date alone then, see ``begins(_:_:)``.
    func used(
        of slots: Set<LimitSlot>, _ connection: borrowing Connection
    ) throws(StoreError) -> [LimitSlot: Int64] {
        var tally = LimitTally()
        return try used(of: slots, &tally, connection).rows
    }

    /// The same with which of them have no row, counted by the transaction's own tally.
    func used(
        of slots: Set<LimitSlot>, _ tally: inout LimitTally, _ connection: borrowing Connection
    ) throws(StoreError) -> (rows: [LimitSlot: Int64], missing: [LimitSlot]) {
        var used: [LimitSlot: Int64] = [:]
        var missing: [LimitSlot] = []
        for slot in try relevant(slots, connection) {
            if let found = try LimitRows.used(of: slot, isLocking: hasGuard, connection) {
                used[slot] = found
            } else {
                missing.append(slot)
            }
        }
        for slot in missing { used[slot] = try tally.used(of: slot, among: missing, connection) }
        return (used, missing)
    }

    /// Whether rows are missing of these slots. What has been taken before is looked up then, so
    /// nobody else may take or give back meanwhile.
    func begins(
        _ slots: Set<LimitSlot>, _ connection: borrowing Connection
    ) throws(StoreError) -> Bool {
        guard hasGuard else { return false }
        for slot in try relevant(slots, connection) {
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
        return slots.filter { counted.contains($0.key) || limits[$0.key] != nil }.sorted()
    }

    /// Changes each row once; one that is missing begins with what `used` has of it.
    ///
    /// Throws `StoreError.overtaken` where more is used than a limit allows, which the locks of
    /// ``used(of:_:)`` rule out.
    func take(
        _ taken: [LimitSlot: Int64], beyond used: [LimitSlot: Int64],
        _ connection: borrowing Connection
    ) throws(StoreError) {
        for (slot, amount) in taken.sorted(by: { $0.key < $1.key }) {
            try LimitRows.insert(slot, used: used[slot] ?? 0, connection)
            let limit = hasGuard ? limits[slot.key] : nil
            guard try LimitRows.add(amount, to: slot, upTo: limit, connection) else {
                throw .overtaken(record: "the use of \(slot.key.party)'s limits")
            }
        }
    }
}

/// What limits without a row are used by, counted at most once in a transaction and kept up with
/// what the transaction itself changes.
struct LimitTally {
    private var count: LimitCount?
    /// The first booking date that was counted; nil for all of them.
    private var since: BusinessDate?
    private var changes: [LimitSlot: Int64] = [:]

    /// Counts when nothing was, or too little: of periods only the loans that were booked since the
    /// first of them.
    mutating func used(
        of slot: LimitSlot, among slots: [LimitSlot] = [], _ connection: borrowing Connection
    ) throws(StoreError) -> Int64 {
        let starts = (slots + [slot]).map(\.start)
        let first = starts.contains(nil) ? nil : starts.compactMap(\.self).min()
        let isWide = since.map { since in first.map { since <= $0 } ?? false } ?? true
        if count == nil || !isWide {
            count = try LimitClaims.count(since: first, connection)
            (since, changes) = (first, [:])
        }
        return (count?.used[slot] ?? 0) + (changes[slot] ?? 0)
    }

    /// Takes in what changed after it was counted.
    mutating func note(_ amount: Int64, of slot: LimitSlot) {
        if count != nil { changes[slot, default: 0] += amount }
    }
}

extension [LoanBooking] {
    /// Where the shares of the loans count.
    var limitSlots: Set<LimitSlot> {
        var seen: Set<LimitedShares> = []
        var slots: Set<LimitSlot> = []
        for booking in self {
            let record = booking.record
            for share in booking.plan.shares {
                let shares = LimitedShares(
                    agreement: record.agreement, party: share.party, currency: record.currency,
                    bookedOn: record.bookedOn, drawsReserve: booking.drawsReserve)
                if seen.insert(shares).inserted { slots.formUnion(shares.slots) }
            }
        }
        return slots
    }
}
