// Transfers whose answer has not begun, in the order in which their patience ends.

/// The transfers of one lane that wait for a first byte. Mostly all have the same patience, so that
/// the newest has its place at the end.
struct Silences {
    private struct Entry {
        /// Weak: a transfer that has ended need not be searched for here.
        weak var transfer: Transfer?
        let deadline: ContinuousClock.Instant
    }

    private var entries: [Entry] = []
    private var head = 0

    mutating func insert(_ transfer: Transfer, until deadline: ContinuousClock.Instant) {
        var place = entries.count
        while place > head, entries[place - 1].deadline > deadline { place -= 1 }
        entries.insert(Entry(transfer: transfer, deadline: deadline), at: place)
    }

    /// When the next patience ends.
    mutating func nextDeadline() -> ContinuousClock.Instant? {
        skipSettled()
        return head < entries.count ? entries[head].deadline : nil
    }

    /// A transfer whose patience is over.
    mutating func takeExpired(at now: ContinuousClock.Instant) -> Transfer? {
        skipSettled()
        guard head < entries.count, entries[head].deadline <= now else { return nil }
        defer { head += 1 }
        return entries[head].transfer
    }

    private mutating func skipSettled() {
        while head < entries.count, entries[head].transfer?.isAnswering ?? true { head += 1 }
        if head > 1_024 && head * 2 > entries.count {
            entries.removeFirst(head)
            head = 0
        }
    }
}
