// Transfers whose answer has not begun, in the order in which their patience ends.

/// The transfers of one lane that wait for a first byte. Mostly all have the same patience, so that
/// the newest has its place at the end.
struct Silences {
    private struct Entry {
        /// Weak: one that is not used again need not be searched for here.
        weak var transfer: Transfer?
        /// Another one means that the transfer has long been carrying another exchange.
        let generation: Int
        let deadline: ContinuousClock.Instant

        /// There is nothing left to wait for.
        var isSettled: Bool {
            guard let transfer, transfer.generation == generation else { return true }
            return transfer.submission == nil || transfer.isAnswering
        }
    }

    private var entries: [Entry] = []
    private var head = 0

    mutating func insert(_ transfer: Transfer, until deadline: ContinuousClock.Instant) {
        var place = entries.count
        while place > head, entries[place - 1].deadline > deadline { place -= 1 }
        let entry = Entry(
            transfer: transfer, generation: transfer.generation, deadline: deadline)
        entries.insert(entry, at: place)
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
        while head < entries.count, entries[head].isSettled { head += 1 }
        if head == entries.count {
            entries.removeAll(keepingCapacity: true)
            head = 0
        } else if head > 1_024 && head * 2 > entries.count {
            entries.removeFirst(head)
            head = 0
        }
    }
}
