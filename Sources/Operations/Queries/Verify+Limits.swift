import BusinessCalendar
import LendingRules

extension Verify {
    /// What is kept as used of each limit is what its shares and the books give, from the first
    /// period on that is counted.
    func checkLimits(on date: BusinessDate?) async throws -> Divergence? {
        let kept = try await source.limits()
        if kept.used.isEmpty { return nil }
        let count = LimitCount(
            claims: kept.claims, principal: kept.principal, posted: kept.posted)
        var first: [LimitKey: LimitSlot] = [:]
        for slot in kept.used.keys where slot.key == slot.key.whole {
            first[slot.key] = min(first[slot.key] ?? slot, slot)
        }
        let given = count.used.keys.filter { slot in
            let whole = LimitSlot(slot.key.whole, start: slot.start)
            return first[whole.key].map { $0 <= whole } ?? false
        }
        for slot in Set(kept.used.keys).union(given).sorted() {
            let (have, want) = (kept.used[slot] ?? 0, count.used[slot] ?? 0)
            if have == want { continue }
            let key = slot.key
            let day = slot.start ?? kept.posted ?? date ?? kept.claims.map(\.bookedOn).min()
            guard let day else { continue }
            let name = key.party.name.isEmpty ? "all lenders" : key.party.name
            let scope = key.agreement.isEmpty ? "all agreements" : key.agreement
            return Divergence(
                .limits, on: day,
                at: "\(name) \(key.span.rawValue) \(key.currency) \(scope)\(key.scope.words)",
                "the shares and the books give \(want) as used, the store has \(have)")
        }
        return nil
    }
}
