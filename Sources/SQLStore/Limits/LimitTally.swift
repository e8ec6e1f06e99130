internal import BusinessCalendar
internal import LendingRules
internal import Operations

/// What limits without a row are used by, counted at most once in a transaction and kept up with
/// what the transaction itself changes.
struct LimitTally {
    private var count: LimitCount?
    /// The first booking date that was counted; nil for all of them.
    private var since: BusinessDate?
    private var dimensions: Set<LimitDimension> = []
    private var changes: [LimitSlot: Int64] = [:]

    /// Counts when nothing was, or too little: of periods only the loans that were booked since the
    /// first of them.
    mutating func used(
        of slot: LimitSlot, among slots: [LimitSlot] = [], _ connection: borrowing Connection
    ) throws(StoreError) -> Int64 {
        try require(slots + [slot], connection)
        return (count?.used[slot] ?? 0) + (changes[slot] ?? 0)
    }

    /// What is used of each value of a dimension, where anything is.
    mutating func values(
        of whole: LimitSlot, among slots: [LimitSlot] = [], _ connection: borrowing Connection
    ) throws(StoreError) -> [LimitSlot: Int64] {
        try require(slots + [whole], connection)
        var values = count?.family(of: whole) ?? [:]
        for (slot, change) in changes where slot.whole == whole {
            values[slot, default: 0] += change
        }
        values[whole] = nil
        return values.filter { $0.value != 0 }
    }

    private mutating func require(
        _ slots: [LimitSlot], _ connection: borrowing Connection
    ) throws(StoreError) {
        let starts = slots.map(\.start)
        let first = starts.contains(nil) ? nil : starts.compactMap(\.self).min()
        let isWide = since.map { since in first.map { since <= $0 } ?? false } ?? true
        let asked = Set(slots.compactMap(\.key.scope.dimension))
        if count != nil, isWide, asked.isSubset(of: dimensions) { return }
        dimensions.formUnion(asked)
        if count == nil || !isWide { since = first }
        count = try LimitClaims.count(since: since, by: dimensions, connection)
        changes = [:]
    }

    /// Takes in what changed after it was counted.
    mutating func note(_ amount: Int64, of slot: LimitSlot) {
        if count != nil { changes[slot, default: 0] += amount }
    }
}
