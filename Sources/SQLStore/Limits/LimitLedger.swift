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
    /// Rows exist from the period on in which a key had its first limit. A slot of an earlier one
    /// is counted and gets none, and neither does a limit begin with it: then the period of `date`
    /// gets the first row. The transaction must hold the date alone where rows are missing, see
    /// ``begins(_:_:)``.
    func open(
        _ slots: Set<LimitSlot>, on date: BusinessDate, _ connection: borrowing Connection
    ) throws(StoreError) -> [LimitSlot: Int64] {
        var first = try LimitRows.first(connection)
        if limits.isEmpty && first.isEmpty { return [:] }
        var count: LimitCount?
        var used: [LimitSlot: Int64] = [:]
        for slot in slots.sorted() where first[slot.key] != nil || limits[slot.key] != nil {
            if let found = try LimitRows.used(of: slot, isLocking: hasGuard, connection) {
                used[slot] = found
                continue
            }
            if count == nil { count = try LimitClaims.count(connection) }
            let begin = first[slot.key] ?? LimitSlot(slot.key, on: date)
            if first.updateValue(begin, forKey: slot.key) == nil {
                try LimitRows.insert(begin, used: count?.used[begin] ?? 0, connection)
            }
            let start = count?.used[slot] ?? 0
            if begin <= slot { try LimitRows.insert(slot, used: start, connection) }
            let kept = try LimitRows.used(of: slot, isLocking: hasGuard, connection)
            used[slot] = kept ?? start
        }
        return used
    }

    /// Whether rows are missing of these slots: a key has its first limit, or a period begins. What
    /// has been taken before is looked up, so nobody else may take or give back meanwhile.
    func begins(
        _ slots: Set<LimitSlot>, _ connection: borrowing Connection
    ) throws(StoreError) -> Bool {
        guard hasGuard else { return false }
        let first = try LimitRows.first(connection)
        for slot in slots.sorted() where limits[slot.key] != nil || first[slot.key] != nil {
            let found = try LimitRows.used(of: slot, isLocking: false, connection)
            if found == nil { return true }
        }
        return false
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
