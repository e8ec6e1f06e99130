/// Limits by the keys under which they count.
package struct LimitTable: Sendable {
    private var limits: [LimitKey: [Limit]] = [:]
    private var whole: Set<LimitKey> = []

    /// Of several amounts of one key the lowest holds, beside every part of something.
    package init(_ all: [Limit]) {
        for limit in all {
            whole.formUnion(limit.counted)
            var same = limits[limit.key] ?? []
            if limit.part != nil {
                if !same.contains(limit) { same.append(limit) }
            } else if let place = same.firstIndex(where: { $0.part == nil }) {
                if limit.amount < same[place].amount { same[place] = limit }
            } else {
                same.insert(limit, at: 0)
            }
            limits[limit.key] = same
        }
    }

    /// Whether there is none.
    package var isEmpty: Bool { limits.isEmpty }

    /// What limits tell apart.
    package var dimensions: Set<LimitDimension> { Set(whole.compactMap(\.scope.dimension)) }

    /// Whether use of a key is counted for some limit: its own, that of another value of the same
    /// dimension, or one that is a part of it.
    package func counts(_ key: LimitKey) -> Bool { whole.contains(key.whole) }

    /// The limits on what counts under a key: its own, and what holds for each value.
    package func of(_ key: LimitKey) -> [Limit] {
        switch key.scope {
        case .all: limits[key] ?? []
        case .each: []
        case .one: (limits[key] ?? []) + (limits[key.whole] ?? [])
        }
    }

    /// The lowest amount on a key; nil where only parts of something are.
    package func amount(of key: LimitKey) -> Int64? {
        of(key).filter { $0.base == nil }.map(\.amount).min()
    }
}
