internal import BusinessCalendar
internal import LendingRules
internal import Operations

/// Takes room of limits inside a transaction that holds the open date: rows are locked in key
/// order before anything is decided, and each is changed once.
struct LimitLedger {
    private let limits: [LimitKey: Int64]
    /// False for a harness: looks without locking and then changes whatever stands there.
    private let hasGuard: Bool

    init(_ limits: [Limit], hasGuard: Bool = true) {
        self.limits = Dictionary(limits.map { ($0.key, $0.amount) }) { min($0, $1) }
        self.hasGuard = hasGuard
    }

    /// What of the slots is counted, or has a limit, with what is used of it.
    ///
    /// A key whose first limit this is gets a row with what its shares and the books make of it.
    /// The transaction must hold the date alone then, see ``begins(_:_:)``.
    func open(
        _ slots: Set<LimitSlot>, _ connection: borrowing Connection
    ) throws(StoreError) -> [LimitSlot: Int64] {
        let counted = try LimitRows.counted(connection)
        if limits.isEmpty && counted.isEmpty { return [:] }
        var count: LimitCount?
        var used: [LimitSlot: Int64] = [:]
        for slot in slots.sorted() where counted.contains(slot.key) || limits[slot.key] != nil {
            if !counted.contains(slot.key), count == nil {
                count = try LimitClaims.count(connection)
            }
            let start = counted.contains(slot.key) ? 0 : count?.used[slot] ?? 0
            used[slot] = try open(slot, from: start, connection)
        }
        return used
    }

    private func open(
        _ slot: LimitSlot, from start: Int64, _ connection: borrowing Connection
    ) throws(StoreError) -> Int64 {
        let found = try LimitRows.used(of: slot, isLocking: hasGuard, connection)
        if let found { return found }
        try LimitRows.insert(slot, used: start, connection)
        return try LimitRows.used(of: slot, isLocking: hasGuard, connection) ?? start
    }

    /// Whether counting begins with these slots: a key has its first limit. What has been taken of
    /// it before is looked up, so nobody else may take or give back meanwhile.
    func begins(
        _ slots: Set<LimitSlot>, _ connection: borrowing Connection
    ) throws(StoreError) -> Bool {
        let limited = Set(slots.map(\.key).filter { limits[$0] != nil })
        guard hasGuard, !limited.isEmpty else { return false }
        return !limited.isSubset(of: try LimitRows.counted(connection))
    }

    /// Changes each row once.
    ///
    /// Throws `StoreError.overtaken` where more is used than a limit allows, which the locks of
    /// ``open(_:_:)`` rule out.
    func take(
        _ taken: [LimitSlot: Int64], _ connection: borrowing Connection
    ) throws(StoreError) {
        for (slot, amount) in taken.sorted(by: { $0.key < $1.key }) {
            let limit = hasGuard ? limits[slot.key] : nil
            guard try LimitRows.add(amount, to: slot, upTo: limit, connection) else {
                throw .overtaken(record: "the use of \(slot.key.party)'s limits")
            }
        }
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
                    bookedOn: record.bookedOn)
                if seen.insert(shares).inserted { slots.formUnion(shares.slots) }
            }
        }
        return slots
    }
}
